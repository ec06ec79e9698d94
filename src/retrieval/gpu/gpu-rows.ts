import type { KernelMemory } from "../kernel/memory";
import type { StoredShard } from "../kernel/structs";
import { META, planeWidth } from "../planes";
import { checked } from "./device";
import { FOUND_HEAD, GROUP, GROUP_ROWS } from "./shader";

/** As WebGPU has them: the constants are not everywhere that the types are. */
const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [1, 4, 8, 64, 128];
const READ = 1;
/** Bytes from one shard's uniforms to the next's: the alignment that every device takes. */
export const UNIFORM_STEP = 256;
/** Workgroups of a dispatch, on every device. */
const MOST_GROUPS = 65_535;

export type Pipelines = Record<"score" | "bound" | "keep", GPUComputePipeline>;

/** The rows of some shards on the GPU, with the buffers that a query needs beside them. Bindings are numbered in shader.ts. */
export class GpuRows {
  readonly rows: number;
  /** Workgroups of all shards: so many rows at least bound the best scores. */
  readonly groups: number;
  readonly #buffers: GPUBuffer[] = [];
  readonly #scores: { bindings: GPUBindGroup; groups: number }[] = [];
  readonly #bound: GPUBindGroup;
  readonly #keep: GPUBindGroup;
  readonly #uniforms: GPUBuffer;
  readonly #query: GPUBuffer;
  readonly #sums: GPUBuffer;
  readonly #uppers: GPUBuffer;
  readonly #lowers: GPUBuffer;
  readonly #found: GPUBuffer;
  readonly #answer: GPUBuffer;

  /**
   * @param shards with rows and two planes each; `room` candidates that a query may leave
   * @throws Error for more than the device takes
   */
  constructor(
    readonly device: GPUDevice,
    readonly pipelines: Pipelines,
    readonly shards: readonly StoredShard[],
    dimension: number,
    readonly room: number,
  ) {
    const groups = shards.map(({ rows }) => Math.ceil(rows / GROUP_ROWS));
    this.rows = shards.reduce((sum, { rows }) => sum + rows, 0);
    this.groups = groups.reduce((sum, each) => sum + each, 0);
    if (Math.max(Math.ceil(this.rows / GROUP), ...groups) > MOST_GROUPS) throw new Error(`${this.rows} rows are more than the GPU takes`);
    this.#uniforms = this.#buffer((shards.length + 1) * UNIFORM_STEP, UNIFORM | COPY_DST);
    this.#query = this.#buffer(planeWidth(dimension) * 4, STORAGE | COPY_DST);
    this.#sums = this.#buffer(this.rows * 4, STORAGE);
    this.#uppers = this.#buffer(this.rows * 4, STORAGE);
    this.#lowers = this.#buffer(this.groups * 4, STORAGE);
    this.#found = this.#buffer(FOUND_HEAD + room * 8, STORAGE | COPY_SRC | COPY_DST);
    this.#answer = this.#buffer(FOUND_HEAD + room * 8, MAP_READ | COPY_DST);
    const totals = { buffer: this.#uniforms, offset: shards.length * UNIFORM_STEP, size: UNIFORM_STEP };
    const [sums, uppers, lowers, found] = [this.#sums, this.#uppers, this.#lowers, this.#found].map((buffer) => ({ buffer }));
    this.#bound = this.#bind("bound", { 7: lowers!, 8: totals, 9: found! });
    this.#keep = this.#bind("keep", { 5: sums!, 6: uppers!, 8: totals, 9: found! });
  }

  /** Copies the shards to the GPU, one after the other. @throws Error for more than the device has room for */
  async upload(memory: KernelMemory, dimension: number): Promise<void> {
    const width = planeWidth(dimension);
    for (const [i, shard] of this.shards.entries()) {
      await checked(this.device, () => {
        const planes = shard.planes.slice(0, 2).map((at) => this.#filled(memory.bytes(at, shard.rows * width)));
        const numbers = this.#filled(numbersOf(memory, shard));
        const uniforms = { buffer: this.#uniforms, offset: i * UNIFORM_STEP, size: UNIFORM_STEP };
        const shared = [this.#query, this.#sums, this.#uppers, this.#lowers];
        const bindings = [uniforms, ...[...planes, numbers, ...shared].map((buffer) => ({ buffer }))];
        this.#scores.push({ bindings: this.#bind("score", bindings), groups: Math.ceil(shard.rows / GROUP_ROWS) });
        // What is on its way lies in memory twice: no more of it than one shard.
        return this.device.queue.onSubmittedWorkDone();
      });
    }
  }

  /**
   * One query: its bytes, a shard's uniforms every UNIFORM_STEP bytes. Resolves to how many rows may be among the k best, and (up to `room`)
   * pairs of a row and its sum, in no order.
   * @throws Error for a device that was lost or refuses
   */
  async run(query: Int8Array<ArrayBuffer>, uniforms: ArrayBuffer, k: number): Promise<{ count: number; found: Int32Array }> {
    const { device } = this;
    await checked(device, () => {
      device.queue.writeBuffer(this.#query, 0, query);
      device.queue.writeBuffer(this.#uniforms, 0, uniforms);
      device.queue.writeBuffer(this.#uniforms, this.shards.length * UNIFORM_STEP, Uint32Array.of(this.rows, this.groups, k, this.room));
      const commands = device.createCommandEncoder();
      commands.clearBuffer(this.#found, 0, FOUND_HEAD);
      const pass = commands.beginComputePass();
      pass.setPipeline(this.pipelines.score);
      for (const { bindings, groups } of this.#scores) {
        pass.setBindGroup(0, bindings);
        pass.dispatchWorkgroups(groups);
      }
      pass.setPipeline(this.pipelines.bound);
      pass.setBindGroup(0, this.#bound);
      pass.dispatchWorkgroups(1);
      pass.setPipeline(this.pipelines.keep);
      pass.setBindGroup(0, this.#keep);
      pass.dispatchWorkgroups(Math.ceil(this.rows / GROUP));
      pass.end();
      commands.copyBufferToBuffer(this.#found, 0, this.#answer, 0, this.#answer.size);
      device.queue.submit([commands.finish()]);
      return this.#answer.mapAsync(READ);
    });
    const words = new Int32Array(this.#answer.getMappedRange());
    const count = words[0]! >>> 0;
    const pairs = words.slice(FOUND_HEAD / 4, FOUND_HEAD / 4 + 2 * Math.min(count, this.room));
    this.#answer.unmap();
    return { count, found: pairs };
  }

  destroy(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }

  #bind(pass: keyof Pipelines, entries: Record<number, GPUBufferBinding>): GPUBindGroup {
    return this.device.createBindGroup({
      layout: this.pipelines[pass].getBindGroupLayout(0),
      entries: Object.entries(entries).map(([binding, resource]) => ({ binding: Number(binding), resource })),
    });
  }

  #buffer(size: number, usage: number): GPUBuffer {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    if (size > Math.min(maxStorageBufferBindingSize, maxBufferSize)) {
      throw new Error(`${Math.round(size / 1e6)} MB in one piece are more than the GPU takes`);
    }
    const buffer = this.device.createBuffer({ size, usage });
    this.#buffers.push(buffer);
    return buffer;
  }

  #filled(content: Uint8Array | Float32Array): GPUBuffer {
    const buffer = this.#buffer(content.byteLength, STORAGE | COPY_DST);
    this.device.queue.writeBuffer(buffer, 0, content);
    return buffer;
  }
}

/** What the shader needs of each row, as shares of the shard's largest norm: its scale, what eight bits leave of it, its norm; and 0. */
function numbersOf(memory: KernelMemory, { rows, scales, meta, largest }: StoredShard): Float32Array<ArrayBuffer> {
  const { buffer } = memory.memory;
  const [scale, bounds] = [new Float32Array(buffer, scales, rows), new Float32Array(buffer, meta, rows * META)];
  const numbers = new Float32Array(rows * 4);
  const unit = largest || 1;
  for (let row = 0; row < rows; row++) {
    numbers[row * 4] = scale[row]! / unit;
    numbers[row * 4 + 1] = bounds[row * META + 1]! / unit;
    numbers[row * 4 + 2] = bounds[row * META]! / unit;
  }
  return numbers;
}
