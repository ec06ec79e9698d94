// The worker that is timed: the online path, and full cross-encoding of a sample, in one run.
import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { CrossEncoder } from "../../src/encoders/cross-encoder";
import { Pack } from "../../src/encoders/pack";
import { Runtime } from "../../src/encoders/runtime";
import { TextEncoder } from "../../src/encoders/text-encoder";
import { urlSource } from "../../src/files/source";
import { halve } from "../../src/retrieval/half";
import { quantise } from "../../src/retrieval/planes";
import { Scan } from "../../src/retrieval/scan";

export interface SpeedRequest {
  /** Addresses of the pack, of the tokenizer's wasm and of the model of UNITER-base's shape. */
  pack: string;
  tokenizer: string;
  uniter: string;
  counts: number[];
  queries: string[];
  threads: number;
  rerank: number;
  /** Photos that are cross-encoded in full for each query, and by the large model for all queries together. */
  sample: number;
  uniterSample: number;
}

/** Medians in milliseconds. */
export interface SpeedAnswer {
  crossMsAnImage: number;
  uniterMsAnImage: number;
  rerankMs: number;
  counts: { n: number; encodeMs: number; scanMs: number; searchMs: number; rerankedMs: number }[];
}

const SHARD = 16_384;
const PAIRS = 50;
const UNITER_PAIRS = 4;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};
let state = 1;
const random = () => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state / 2 ** 31;
};
const numbers = (length: number) => Float32Array.from({ length }, () => random() + random() + random());

/** Random vectors of a gallery's dimension: a scan's time depends on how many there are, not on what they are of. */
function scanOf(n: number, dimension: number): Scan {
  const scan = new Scan(dimension);
  for (let row = 0; row < n; row += SHARD) {
    const part = numbers(Math.min(SHARD, n - row) * dimension);
    scan.add(quantise(part, dimension, 3, halve(part, dimension)));
  }
  return scan;
}

async function measure(request: SpeedRequest): Promise<SpeedAnswer> {
  env.wasm.wasmPaths = new URL("/ort/", self.location.href).href;
  env.wasm.numThreads = request.threads;
  const ort = { InferenceSession, Tensor };
  const runtime = new Runtime([{ device: { kind: "wasm" }, load: async () => ({ ort, options: { executionProviders: ["wasm"] } }) }]);
  const pack = await Pack.open(urlSource(request.pack));
  const text = await TextEncoder.load(pack, runtime, await (await fetch(request.tokenizer)).arrayBuffer());
  const cross = await CrossEncoder.load(pack, runtime);
  const { count, width } = pack.regions!;
  const each = count * width;
  const photos = Math.max(request.sample, request.rerank);
  const { dimension } = pack.manifest;
  const [regions, vectors] = [numbers(photos * each), numbers(photos * dimension)];
  const uniter = await InferenceSession.create(request.uniter, {
    executionProviders: ["wasm"],
    extra: { session: { disable_quant_qdq: "1" } },
  });
  const uniterFeeds = {
    ids: new Tensor("int64", new BigInt64Array(UNITER_PAIRS * 16).fill(7n), [UNITER_PAIRS, 16]),
    features: new Tensor("float32", numbers(UNITER_PAIRS * 36 * 2048), [UNITER_PAIRS, 36, 2048]),
    boxes: new Tensor("float32", numbers(UNITER_PAIRS * 36 * 7), [UNITER_PAIRS, 36, 7]),
  };
  const scans = request.counts.map((n) => ({ n, scan: scanOf(n, dimension) }));
  const [crossMs, uniterMs, rerankMs]: number[][] = [[], [], []];
  const times = request.counts.map(() => ({ encode: [] as number[], scan: [] as number[] }));
  const scored = async (words: string, count: number) => {
    const states = await text.encodeStates(text.tokenizer.encode(words));
    for (let at = 0; at < count; at += PAIRS) {
      const end = Math.min(count, at + PAIRS);
      await cross.score(states, regions.subarray(at * each, end * each), vectors.subarray(at * dimension, end * dimension));
    }
  };
  const uniterRuns = Math.ceil(request.uniterSample / UNITER_PAIRS);
  // The first query warms everything up and does not count.
  for (const [round, words] of request.queries.entries()) {
    for (const [i, { scan }] of scans.entries()) {
      let query: Float32Array = new Float32Array();
      const encode = await timed(async () => {
        query = await text.encode([text.tokenizer.encode(words)]);
      });
      const scanned = await timed(() => scan.search(query, request.rerank));
      if (round > 0) {
        times[i]!.encode.push(encode);
        times[i]!.scan.push(scanned);
      }
    }
    const again = await timed(() => scored(words, request.rerank));
    const full = await timed(() => scored(words, request.sample));
    const large = round <= uniterRuns ? await timed(() => uniter.run(uniterFeeds)) : undefined;
    if (round === 0) continue;
    rerankMs!.push(again);
    crossMs!.push(full / request.sample);
    if (large !== undefined) uniterMs!.push(large / UNITER_PAIRS);
    self.postMessage({ progress: `${round} of ${request.queries.length - 1} queries` });
  }
  return {
    crossMsAnImage: median(crossMs!),
    uniterMsAnImage: median(uniterMs!),
    rerankMs: median(rerankMs!),
    counts: scans.map(({ n }, i) => {
      const { encode, scan } = times[i]!;
      const searches = encode.map((ms, j) => ms + scan[j]!);
      return {
        n,
        encodeMs: median(encode),
        scanMs: median(scan),
        searchMs: median(searches),
        rerankedMs: median(searches) + median(rerankMs!),
      };
    }),
  };
}

self.onmessage = ({ data }: MessageEvent<SpeedRequest>) => {
  measure(data).then(
    (answer) => self.postMessage({ answer }),
    (error) => self.postMessage({ error: String(error?.message ?? error) }),
  );
};
