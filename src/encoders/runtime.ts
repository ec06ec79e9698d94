import type { InferenceSession, InferenceSessionFactory, Tensor, TensorConstructor } from "onnxruntime-common";
import { DotlightError } from "../files/errors";
import { type ReadOptions, release } from "../files/source";
import { ofHalf, toHalf } from "../retrieval/half";

/** onnxruntime, whichever build the environment has. */
export interface Ort {
  InferenceSession: InferenceSessionFactory;
  Tensor: TensorConstructor;
}

/** Where the encoders run, and, where it is not the faster one, why. */
export interface Device {
  kind: "webgpu" | "wasm" | "native";
  reason?: string;
}

/** A way to run models: how to load and start it, and what it is. */
export interface Backend {
  device: Device;
  load(): Promise<{ ort: Ort; options: InferenceSession.SessionOptions }>;
}

/** Weights are 8-bit integers that this option has dequantised once, when the model is loaded, instead of at every run. */
const EXTRA = { session: { disable_quant_qdq: "1" } };

/**
 * Runs models on the first backend that works. A failure, at loading or at any run, moves everything to the next one and is kept as the
 * device's reason. Creation and runs wait for one another: onnxruntime-web wants them one at a time.
 */
export class Runtime {
  #queue: Promise<unknown> = Promise.resolve();
  #loaded: Promise<{ ort: Ort; options: InferenceSession.SessionOptions }> | undefined;

  constructor(readonly backends: Backend[]) {}

  get device(): Device {
    return this.backends[0]!.device;
  }

  /** Loads and starts onnxruntime ahead of the first run, which hears of what fails. */
  start(): void {
    this.exclusively(async () => {}).catch(() => undefined);
  }

  /** A model that `read` reads now, and again should onnxruntime need it once more. @throws as `read` */
  async session(read: ReadModel, onBytes?: (loaded: number) => void): Promise<Session> {
    return new Session(this, read, await read(onBytes ? { onBytes } : {}));
  }

  /** Runs `work` alone; if it fails and another backend is left, again on that one. */
  exclusively<T>(work: (ort: Ort, options: InferenceSession.SessionOptions, backend: Backend) => Promise<T>): Promise<T> {
    const result = this.#queue.then(() => this.#attempt(work));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #attempt<T>(work: (ort: Ort, options: InferenceSession.SessionOptions, backend: Backend) => Promise<T>): Promise<T> {
    for (;;) {
      const backend = this.backends[0]!;
      try {
        this.#loaded ??= backend.load();
        const { ort, options } = await this.#loaded;
        return await work(ort, { ...options, extra: EXTRA }, backend);
      } catch (error) {
        // A model that cannot be read again is no fault of the backend's.
        if (error instanceof DotlightError) throw error;
        const why = error instanceof Error ? error.message : String(error);
        const next = this.backends[1];
        if (!next) {
          throw new DotlightError("encoder", `The encoder could not run: ${why}`, "Reload the page; if it stays, try another browser.");
        }
        next.device.reason = `${backend.device.kind} failed: ${why}`;
        this.backends.shift();
        this.#loaded = undefined;
      }
    }
  }
}

/** Whole numbers and floats by input name; a model that declares narrower ones, or halves, gets those. */
export type Feeds = Record<
  string,
  { type: "int64"; data: BigInt64Array; dims: number[] } | { type: "float32"; data: Float32Array; dims: number[] }
>;

/** An output by its name, or by its place where only that is known. */
export type Output = string | number;

/** Reads a model's bytes, which are onnxruntime's from then on. */
type ReadModel = (options?: ReadOptions) => Promise<Uint8Array<ArrayBuffer>>;

/** One model; its onnxruntime session is made at the first run, and again after a change of backend. */
export class Session {
  #made: { backend: Backend; session: InferenceSession } | undefined;
  /** Its bytes, until onnxruntime has a copy of its own. */
  #model: Uint8Array<ArrayBuffer> | undefined;

  constructor(
    readonly runtime: Runtime,
    readonly read: ReadModel,
    model: Uint8Array<ArrayBuffer>,
  ) {
    this.#model = model;
  }

  /** Runs the model and returns the numbers of these outputs, copied out of the runtime. What the model does not declare is not fed. */
  run<Outputs extends Output[]>(feeds: Feeds, ...outputs: Outputs): Promise<{ [K in keyof Outputs]: Float32Array }> {
    return this.runtime.exclusively(async (ort, options, backend) => {
      if (this.#made?.backend !== backend) {
        const model = this.#model ?? (await this.read());
        this.#model = undefined;
        try {
          this.#made = { backend, session: await ort.InferenceSession.create(model, options) };
        } finally {
          release([model]);
        }
      }
      const { session } = this.#made;
      const tensors: Record<string, Tensor> = {};
      for (const [place, name] of session.inputNames.entries()) {
        const declared = session.inputMetadata[place];
        if (feeds[name]) tensors[name] = tensorOf(ort, feeds[name], declared?.isTensor ? declared.type : feeds[name].type);
      }
      const names = outputs.map((output) => (typeof output === "number" ? session.outputNames[output]! : output));
      const results = await session.run(tensors, names);
      const found = names.map((name) => {
        const numbers = numbersOf(results[name]!);
        results[name]!.dispose();
        if (!numbers.every(Number.isFinite)) throw new Error("the model gave numbers that are not finite");
        return numbers;
      });
      return found as { [K in keyof Outputs]: Float32Array };
    });
  }
}

function tensorOf(ort: Ort, { type, data, dims }: Feeds[string], wanted: string): Tensor {
  if (type === "int64" && wanted === "int32") return new ort.Tensor("int32", Int32Array.from(data, Number), dims);
  if (type === "float32" && wanted === "float16") return new ort.Tensor("float16", Uint16Array.from(data, toHalf), dims);
  return new ort.Tensor(type as "float32", data as Float32Array, dims);
}

/** An output's numbers; halves come as their bits where the environment has no Float16Array. */
function numbersOf({ type, data }: Tensor): Float32Array {
  if (type === "float16" && data instanceof Uint16Array) return Float32Array.from(data, ofHalf);
  return Float32Array.from(data as Float32Array);
}
