import type { Candidate, StoredShard } from "./kernel/structs";
import type { Query } from "./query";

/** Another device that finds candidates in the kernel's stead (gpu/). */
export interface Accelerator {
  /** Takes these rows. @throws Error that says why it cannot */
  load(shards: readonly StoredShard[]): Promise<void>;
  /** Of `rows` rows, all that may be among the k best; undefined for a query that the kernel should answer. @throws Error when it fails */
  find(query: Query, k: number, rows: number): Promise<Candidate[] | undefined>;
  /** Gives everything back that it holds. */
  close(): void;
}

/** Where candidates are found, and why not on the GPU if that was tried. */
export interface ScanDevice {
  kind: "wasm" | "webgpu";
  reason?: string;
}

/** "auto" takes WebGPU where it gains. */
export type ScanChoice = "auto" | ScanDevice["kind"];

/** An accelerator for as long as it works; one that fails is left for good. */
export class Acceleration {
  #accelerator: Accelerator | undefined;
  #device: ScanDevice = { kind: "wasm" };

  get device(): ScanDevice {
    return this.#device;
  }

  /** Resolves when the rows are there, or it is known why not. */
  async start(open: () => Promise<Accelerator>, shards: readonly StoredShard[]): Promise<void> {
    this.#accelerator?.close();
    this.#accelerator = undefined;
    let opened: Accelerator | undefined;
    try {
      opened = await open();
      await opened.load(shards);
      this.#accelerator = opened;
      this.#device = { kind: "webgpu" };
    } catch (error) {
      this.#leave(opened, error);
    }
  }

  /** Undefined where there is none, for a query that it leaves to the kernel, and from when it fails on. */
  async find(query: Query, k: number, rows: number): Promise<Candidate[] | undefined> {
    const accelerator = this.#accelerator;
    try {
      return await accelerator?.find(query, k, rows);
    } catch (error) {
      this.#leave(accelerator, error);
      return undefined;
    }
  }

  #leave(accelerator: Accelerator | undefined, error: unknown): void {
    accelerator?.close();
    this.#accelerator = undefined;
    this.#device = { kind: "wasm", reason: error instanceof Error ? error.message : String(error) };
  }
}
