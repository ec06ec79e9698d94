import type { Collection } from "./evaluator";
import { DotlightError } from "./files/errors";
import type { Matrix } from "./files/npy";
import type { CaptionText } from "./gallery/manifest";
import { captionsOf, readKarpathy } from "./karpathy";

/** Which photo each row of captions.npy speaks of, and what the photos are called where that is known. */
export interface CaptionMap {
  texts: CaptionText[];
  names?: string[];
}

const HOW =
  'captions.json is [{"image": ROW, "text": "…"}, …], captions.txt has a line ROW<tab>TEXT for each row of captions.npy; ROW counts the rows of images.npy from 0.';

/**
 * Reads what says which photo each caption vector belongs to: captions.json, captions.txt, or a dataset.json in the Karpathy form, whose
 * split's images and sentences are then the rows, in their order.
 * @throws DotlightError "bad-manifest" for anything else
 */
export function readCaptionMap(content: string, name: string, split: string): CaptionMap {
  if (name.endsWith(".txt")) return { texts: lines(content, name) };
  if (!/^[^[]*\{/.test(content.slice(0, 200))) return { texts: entries(content, name) };
  const { images } = readKarpathy(content, name, split);
  const own = captionsOf(
    images.map(({ sentences, ...image }) => ({
      ...image,
      sentences: sentences.map(({ translations: _, ...sentence }) => sentence),
    })),
    "en",
  );
  return {
    texts: own.map(({ text, photo, category, relevant }) => ({
      text,
      image: photo,
      ...(category ? { category } : {}),
      ...(relevant ? { relevant } : {}),
    })),
    names: images.map(({ filename }) => filename),
  };
}

function lines(content: string, name: string): CaptionText[] {
  return content
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line, i) => {
      const [row = "", ...text] = line.split("\t");
      if (!/^\d+$/.test(row.trim())) throw unreadable(name, `line ${i + 1} does not begin with a row's number`);
      return { text: text.join(" "), image: Number(row) };
    });
}

function entries(content: string, name: string): CaptionText[] {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch (error) {
    throw unreadable(name, error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(data)) throw unreadable(name, "it is no list");
  return data.map((entry: Partial<CaptionText> | null, i) => {
    if (!Number.isInteger(entry?.image)) throw unreadable(name, `entry ${i} has no image's row`);
    const { text, image, category, relevant } = entry as CaptionText;
    return {
      text: typeof text === "string" ? text : "",
      image,
      ...(typeof category === "string" ? { category } : {}),
      ...(Array.isArray(relevant) ? { relevant } : {}),
    };
  });
}

const unreadable = (name: string, why: string) => new DotlightError("bad-manifest", `${name} cannot be read: ${why}.`, HOW);

/**
 * Vectors that were made elsewhere, and their captions.
 * @throws DotlightError "bad-vectors" for dimensions or counts that do not go together, and for captions of photos that are not there
 */
export function vectorCollection(images: Matrix, captions: Matrix, texts: CaptionText[]): Collection {
  const bad = (what: string, advice: string) => new DotlightError("bad-vectors", what, advice);
  if (images.columns !== captions.columns) {
    throw bad(
      `The photos' vectors have ${images.columns} dimensions, the captions' have ${captions.columns}: they cannot be multiplied.`,
      "Use vectors of one model's two encoders.",
    );
  }
  if (captions.rows !== texts.length) {
    throw bad(`There are ${captions.rows} caption vectors and ${texts.length} captions.`, HOW);
  }
  const row = (value: number) => Number.isInteger(value) && value >= 0 && value < images.rows;
  const lost = texts.findIndex(({ image, relevant = [] }) => !row(image) || !relevant.every(row));
  if (lost >= 0) {
    throw bad(`Caption ${lost} names photo ${texts[lost]!.image}, and there are rows 0 to ${images.rows - 1} in images.npy.`, HOW);
  }
  return { photos: rowsOf(images), captions: rowsOf(captions), texts };
}

const rowsOf = ({ rows, columns, data }: Matrix): Float32Array[] =>
  Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns));
