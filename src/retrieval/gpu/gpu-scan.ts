import type { Accelerator } from "../accelerator";
import { dot } from "../dot";
import type { KernelMemory } from "../kernel/memory";
import type { Candidate, StoredShard } from "../kernel/structs";
import { META, planeWidth } from "../planes";
import type { Query } from "../query";
import { checked, hasPacked, openDevice } from "./device";
import { GpuRows, type Pipelines, UNIFORM_STEP } from "./gpu-rows";
import { GROUP_ROWS, ROUNDINGS, shader } from "./shader";

/** Candidates that one query may leave: half a megabyte to be sent back. */
const ROOM = 65_536;
/** Milliseconds after which a device is not coming back. */
const PATIENCE = 10_000;
/** Sums of each answer that are done again here: a driver that miscalculates is found out. */
const SAMPLES = 8;
const WRONG = "the GPU does not calculate as it should";

export interface GpuOptions {
  /** Takes an adapter that is software too, which is slower than the kernel. */
  software?: boolean;
  /** False holds back products of four bytes at once. */
  packed?: boolean;
  /** Candidates that one query may leave. */
  room?: number;
}

/**
 * Finds candidates on the GPU: every row is scored by its first eight bits and fourteen of the query, as the kernel scores what its cascade
 * leaves (`settle` in kernel/assembly/scan.ts). What may be among the best comes back as integer sums, and their scores and slacks are
 * worked out here in 64 bits. Floats on the GPU decide only which rows come back, with room for their roundings: none can be missed.
 */
export class GpuScan implements Accelerator {
  #rows: GpuRows | undefined;
  #lost: string | undefined;

  private constructor(
    readonly device: GPUDevice,
    readonly pipelines: Pipelines,
    readonly memory: KernelMemory,
    readonly dimension: number,
    readonly room: number,
  ) {
    device.lost.then(({ message }) => {
      this.#lost = message || "the browser says no more";
    });
  }

  /** @param memory where the shards lie that will be loaded. @throws Error that says why there is no GPU to scan with */
  static async open(memory: KernelMemory, dimension: number, options: GpuOptions = {}): Promise<GpuScan> {
    const device = await openDevice(options.software);
    try {
      const [score, bound, keep] = await checked(device, () => {
        const module = device.createShaderModule({ code: shader(hasPacked() && options.packed !== false) });
        const pipeline = (entryPoint: string) => device.createComputePipelineAsync({ layout: "auto", compute: { module, entryPoint } });
        return Promise.all([pipeline("score"), pipeline("bound"), pipeline("keep")]);
      });
      return new GpuScan(device, { score, bound, keep }, memory, dimension, options.room ?? ROOM);
    } catch (error) {
      device.destroy();
      throw error;
    }
  }

  /**
   * Copies the rows of these shards to the GPU; they are what `find` looks through from then on.
   * @throws Error for shards of one plane, or more than the GPU takes
   */
  async load(shards: readonly StoredShard[]): Promise<void> {
    this.#rows?.destroy();
    this.#rows = undefined;
    const held = shards.filter(({ rows }) => rows > 0);
    if (held.length === 0) throw new Error("there are no vectors");
    if (held.some(({ planes }) => planes.length < 2)) throw new Error("only four bits of each vector are in memory");
    const rows = await checked(this.device, () => new GpuRows(this.device, this.pipelines, held, this.dimension, this.room));
    await rows.upload(this.memory, this.dimension);
    this.#rows = rows;
  }

  async find(query: Query, wanted: number, count: number): Promise<Candidate[] | undefined> {
    const k = Math.min(wanted, count);
    if (this.#lost) throw new Error(`the GPU was lost: ${this.#lost}`);
    const rows = this.#rows;
    // Rows that came later are not here; and fewer bounds than hits bound nothing, so that every row would come back.
    if (!rows || rows.rows !== count || (k > rows.groups && count > this.room)) return undefined;
    const codes = bytesOf(query);
    const bases = rows.shards.map(({ centre }) => dot(query.vector, centre));
    const uniforms = uniformsOf(rows.shards, query, bases, codes.sum);
    // Sums beyond 32 bits, or a query that all rows answer alike: the kernel's.
    if (255 * codes.absolute >= 2 ** 31 || !uniforms) return undefined;
    const answer = await inTime(rows.run(codes.bytes, uniforms, k));
    if (answer.count > this.room) throw new Error(`${answer.count} pictures may be among the best ${k}, more than there is room for`);
    if (answer.count < k) throw new Error(WRONG);
    return this.#candidates(rows.shards, query, bases, answer.found);
  }

  close(): void {
    this.#rows?.destroy();
    this.#rows = undefined;
    this.device.destroy();
  }

  /** Scores and slacks of rows by their sums, as the kernel has them. */
  #candidates(shards: readonly StoredShard[], query: Query, bases: number[], found: Int32Array): Candidate[] {
    const { step2, bias2, rowSlack, querySlack2, rounding } = query.numbers;
    const floats = new Float32Array(this.memory.memory.buffer);
    const candidates: Candidate[] = [];
    let [number, shard] = [0, shards[0]!];
    for (let at = 0; at < found.length; at += 2) {
      const [row, sum] = [found[at]!, found[at + 1]!];
      if (row < shard.first || row >= shard.first + shard.rows) {
        number = shards.findLastIndex(({ first }) => first <= row);
        shard = shards[number]!;
      }
      if (at < 2 * SAMPLES && sum !== this.#sum(shard, row - shard.first, query)) throw new Error(WRONG);
      const scale = floats[(shard.scales >>> 2) + row - shard.first]!;
      const meta = (shard.meta >>> 2) + (row - shard.first) * META;
      const slack = floats[meta + 1]! * rowSlack + floats[meta]! * querySlack2 + rounding;
      candidates.push({ row, score: bases[number]! + scale * (step2 * sum - bias2), slack });
    }
    return candidates;
  }

  /** What the shader should have summed up. */
  #sum({ planes }: StoredShard, row: number, { codes16 }: Query): number {
    const width = planeWidth(this.dimension);
    const [one, two] = planes.map((at) => this.memory.bytes(at + row * width, width));
    let sum = 0;
    for (let i = 0; i < codes16.length; i++) {
      const [at, shift] = [(i >> 5) * 16 + (i & 15), i & 16 ? 4 : 0];
      sum += codes16[i]! * (((one![at]! >> shift) & 15) * 16 + ((two![at]! >> shift) & 15));
    }
    return sum;
  }
}

/** The query's codes as two signed bytes each, a code being 128 times its upper and its lower: of every 32 numbers the upper, then the lower. */
function bytesOf({ codes16 }: Query): { bytes: Int8Array<ArrayBuffer>; sum: number; absolute: number } {
  const bytes = new Int8Array(codes16.length * 2);
  let [sum, absolute] = [0, 0];
  for (const [i, code] of codes16.entries()) {
    const upper = (code + 64) >> 7;
    const at = (i >> 5) * 64 + (i & 31);
    bytes[at] = upper;
    bytes[at + 32] = code - 128 * upper;
    sum += code;
    absolute += Math.abs(code);
  }
  return { bytes, sum, absolute };
}

/**
 * What the shader needs of the query for each shard (`Shard` in shader.ts). Scores are taken from the first shard's base, in units of the
 * most that they can differ from it, so that every number in the shader is small; undefined where that is nothing.
 */
function uniformsOf(shards: readonly StoredShard[], query: Query, bases: number[], sum: number): ArrayBuffer | undefined {
  const width = query.codes16.length / 2;
  const { step2, rowSlack, querySlack2, rounding } = query.numbers;
  const unit = Math.max(...shards.map(({ largest }, i) => query.norm * largest + Math.abs(bases[i]! - bases[0]!)));
  if (!(unit > 0 && unit < Number.POSITIVE_INFINITY)) return undefined;
  const view = new DataView(new ArrayBuffer(shards.length * UNIFORM_STEP));
  let firstGroup = 0;
  for (const [i, { rows, first, largest }] of shards.entries()) {
    const whole = [rows, first, firstGroup, width / 16, 255 * sum];
    const share = largest / unit;
    const floats = [
      (bases[i]! - bases[0]!) / unit,
      (step2 / 2) * share,
      rowSlack * share,
      querySlack2 * share,
      ROUNDINGS + rounding / unit,
    ];
    for (const [field, value] of whole.entries()) view.setInt32(i * UNIFORM_STEP + field * 4, value, true);
    for (const [field, value] of floats.entries()) view.setFloat32(i * UNIFORM_STEP + (whole.length + field) * 4, value, true);
    firstGroup += Math.ceil(rows / GROUP_ROWS);
  }
  return view.buffer;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the GPU did not answer in ${PATIENCE / 1000} s`)), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
