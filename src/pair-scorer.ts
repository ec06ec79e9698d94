import type { Runtime } from "./encoders/runtime";
import type { TextEncoder, TextStates } from "./encoders/text-encoder";
import type { Part } from "./files/digest";
import type { Source } from "./files/source";
import type { CaptionText } from "./gallery/manifest";
import { Gallery } from "./gallery/reader";
import type { PairScorer } from "./rerank-evaluator";
import { Reranker, type ScoreOptions } from "./reranker";
import { madeWith } from "./searcher";

/** Texts whose hidden states are held, about 16 KB each: an evaluation comes back to them, photo by photo. */
const MOST_STATES = 5000;

/** What scores a gallery's pairs. */
export interface PairScoring {
  encoder: TextEncoder;
  reranker: Reranker;
}

/**
 * Loads a pack's cross-encoder, to stand beside its text encoder, for a gallery whose regions will all be asked for, many times: their blocks stay in memory.
 * @throws DotlightError "wrong-pack", "encoder" where the gallery or the pack cannot re-rank (Reranker.why says so beforehand)
 */
export async function loadPairScoring(gallery: Gallery, encoder: TextEncoder, runtime: Runtime): Promise<PairScoring> {
  madeWith(gallery, encoder.pack);
  const held = new Gallery(holdingBlocks(gallery.source), gallery.manifest);
  return { encoder, reranker: await Reranker.load(held, held.exactRows(true), encoder.pack, runtime) };
}

/** Scores captions by their number in `texts`. */
export function pairScorer({ encoder, reranker }: PairScoring, texts: CaptionText[], options: ScoreOptions = {}): PairScorer {
  const held = new Map<number, TextStates>();
  return async (caption, rows) => {
    let states = held.get(caption);
    if (!states) {
      states = await encoder.encodeStates(encoder.tokenizer.encode(texts[caption]!.text.trim()));
      held.set(caption, states);
      if (held.size > MOST_STATES) held.delete(held.keys().next().value!);
    }
    return reranker.score(states, rows, options);
  };
}

/** A source whose blocks are read once and then held in memory. */
function holdingBlocks(source: Source): Source {
  const held = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    location: source.location,
    read: (path, options) => source.read(path, options),
    parts(path, record, parts) {
      const read = (part: Part) => {
        const name = `${path} ${part.start}`;
        let bytes = held.get(name);
        if (!bytes) {
          bytes = source.parts(path, record, [part]).then(([only]) => only!);
          // A failed read may be tried again.
          bytes.catch(() => held.delete(name));
          held.set(name, bytes);
        }
        return bytes;
      };
      return Promise.all(parts.map(read));
    },
  };
}
