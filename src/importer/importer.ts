import type { HeifDecoder } from "../encoders/heif";
import type { ImageEncoder } from "../encoders/image-encoder";
import { sha256 } from "../files/digest";
import { DotlightError } from "../files/errors";
import type { Library } from "../store/library";
import type { Batch, StoredPhoto } from "../store/records";
import { type Decoded, decode } from "./decode";
import { exifOf } from "./details";
import { encode } from "./encode";
import { unfit } from "./formats";
import { Known } from "./known";
import { type ListedFile, list, type Origin, unreadable } from "./listing";
import { Pace } from "./pace";
import { type Plan, plan, suspicious } from "./plan";

export interface ImportProgress {
  stage: "listing" | "reading";
  /** Files that have been read, of those to be read; while listing, the pictures found so far. */
  done: number;
  total: number;
  perSecond?: number;
  secondsLeft?: number;
  /** The last photo that was read. */
  current?: { path: string; thumbnail: Blob };
  /** Since the last report: rows were written that can be searched. */
  written: boolean;
}

/** What an import did. */
export interface Imported {
  encoded: number;
  /** Files whose content was known: renamed, moved, copied, or merely touched. */
  recognised: number;
  unchanged: number;
  removed: number;
  /** Photos that are not where they were, too many to forget without being told to. */
  missing: number;
  /** Files that could not be read, now or before. */
  failed: { path: string; reason: string }[];
  /** Files that are no pictures by their names. */
  others: number;
  cancelled: boolean;
}

export interface ImporterOptions {
  library: Library;
  /** Of the pack in use. */
  fingerprint: string;
  /** Loaded when the first photo has to be encoded. */
  encoder: () => Promise<ImageEncoder>;
  heif: HeifDecoder;
  onProgress: (progress: ImportProgress) => void;
}

const BATCH = 16;
/** Photos that are decoded at a time: each takes some twelve bytes a pixel. */
const AT_ONCE = 3;
const LARGEST_FILE = 1e9;

/** What became of one file. */
type Outcome =
  | {
      kind: "encode";
      file: ListedFile;
      stored?: StoredPhoto;
      digest: string;
      input: Float32Array;
      item: StoredPhoto["item"];
      decoded: Decoded;
    }
  | { kind: "known"; photo: StoredPhoto }
  | { kind: "copy"; file: ListedFile; of: StoredPhoto }
  | { kind: "failed"; file: ListedFile; reason: string; keep: boolean };

/** Brings a folder's photos into a gallery: lists, compares, decodes, encodes, and writes a batch at a time. One object an import. */
export class Importer {
  #resume: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #cancelled = false;
  readonly #pace = new Pace();

  constructor(readonly options: ImporterOptions) {}

  pause(): void {
    if (this.#resume) return;
    this.#pace.stop();
    this.#running = new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#pace.start();
    this.#resume?.();
    this.#resume = undefined;
  }

  /** Ends the import after what is being written. */
  cancel(): void {
    this.#cancelled = true;
    this.resume();
  }

  /**
   * @param forget forgets photos that are not there any more, however many they are
   * @throws DotlightError "no-folder" when the folder cannot be read (any more), "no-room"; what was written before stays
   */
  async run(id: string, origin: Origin, forget: boolean): Promise<Imported> {
    const { library, fingerprint, onProgress } = this.options;
    const { photos, others } = await list(origin, (done) => onProgress({ stage: "listing", done, total: done, written: false }));
    const stored = await library.photos(id);
    const complete = origin.kind === "folder" || origin.complete;
    const todo = plan(photos, stored, await library.failures(id), fingerprint, complete);
    const known = new Known(stored, todo.gone, fingerprint);
    const result: Imported = {
      encoded: 0,
      recognised: 0,
      unchanged: todo.unchanged,
      removed: 0,
      missing: 0,
      failed: todo.failed.map(({ path, reason }) => ({ path, reason })),
      others,
      cancelled: false,
    };
    this.#pace.start();
    for (let at = 0; at < todo.read.length; at += BATCH) {
      await this.#running;
      if (this.#cancelled) break;
      await this.#batch(id, origin, todo.read.slice(at, at + BATCH), known, result, (current, ahead) => {
        const done = Math.min(todo.read.length, at + ahead);
        onProgress({ stage: "reading", done, total: todo.read.length, ...this.#pace.of(done, todo.read.length), current, written: false });
      });
      const done = Math.min(todo.read.length, at + BATCH);
      onProgress({ stage: "reading", done, total: todo.read.length, ...this.#pace.of(done, todo.read.length), written: true });
    }
    result.cancelled = this.#cancelled;
    if (!this.#cancelled) await this.#forget(id, todo, known, stored.length, forget, result);
    return result;
  }

  /** Decodes, encodes and writes some files. */
  async #batch(
    id: string,
    origin: Origin,
    files: Plan["read"],
    known: Known,
    result: Imported,
    onRead: (current: NonNullable<ImportProgress["current"]>, done: number) => void,
  ): Promise<void> {
    const outcomes: Outcome[] = [];
    let next = 0;
    const work = async () => {
      while (next < files.length) {
        const place = next++;
        const outcome = await this.#read(files[place]!, origin, known);
        outcomes[place] = outcome;
        if (outcome.kind !== "encode") continue;
        onRead({ path: outcome.file.path, thumbnail: new Blob([outcome.decoded.thumbnail.bytes]) }, outcomes.filter(Boolean).length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const { library, fingerprint, encoder } = this.options;
    const batch: Batch = { added: [], changed: [], removed: [], failed: [] };
    const ours = outcomes.filter((outcome) => outcome.kind === "encode");
    // A picture that is there twice in a batch is encoded once.
    const inputs = new Map(ours.map(({ digest, input }) => [digest, input]));
    const encoded = inputs.size > 0 ? await encode(await encoder(), [...inputs.values()]) : [];
    const byDigest = new Map([...inputs.keys()].map((digest, i) => [digest, encoded[i]!]));
    for (const { file, stored, digest, item, decoded } of ours) {
      const { made, of } = byDigest.get(digest)!;
      const { path, size, modified } = file;
      const photo = { path, size, modified, digest, fingerprint, item, ...of };
      const whole = { ...made, thumbnail: decoded.thumbnail.bytes };
      if (stored) batch.changed.push({ photo: { ...photo, gallery: id, number: stored.number }, made: whole });
      else batch.added.push({ photo, made: whole });
    }
    for (const outcome of outcomes) {
      if (outcome.kind === "known") batch.changed.push({ photo: outcome.photo });
      if (outcome.kind === "copy") {
        const { file, of } = outcome;
        const { gallery: _, number: __, ...rest } = of;
        const made = await library.made(of);
        const photo = {
          ...rest,
          path: file.path,
          size: file.size,
          modified: file.modified,
          item: { ...of.item, title: titleOf(file.path) },
        };
        if (made) batch.added.push({ photo, made });
      }
      if (outcome.kind === "failed") {
        const { file, reason, keep } = outcome;
        result.failed.push({ path: file.path, reason });
        if (keep) batch.failed.push({ path: file.path, size: file.size, modified: file.modified, reason });
      }
    }
    known.learn(await library.write(id, batch));
    result.encoded += inputs.size;
    result.recognised += batch.changed.length + batch.added.length - inputs.size;
  }

  async #read({ file, stored }: Plan["read"][number], origin: Origin, known: Known): Promise<Outcome> {
    const { path, size, modified } = file;
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      if (size > LARGEST_FILE) throw unfit(`The file has ${Math.round(size / 1e6)} MB, more than is read.`, "Save it smaller.");
      bytes = new Uint8Array(await (await file.open()).arrayBuffer());
    } catch (error) {
      if (error instanceof DotlightError) return { kind: "failed", file, reason: error.message, keep: true };
      await stillThere(origin);
      const reason = `The file cannot be read (${error instanceof Error ? error.message : error}).`;
      return { kind: "failed", file, reason, keep: false };
    }
    const digest = await sha256(bytes);
    const same = known.find(digest, stored);
    if (same?.as === "itself") return { kind: "known", photo: { ...same.photo, size, modified } };
    if (same?.as === "moved") {
      return { kind: "known", photo: { ...same.photo, path, size, modified, item: { ...same.photo.item, title: titleOf(path) } } };
    }
    if (same && !stored) return { kind: "copy", file, of: same.photo };
    try {
      const decoded = await decode(bytes, this.options.heif);
      const { width, height, type, color, thumbnail } = decoded;
      const details = { width, height, type, ...(await exifOf(bytes)) };
      const item = { title: titleOf(path), color, details, thumb: { ...thumbnail.record, file: "thumbs/of-the-store.webp" } };
      const input = (await this.options.encoder()).prepare(decoded.pixels);
      // Only the thumbnail is kept until the batch is written.
      const kept = { ...decoded, pixels: { width: 0, height: 0, data: new Uint8Array() } };
      return { kind: "encode", file, ...(stored ? { stored } : {}), digest, input, item, decoded: kept };
    } catch (error) {
      const code = error instanceof DotlightError ? error.code : "bad-image";
      if (code !== "bad-image" && code !== "no-decoder") throw error;
      // Without its decoder the photo is as good as ever: it is read again next time.
      return { kind: "failed", file, reason: error instanceof Error ? error.message : String(error), keep: code === "bad-image" };
    }
  }

  async #forget(id: string, todo: Plan, known: Known, count: number, forget: boolean, result: Imported): Promise<void> {
    const { library } = this.options;
    if (todo.failedGone.length > 0) await library.forgetFailures(id, todo.failedGone);
    const gone = known.missed();
    if (gone.length === 0) return;
    if (suspicious(gone.length, count) && !forget) {
      result.missing = gone.length;
      return;
    }
    await library.write(id, { added: [], changed: [], removed: gone.map(({ number }) => number), failed: [] });
    result.removed = gone.length;
  }
}

const titleOf = (path: string): string =>
  path
    .split("/")
    .at(-1)!
    .replace(/\.[^.]+$/, "");

/** Whether one file is gone or the whole folder. @throws DotlightError "no-folder" */
async function stillThere(origin: Origin): Promise<void> {
  if (origin.kind !== "folder") return;
  try {
    await origin.handle.entries().next();
  } catch (error) {
    throw unreadable(origin.handle.name, error);
  }
}
