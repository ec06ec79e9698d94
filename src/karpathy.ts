import { DotlightError } from "./files/errors";
import type { PhotoCaption } from "./indexer";

/** An image of a data set in the Karpathy form; beyond it, a caption may have translations, a category, and the images it is true of. */
export interface KarpathyImage {
  filename: string;
  filepath?: string;
  imgid: number;
  split: string;
  sentences: { raw: string; translations?: Record<string, string>; category?: string; relevant?: number[] }[];
}

export interface KarpathySplit {
  /** The data set's name, where it says it. */
  name: string | undefined;
  images: KarpathyImage[];
}

/**
 * The images of one split of a dataset.json.
 * @param name of the file, for messages
 * @throws DotlightError "bad-manifest", "empty-gallery" for a split without images, naming those there are
 */
export function readKarpathy(json: string, name: string, split: string): KarpathySplit {
  let data: { dataset?: string; images: KarpathyImage[] };
  try {
    data = JSON.parse(json);
    if (!Array.isArray(data.images)) throw new Error("it has no list of images");
    const odd = data.images.findIndex((image) => typeof image?.filename !== "string" || !Array.isArray(image.sentences));
    if (odd >= 0) throw new Error(`image ${odd} has no filename or no sentences`);
  } catch (error) {
    throw new DotlightError(
      "bad-manifest",
      `${name} cannot be read: ${error instanceof Error ? error.message : error}.`,
      "It should be in the Karpathy form: {images: [{filename, imgid, split, sentences: [{raw}]}]}.",
    );
  }
  const images = data.images.filter((image) => image.split === split);
  if (images.length === 0) {
    const splits = [...new Set(data.images.map((image) => image.split))].join(", ");
    throw new DotlightError(
      "empty-gallery",
      `${name} has no images of the split "${split}" (it has: ${splits || "none"}).`,
      "Choose another split.",
    );
  }
  return { name: typeof data.dataset === "string" ? data.dataset : undefined, images };
}

/** Where an image lies below its data set's folder. */
export const pathOf = ({ filepath, filename }: KarpathyImage): string => (filepath ? `${filepath}/${filename}` : filename);

/** Their captions: `raw` in `language`, and the translations; photos by their place in `images`. */
export function captionsOf(images: KarpathyImage[], language: string): PhotoCaption[] {
  const place = new Map(images.map((image, i) => [image.imgid, i]));
  return images.flatMap((image, photo) =>
    image.sentences.flatMap(({ raw, translations, category, relevant }) =>
      Object.entries({ [language]: raw, ...translations }).map(([said, text]) => ({
        text: String(text),
        language: said,
        photo,
        ...(category ? { category } : {}),
        ...(relevant ? { relevant: relevant.map((id) => place.get(id)).filter((p) => p !== undefined) } : {}),
      })),
    ),
  );
}
