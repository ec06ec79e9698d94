import { openEngine } from "../engines/open";
import { DotlightError } from "../files/errors";
import type { Item, Thumbnail } from "../gallery/manifest";
import type { Union, UnionResult } from "../union";
import type { Answer, Galleries, Model, OpenGallery, Photo, Searcher } from "./types";

/** What is known of a union when it is open. */
export interface Opened {
  galleries: OpenGallery[];
  model: Model;
}

/** A union, wherever it runs: in a page's worker or in this thread. */
export interface Engine extends Opened {
  arrived(): Promise<void>;
  /** May go on after the signal; nobody listens then. */
  search(words: string, k: number, signal: AbortSignal): Promise<UnionResult>;
  close(): void;
}

const DEFAULT_K = 20;

/** @param urls the galleries' addresses, in the union's order */
export function openedOf({ searchers }: Union, urls: string[]): Opened {
  const { pack, device } = searchers[0]!;
  const { id, name, languages, license, notice } = pack.manifest;
  return {
    galleries: searchers.map(({ gallery: { manifest } }, i) => ({
      url: urls[i]!,
      name: manifest.name,
      count: manifest.count,
      ...(manifest.notice ? { notice: manifest.notice } : {}),
      ...(manifest.tables.engine ? { engine: openEngine(manifest.tables.engine).name } : {}),
    })),
    model: { id, name, languages, license, ...(notice ? { notice } : {}), device: device.kind },
  };
}

export function searcherOf(engine: Engine): Searcher {
  const { galleries, model } = engine;
  const closing = new AbortController();
  let whole = false;
  const answerOf = ({ hits, ...result }: UnionResult): Answer => ({
    ...result,
    photos: hits.map(({ gallery, score, item }) => photoOf(item, score, galleries[gallery]!.url)),
  });
  return {
    galleries,
    model,
    async search(words, { k = DEFAULT_K, signal, onPartial } = {}) {
      if (!Number.isInteger(k) || k < 1) {
        throw new DotlightError("usage", `k is ${k}, and a search gives at least one photo.`, "Let k be a whole number of at least 1.");
      }
      return untilAborted([closing.signal, signal], async (ended) => {
        if (onPartial && !whole) {
          const first = await engine.search(words, k, ended);
          ended.throwIfAborted();
          if (!first.partial) return answerOf(first);
          onPartial(answerOf(first));
        }
        await engine.arrived();
        whole = true;
        ended.throwIfAborted();
        return answerOf(await engine.search(words, k, ended));
      });
    },
    close() {
      closing.abort(new DotlightError("usage", "This searcher has been closed.", "Make another one with createSearcher."));
      engine.close();
    },
  };
}

/** The work's result, or the reason of the first of the signals, without waiting for the work to notice. */
export async function untilAborted<T>(signals: (AbortSignal | undefined)[], work: (ended: AbortSignal) => Promise<T>): Promise<T> {
  const any = new AbortController();
  const heard = new AbortController();
  const aborted = new Promise<never>((_, reject) => any.signal.addEventListener("abort", () => reject(any.signal.reason)));
  aborted.catch(() => undefined);
  for (const signal of signals) {
    if (signal?.aborted) any.abort(signal.reason);
    else signal?.addEventListener("abort", () => any.abort(signal.reason), { signal: heard.signal });
  }
  try {
    any.signal.throwIfAborted();
    return await Promise.race([work(any.signal), aborted]);
  } finally {
    heard.abort();
  }
}

/** @throws DotlightError "usage" when there is none */
export function listOf(galleries: Galleries): string[] {
  const list = (Array.isArray(galleries) ? galleries : [galleries]).map(String).filter((one) => one.trim() !== "");
  if (list.length > 0) return list;
  throw new DotlightError("usage", "There is no gallery to search in.", "Give the address of a gallery's folder, or of several.");
}

function photoOf(item: Item, score: number, gallery: string): Photo {
  const { thumb, large, original, ...told } = item;
  const address = (file: string) => new URL(file, gallery).href;
  const picture = ({ file, width, height }: Thumbnail) => ({ url: address(file), width, height });
  return {
    score,
    gallery,
    ...told,
    ...(thumb ? { thumbnail: picture(thumb) } : {}),
    ...(large ? { large: picture(large) } : {}),
    ...(original ? { original: address(original) } : {}),
  };
}
