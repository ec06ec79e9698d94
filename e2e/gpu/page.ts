/** The browser side of gpu-scan.spec.ts, made into one script there. */
import { type GpuOptions, GpuScan } from "../../src/retrieval/gpu/gpu-scan";
import { halve } from "../../src/retrieval/half";
import { quantise } from "../../src/retrieval/planes";
import { type Answer, type Mode, Scan } from "../../src/retrieval/scan";
import { numbers } from "../../src/retrieval/test-rows";

export interface Gallery {
  shape: "random" | "clustered" | "duplicated" | "with zeros" | "huge" | "denormal" | "mixed sizes" | "far from zero";
  rows: number;
  dimension: number;
  /** Rows of a shard. */
  each: number;
  shared?: boolean;
}

export interface Asked {
  k: number;
  mode?: Mode;
}

/** Answers by the kernel and by the GPU to the same queries, in turn; and where the scan ended. */
export interface Compared {
  wasm: Answer[];
  webgpu: Answer[];
  device: Scan["device"];
}

const SIZES: Partial<Record<Gallery["shape"], number>> = { huge: 1e17, denormal: 1e-40 };

function rowsOf({ shape, rows, dimension }: Gallery): Float32Array {
  const next = numbers(rows * dimension);
  const centres = Array.from({ length: 3 }, () => Float64Array.from({ length: dimension }, next));
  const vectors = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const own = vectors.subarray(row * dimension, (row + 1) * dimension);
    const size = SIZES[shape] ?? (shape === "mixed sizes" ? 10 ** next() : 1);
    const away = shape === "far from zero" ? 20 : 0;
    for (let i = 0; i < dimension; i++) own[i] = size * (shape === "clustered" ? centres[row % 3]![i]! + 0.1 * next() : next() + away);
    if (shape === "with zeros" && row % 3 === 0) own.fill(0);
    if (shape === "duplicated") vectors.copyWithin(row * dimension, (row % 500) * dimension, ((row % 500) + 1) * dimension);
  }
  return vectors;
}

function scanOf(gallery: Gallery): Scan {
  const { rows, dimension, each, shared = false } = gallery;
  const vectors = rowsOf(gallery);
  const scan = new Scan(dimension, { shared });
  for (let row = 0; row < rows; row += each) {
    const part = vectors.slice(row * dimension, Math.min(rows, row + each) * dimension);
    const halves = halve(part, dimension);
    scan.add(quantise(part, dimension, 3, halves), halves);
  }
  return scan;
}

const open = (scan: Scan, options: GpuOptions) => () => GpuScan.open(scan.memory, scan.dimension, { software: true, ...options });

/** Asks kernel and GPU for each of `asked` with `queries` queries. */
async function compare(gallery: Gallery, asked: Asked[], queries: number, options: GpuOptions = {}): Promise<Compared> {
  const scan = scanOf(gallery);
  const all = async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < queries; i++) {
      const query = Float32Array.from({ length: gallery.dimension }, numbers(99 + 2 * i));
      for (const { k, mode = "exact" } of asked) answers.push(await scan.search(query, k, { mode }));
    }
    return answers;
  };
  const wasm = await all();
  await scan.accelerate(open(scan, options));
  return { wasm, webgpu: await all(), device: scan.device };
}

/** What answers a query of `gallery` before and after something has gone wrong. */
async function spoil(
  gallery: Gallery,
  how: "lost" | "grown" | "zero query" | "filter" | "one plane" | "software" | "wrong codes",
): Promise<Compared> {
  const scan = scanOf(gallery);
  const query = new Float32Array(gallery.dimension);
  if (how !== "zero query") query.set(Float32Array.from(query, numbers(7)));
  const filter = new Uint8Array(Math.ceil(gallery.rows / 8)).fill(how === "filter" ? 0x11 : 0xff);
  const ask = () => scan.search(query, 10, how === "filter" ? { filter } : {});
  const wasm = [await ask()];
  let opened: GpuScan | undefined;
  if (how === "one plane") {
    const { planes, ...rest } = quantise(rowsOf(gallery), gallery.dimension);
    scan.add({ ...rest, planes: planes.slice(0, 1) });
  }
  const { writeBuffer } = GPUQueue.prototype;
  if (how === "wrong codes") {
    GPUQueue.prototype.writeBuffer = function (buffer, at, data) {
      const planes = data.byteLength >= gallery.each * 64;
      return writeBuffer.call(this, buffer, at, planes ? new Uint8Array(data.byteLength).fill(0x5a) : data);
    };
  }
  await scan.accelerate(async () => {
    opened = await open(scan, { software: how !== "software" })();
    return opened;
  });
  GPUQueue.prototype.writeBuffer = writeBuffer;
  const webgpu = [await ask()];
  if (how === "lost") opened!.device.destroy();
  if (how === "grown") scan.add(quantise(rowsOf({ ...gallery, rows: 300 }), gallery.dimension));
  webgpu.push(await ask());
  return { wasm, webgpu, device: scan.device };
}

export const page = { compare, spoil };
Object.assign(globalThis, { page });
