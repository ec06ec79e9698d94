import { MANIFEST } from "../encoders/pack";
import type { PackStore } from "../encoders/registry/install";
import { type FileRecord, verify } from "../files/digest";
import type { Part } from "../files/download";
import { DotlightError } from "../files/errors";
import { safePath } from "../files/path";
import { missing, partsBy, type Source } from "../files/source";

/** Public packs that a visitor has downloaded, in the Cache API: a cache a pack, and one of another name while it arrives. */
const KEPT = "dotlight-pack-";
const ARRIVING = "dotlight-arriving-";

/** No host has this name, so no request of the page is ever answered from here. */
const keyOf = (path: string, part = ""): string => `https://dotlight.invalid/${safePath(path)}${part && `?${part}`}`;

/** Where a pack arrives; it is opened by `cachedPack` once it is whole. */
export function packCache(id: string): PackStore {
  const arriving = ARRIVING + id;
  return {
    part: (path) => partIn(arriving, path),
    async finish(manifest, paths) {
      await caches.delete(KEPT + id);
      const [from, to] = [await caches.open(arriving), await caches.open(KEPT + id)];
      await withRoom(async () => {
        for (const path of paths) await to.put(keyOf(path), new Response(new Blob(await piecesOf(from, path))));
        // Last: without it there is no pack.
        await to.put(keyOf(MANIFEST), Response.json(manifest));
      });
      await caches.delete(arriving);
    },
    async clear() {
      await caches.delete(arriving);
    },
  };
}

/** A downloaded pack's folder; undefined where there is none. Whoever reads with an expected digest has it verified. */
export async function cachedPack(id: string): Promise<Source | undefined> {
  if (!(await caches.has(KEPT + id))) return undefined;
  const cache = await caches.open(KEPT + id);
  if (!(await cache.match(keyOf(MANIFEST)))) return undefined;
  const location = `${id}/`;
  const whole = async (path: string) => {
    const kept = await cache.match(keyOf(path));
    if (!kept) throw missing(location + path, "this browser has dropped it");
    return new Uint8Array(await kept.arrayBuffer());
  };
  return {
    location,
    async read(path, { expect, onBytes } = {}) {
      const bytes = await whole(path);
      if (expect) await verify(location + path, bytes, expect);
      onBytes?.(bytes.length, bytes.length);
      return bytes;
    },
    parts: partsBy(location, async (path, from, to) => (await whole(path)).slice(from, to)),
  };
}

/** The ids of the packs that are whole, and of those that have begun to arrive. */
export async function cachedPacks(): Promise<{ kept: string[]; begun: string[] }> {
  const names = await caches.keys();
  const idsOf = (prefix: string) => names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const whole = await Promise.all(idsOf(KEPT).map(async (id) => ((await cachedPack(id)) ? id : undefined)));
  return { kept: whole.filter((id) => id !== undefined), begun: idsOf(ARRIVING) };
}

/** Removes a pack, and what has arrived of it. */
export async function dropPack(id: string): Promise<void> {
  await Promise.all([caches.delete(KEPT + id), caches.delete(ARRIVING + id)]);
}

function partIn(cacheName: string, path: string): Part {
  const open = () => caches.open(cacheName);
  const textOf = async (key: string) => (await (await open()).match(key))?.text();
  return {
    async state() {
      const size = (await piecesOf(await open(), path)).reduce((sum, piece) => sum + piece.size, 0);
      const tag = await textOf(keyOf(path, "tag"));
      return { size, ...(tag === undefined ? {} : { tag }) };
    },
    async begin(tag) {
      const cache = await open();
      for (let i = 0; await cache.delete(keyOf(path, `piece=${i}`)); i++);
      await cache.delete(keyOf(path, "tag"));
      if (tag !== undefined) await cache.put(keyOf(path, "tag"), new Response(tag));
    },
    async append(piece) {
      const cache = await open();
      const number = (await piecesOf(cache, path)).length;
      await withRoom(() => cache.put(keyOf(path, `piece=${number}`), new Response(piece)));
    },
    async bytes() {
      return new Uint8Array(await new Blob(await piecesOf(await open(), path)).arrayBuffer());
    },
    async complete(record) {
      await (await open()).put(keyOf(path, "record"), Response.json(record));
    },
    async record() {
      const text = await textOf(keyOf(path, "record"));
      return text === undefined ? undefined : (JSON.parse(text) as FileRecord);
    },
  };
}

async function piecesOf(cache: Cache, path: string): Promise<Blob[]> {
  const pieces: Blob[] = [];
  for (;;) {
    const piece = await cache.match(keyOf(path, `piece=${pieces.length}`));
    if (!piece) return pieces;
    pieces.push(await piece.blob());
  }
}

/** @throws DotlightError "no-room" when the browser's quota is exhausted */
async function withRoom(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
    throw new DotlightError(
      "no-room",
      "There is no room left in this browser for the model.",
      "Free space on this device, remove another model, or choose a smaller one.",
    );
  }
}
