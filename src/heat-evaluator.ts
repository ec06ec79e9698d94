import { DotlightError } from "./files/errors";
import { sample } from "./sample";
import type { Look } from "./why";

/** [x1, y1, x2, y2] as shares of the picture, from its top left. */
export type Box = [number, number, number, number];

/** A query, a photo by its file's name, the thing that a word of it names, and whether the query names nothing else. */
export interface Named {
  text: string;
  filename: string;
  start: number;
  end: number;
  box: Box;
  alone: boolean;
}

/** How much of the heat falls inside the boxes, beside their share of the picture; means over queries. */
export interface Inside {
  queries: number;
  mass: number;
  area: number;
  times: number;
}

/** Of the words that name a thing, and of whole queries that name one thing. */
export interface HeatFigures {
  words: Inside;
  queries: Inside;
}

interface Scenes {
  images: {
    filename: string;
    split: string;
    objects?: { class: string; box: number[] }[];
    sentences: { raw: string; proposition?: { mentions: { kind: string; count: number | string }[] } }[];
  }[];
}

/**
 * What captions of a made data set (training/diorama) name that is in the picture once: by the kind's own name, which says what to look for and where
 * it is.
 * @throws DotlightError "bad-manifest" for a data set without boxes
 */
export function namedIn(json: string, name: string, split: string): Named[] {
  const bad = () =>
    new DotlightError("bad-manifest", `${name} says of no thing where it is.`, "Use a data set made by training/diorama, which knows it.");
  let data: Scenes;
  try {
    data = JSON.parse(json);
  } catch {
    throw bad();
  }
  if (!Array.isArray(data?.images)) throw bad();
  const named = data.images
    .filter((image) => image.split === split && Array.isArray(image.objects))
    .flatMap(({ filename, objects, sentences }) =>
      sentences.flatMap(({ raw, proposition }) => {
        const mentions = proposition?.mentions ?? [];
        return mentions.flatMap(({ kind, count }): Named[] => {
          const shown = objects!.filter((object) => object.class === kind);
          const at = new RegExp(`\\b${kind}\\b`, "i").exec(raw);
          if (count !== 1 || shown.length !== 1 || !at) return [];
          const box = shown[0]!.box as Box;
          return [{ text: raw, filename, start: at.index, end: at.index + kind.length, box, alone: mentions.length === 1 }];
        });
      }),
    );
  if (named.length === 0) throw bad();
  return named;
}

/** The share of a heat map's mass inside a box; a region counts by how much of it lies inside. */
export function massInside(heat: number[], [columns, rows]: [number, number], [x1, y1, x2, y2]: Box): number {
  const overlap = (from: number, to: number, at: number, count: number) =>
    Math.max(0, Math.min(to * count, at + 1) - Math.max(from * count, at));
  return heat.reduce((sum, share, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return sum + share * overlap(x1, x2, column, columns) * overlap(y1, y2, row, rows);
  }, 0);
}

/** Measures `count` of each, drawn by the seed. */
export async function measureHeat(
  named: Named[],
  grid: [number, number],
  { count, seed }: { count: number; seed: number },
  why: (text: string, filename: string) => Promise<Look>,
  onProgress: (done: number, total: number) => void,
): Promise<HeatFigures> {
  const drawn = (all: Named[]) => sample(all.length, count, seed).map((i) => all[i]!);
  const [words, queries] = [drawn(named), drawn(named.filter(({ alone }) => alone))];
  const total = words.length + queries.length;
  let done = 0;
  const inside = async (all: Named[], heatOf: (found: Look, one: Named) => number[] | undefined): Promise<Inside> => {
    let [mass, area, measured] = [0, 0, 0];
    for (const one of all) {
      const heat = heatOf(await why(one.text, one.filename), one);
      onProgress(++done, total);
      // A word beyond what the encoder reads.
      if (!heat) continue;
      mass += massInside(heat, grid, one.box);
      area += (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]);
      measured++;
    }
    return { queries: measured, mass: mass / measured, area: area / measured, times: mass / area };
  };
  return {
    words: await inside(words, (found, { start }) => found.words.find((word) => word.start === start)?.heat),
    queries: await inside(queries, (found) => found.heat),
  };
}
