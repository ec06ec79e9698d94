import { DotlightError } from "../../files/errors";
import { KERNELS } from "./kernel.generated";

/** What the kernel exports; assembly/scan.ts says what each does. */
export interface Kernel {
  work(job: number, thread: number, most: number): number;
  compact(job: number, thread: number): void;
  dot12(one: number, two: number, three: number, width: number, query: number): number;
}

/** What `work` answers when nothing is left to do. */
export const DONE = 0;

const PAGE = 65536;
const ALIGN = 64;
/** The largest that 32-bit pointers reach, and what to be content with where a browser reserves less. */
const MOST_PAGES = [65536, 32768, 16384, 4096];

/** One memory for rows, queries and answers, shared between threads where `shared`. Memory is only ever added: nothing moves. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  #end = 1024;

  constructor(readonly shared: boolean) {
    this.memory = shared ? reserve() : new WebAssembly.Memory({ initial: 1 });
  }

  /** The address of so many bytes, at a multiple of 64. @throws DotlightError "no-memory" when the browser refuses them */
  allocate(bytes: number): number {
    const at = Math.ceil(this.#end / ALIGN) * ALIGN;
    const lacking = at + bytes - this.memory.buffer.byteLength;
    if (lacking > 0) {
      try {
        this.memory.grow(Math.ceil(lacking / PAGE));
      } catch {
        throw new DotlightError(
          "no-memory",
          `The browser refuses ${Math.round(bytes / 1e6)} MB more memory for the search; it has ${Math.round(this.#end / 1e6)} MB.`,
          "Close other tabs, or open a smaller gallery.",
        );
      }
    }
    this.#end = at + bytes;
    return at;
  }

  put(bytes: ArrayBufferView, at = this.allocate(bytes.byteLength)): number {
    new Uint8Array(this.memory.buffer, at, bytes.byteLength).set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return at;
  }

  view(at: number, bytes: number): DataView {
    return new DataView(this.memory.buffer, at, bytes);
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  get used(): number {
    return this.#end;
  }

  /** Gives back what was allocated since `used` was this: it is allocated again, the browser does not get it. */
  rewind(used: number): void {
    this.#end = used;
  }
}

function reserve(): WebAssembly.Memory {
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch {
      // Less, then.
    }
  }
  throw new DotlightError("no-memory", "The browser gives no shared memory.", "Close other tabs and reload.");
}

const moduleOf = new Map<keyof typeof KERNELS, WebAssembly.Module>();

function compiled(name: keyof typeof KERNELS): WebAssembly.Module {
  let module = moduleOf.get(name);
  if (!module) {
    module = new WebAssembly.Module(bytesOf(name));
    moduleOf.set(name, module);
  }
  return module;
}

function bytesOf(name: keyof typeof KERNELS): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNELS[name]), (c) => c.charCodeAt(0));
}

/**
 * The kernel for this memory: with relaxed SIMD where there is any, unless `relaxed` is false; both give the same answers.
 * @throws DotlightError "no-simd" where WebAssembly has no SIMD
 */
export function kernelFor(memory: WebAssembly.Memory, shared: boolean, relaxed = true): Kernel {
  const [best, plain] = shared ? (["relaxedShared", "plainShared"] as const) : (["relaxed", "plain"] as const);
  const name = [...(relaxed ? [best] : []), plain].find((candidate) => WebAssembly.validate(bytesOf(candidate)));
  if (!name) {
    throw new DotlightError(
      "no-simd",
      "This browser runs WebAssembly without SIMD, which the search needs.",
      "Use a browser of 2023 or later: Chrome or Edge 91, Firefox 89, Safari 16.4.",
    );
  }
  return new WebAssembly.Instance(compiled(name), { env: { memory } }).exports as unknown as Kernel;
}
