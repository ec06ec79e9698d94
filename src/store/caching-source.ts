import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type FileRecord, type Part, sha256, verify } from "../files/digest";
import { DotlightError } from "../files/errors";
import type { Source } from "../files/source";

interface Schema extends DBSchema {
  /** What a file's name stands for: its digest and size. */
  names: { key: string; value: { sha256: string; bytes: number } };
  /** A whole file's content in pieces of PIECE bytes, by digest and number. */
  pieces: { key: [string, number]; value: ArrayBuffer };
  /** Parts of files that are not read as a whole, by the file's digest and their start. */
  blocks: { key: [string, number]; value: ArrayBuffer };
}

const DATABASE = "dotlight-files";
/** Whatever is larger than some 64 KB is a file of its own to a browser, and takes about as long to open whether it is small or large. */
const PIECE = 1 << 24;

/**
 * Keeps what is read in IndexedDB and serves it from there on the next visit, without the network. A file read with an expected digest is
 * verified again whenever it comes out; one that was damaged or replaced is fetched anew. A file without one (a manifest) is fetched first,
 * and served from the store when there is no network. A file is stored in one transaction, so a half-written one does not exist. Where there is no IndexedDB, or no room, everything is read from `source` and `onNotKept` hears why.
 */
export function cachingSource(source: Source, onNotKept: (why: string) => void): Source {
  let store: Promise<IDBPDatabase<Schema> | undefined> | undefined;
  const giveUp = (error: unknown): undefined => {
    if (store !== NOTHING) onNotKept(error instanceof Error ? error.message : String(error));
    store = NOTHING;
    return undefined;
  };
  /** Runs one piece of work on the store; undefined when there is none or it failed. */
  const onStore = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> => {
    try {
      store ??= open();
      const db = await store;
      return db && (await work(db));
    } catch (error) {
      return giveUp(error);
    }
  };
  return {
    location: source.location,
    async read(path, options = {}) {
      const { expect, onBytes } = options;
      const name = source.location + path;
      if (expect) {
        const kept = await onStore((db) => take(db, expect));
        if (kept) {
          onBytes?.(kept.length, kept.length);
          return kept;
        }
        const bytes = await source.read(path, options);
        await onStore((db) => keep(db, name, bytes, expect.sha256));
        return bytes;
      }
      try {
        const bytes = await source.read(path, options);
        const digest = await sha256(bytes);
        await onStore((db) => keep(db, name, bytes, digest));
        return bytes;
      } catch (error) {
        if (!(error instanceof DotlightError) || error.code !== "network") throw error;
        const kept = await onStore(async (db) => {
          const known = await db.get("names", name);
          return known && take(db, known);
        });
        if (!kept) throw error;
        return kept;
      }
    },
    async parts(path, record, parts) {
      const take = async (part: Part) => {
        const kept = await onStore((db) => db.get("blocks", [record.sha256, part.start]));
        const bytes = kept && new Uint8Array(kept);
        return bytes && (await sha256(bytes)) === part.sha256 ? bytes : undefined;
      };
      const all = await Promise.all(parts.map(take));
      const lacking = parts.filter((_, i) => !all[i]);
      if (lacking.length === 0) return all as Uint8Array<ArrayBuffer>[];
      const read = await source.parts(path, record, lacking);
      await onStore((db) => keepParts(db, source.location + path, record, lacking, read));
      return all.map((bytes) => bytes ?? read.shift()!);
    },
  };
}

const NOTHING: Promise<undefined> = Promise.resolve(undefined);

async function open(): Promise<IDBPDatabase<Schema>> {
  if (typeof indexedDB === "undefined") throw new Error("this browser has no IndexedDB here (private browsing?)");
  return openDB<Schema>(DATABASE, 2, {
    upgrade(db) {
      // What an older version kept is fetched anew.
      for (const name of db.objectStoreNames) db.deleteObjectStore(name);
      for (const name of ["names", "pieces", "blocks"] as const) db.createObjectStore(name);
    },
    // Another tab wants to change the database: let it, and read from the network meanwhile.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** All that is kept of one file. */
const rangeOf = (digest: string): IDBKeyRange => IDBKeyRange.bound([digest, 0], [digest, Number.MAX_SAFE_INTEGER]);

/** The file as it was kept, under whatever name, verified; undefined when it is not there or not whole. */
async function take(db: IDBPDatabase<Schema>, expect: FileRecord): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const whole = joined(await db.getAll("pieces", rangeOf(expect.sha256)));
  return verify(expect.sha256, whole, expect).then(
    () => whole,
    () => undefined,
  );
}

function joined(pieces: ArrayBuffer[]): Uint8Array<ArrayBuffer> {
  if (pieces.length === 1) return new Uint8Array(pieces[0]!);
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return whole;
}

/** Stores parts of a file of which others may be missing. */
async function keepParts(db: IDBPDatabase<Schema>, name: string, record: FileRecord, parts: Part[], read: Uint8Array<ArrayBuffer>[]) {
  const transaction = db.transaction(["names", "blocks"], "readwrite");
  await transaction.objectStore("names").put({ sha256: record.sha256, bytes: record.bytes }, name);
  const blocks = transaction.objectStore("blocks");
  for (const [i, { start }] of parts.entries()) await blocks.put(alone(read[i]!), [record.sha256, start]);
  await transaction.done;
}

/** A buffer of these bytes and no others. */
const alone = (bytes: Uint8Array<ArrayBuffer>): ArrayBuffer =>
  bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;

/** Stores the file in one transaction; what the name stood for before is dropped unless another name needs it. */
async function keep(db: IDBPDatabase<Schema>, name: string, bytes: Uint8Array<ArrayBuffer>, digest: string): Promise<void> {
  const transaction = db.transaction(["names", "pieces", "blocks"], "readwrite");
  const names = transaction.objectStore("names");
  const [pieces, blocks] = [transaction.objectStore("pieces"), transaction.objectStore("blocks")];
  const before = await names.get(name);
  await names.put({ sha256: digest, bytes: bytes.length }, name);
  if (before && before.sha256 !== digest && (await names.getAll()).every((other) => other.sha256 !== before.sha256)) {
    await pieces.delete(rangeOf(before.sha256));
    await blocks.delete(rangeOf(before.sha256));
  }
  for (let at = 0, i = 0; at < bytes.length; at += PIECE, i++) await pieces.put(alone(bytes.subarray(at, at + PIECE)), [digest, i]);
  await transaction.done;
}
