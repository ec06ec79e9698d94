import type { Question } from "./asking";
import { DotlightError } from "./files/errors";
import type { Item } from "./gallery/manifest";
import { type Gallery, vectorBytes } from "./gallery/reader";
import type { Vector } from "./retrieval/scan";
import { type FindOptions, type Progress, Searcher, type SearcherOptions, type SearchResult } from "./searcher";

/** A hit in one of several galleries: its place among them, and what is shown of the photo. */
export interface UnionHit {
  gallery: number;
  score: number;
  item: Item;
}

export interface UnionResult extends Pick<SearchResult, "total" | "partial" | "exact" | "truncated" | "timings"> {
  hits: UnionHit[];
}

/** Galleries that one pack has made, searched as one: each is asked with the same query vector, and the best of all are merged by score. */
export class Union {
  private constructor(readonly searchers: Searcher[]) {}

  /** @throws DotlightError as Searcher.open, "wrong-pack" as packOf */
  static async open(galleries: Gallery[], options: Omit<SearcherOptions, "gallery">): Promise<Union> {
    packOf(galleries);
    const totals = galleries.map(({ manifest: { tables } }) => (tables.vectors ? vectorBytes(tables.vectors) : 0));
    const arrived = galleries.map(() => 0);
    const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
    const heardOf = (place: number) => (progress: Progress) => {
      if (progress.stage !== "vectors") return options.onProgress?.(progress);
      arrived[place] = progress.loaded;
      totals[place] = progress.total;
      options.onProgress?.({ stage: "vectors", loaded: sum(arrived), total: sum(totals) });
    };
    const { memory } = options;
    const first = await Searcher.open({
      ...options,
      gallery: galleries[0]!,
      onProgress: heardOf(0),
      ...(memory === undefined ? {} : { memory: memory / galleries.length }),
    });
    return new Union([first, ...galleries.slice(1).map((gallery, i) => first.over(gallery, heardOf(i + 1)))]);
  }

  /** As Searcher.begun, of all. */
  async begun(): Promise<boolean> {
    return (await Promise.all(this.searchers.map((searcher) => searcher.begun()))).every(Boolean);
  }

  /** As Searcher.arrived, of all. */
  async arrived(): Promise<void> {
    await Promise.all(this.searchers.map((searcher) => searcher.arrived()));
  }

  /** The k best photos of all galleries, equal scores in the galleries' order. @throws DotlightError "bad-query", "overtaken" */
  async search(question: Question, k: number, options: FindOptions = {}): Promise<UnionResult> {
    const asked = await this.searchers[0]!.ask(question, (id) => this.#photo(id));
    const results: SearchResult[] = [];
    for (const searcher of this.searchers) results.push(await searcher.find(asked, k, options));
    const best = results
      .flatMap(({ hits }, gallery) => hits.map((hit) => ({ ...hit, gallery })))
      .sort((a, b) => b.score - a.score || a.gallery - b.gallery || a.row - b.row)
      .slice(0, k);
    const itemOf = async ({ gallery, row }: { gallery: number; row: number }) => (await this.searchers[gallery]!.gallery.items([row]))[0]!;
    const items = await Promise.all(best.map(itemOf));
    return {
      hits: best.map(({ gallery, score }, i) => ({ gallery, score, item: items[i]! })),
      total: results.reduce((all, { total }) => all + total, 0),
      partial: results.some(({ partial }) => partial),
      exact: results.every(({ exact }) => exact),
      truncated: asked.truncated,
      timings: { ...asked.spent, scan: results.reduce((all, { timings }) => all + timings.scan, 0) },
    };
  }

  /** The vector of the first photo of this id. */
  async #photo(id: string): Promise<Vector | undefined> {
    for (const searcher of this.searchers) {
      const vector = await searcher.photo(id);
      if (vector) return vector;
    }
    return undefined;
  }
}

/**
 * The id of the pack that has made all of these galleries.
 * @throws DotlightError "wrong-pack" when there are several: scores of two models have nothing in common, and a merged order would mean nothing
 */
export function packOf(galleries: Gallery[]): string {
  const [first, ...others] = galleries.map(({ manifest }) => manifest);
  const other = others.find(({ pack }) => pack.fingerprint !== first!.pack.fingerprint);
  if (!other) return first!.pack.id;
  const made = ({ name, pack }: typeof other) => `"${name}" was made with the model "${pack.id}" (${pack.fingerprint.slice(0, 12)})`;
  throw new DotlightError(
    "wrong-pack",
    `These galleries cannot be searched together: ${made(first!)}, ${made(other)}, and scores of different models cannot be compared.`,
    "Search them apart, or index the photos of one of them again with the other's model.",
  );
}
