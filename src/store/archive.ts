import { recordOf, verify } from "../files/digest";
import { safePath } from "../files/path";
import { missing, partsBy, type Source } from "../files/source";
import { listTar, tarEnd, tarHeader, tarPadding } from "../files/tar";
import { tableFiles } from "../gallery/files";
import type { FileEntry } from "../gallery/manifest";
import { type Gallery, openGallery } from "../gallery/reader";
import { regionCodes } from "../gallery/regions";
import { unhalve } from "../retrieval/half";
import type { Library } from "./library";
import { openPersonal } from "./personal-gallery";
import type { Batch, PersonalGallery, StoredPhoto } from "./records";

/** What the gallery format does not say of photos, and the next scan of their folder needs: a row each. */
type FileRecord = Pick<StoredPhoto, "path" | "size" | "modified" | "digest">;

const FILES = "files.json";
const ROWS = 200;

/**
 * A personal gallery as one file: a tar archive of a gallery folder, which any static host can serve when it is unpacked, and the files that its
 * photos came from. @throws DotlightError "empty-gallery" while it has no photos
 */
export async function exportGallery(library: Library, id: string): Promise<Blob> {
  const { gallery, numbers } = await openPersonal(library, id);
  if (!gallery) throw missing("The gallery", "it has no photos yet");
  const byNumber = new Map((await library.photos(id)).map((photo) => [photo.number, photo]));
  const files = numbers.map((number): FileRecord => {
    const photo = byNumber.get(number);
    if (!photo) throw missing("A photo of the gallery", "it was removed while the gallery was exported");
    const { path, size, modified, digest } = photo;
    return { path, size, modified, digest };
  });
  const parts: Blob[] = [];
  const add = (path: string, bytes: Uint8Array<ArrayBuffer>) =>
    // A Blob of its own lets the browser keep it on disk.
    parts.push(new Blob([tarHeader(safePath(path), bytes.length), bytes, tarPadding(bytes.length)]));
  const addJson = (path: string, value: unknown) => add(path, new TextEncoder().encode(JSON.stringify(value)));
  for (const path of filesOf(gallery)) add(path, await gallery.source.read(path));
  const { regions, ...tables } = gallery.manifest.tables;
  const entries: FileEntry[] = [];
  for (const { file, rows } of regions?.files ?? []) {
    const bytes = await gallery.source.read(file);
    entries.push({ file, rows, ...(await recordOf(bytes, true)) });
    add(file, bytes);
  }
  addJson("gallery.json", { ...gallery.manifest, tables: { ...tables, ...(regions ? { regions: { ...regions, files: entries } } : {}) } });
  for (let row = 0; row < files.length; row += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, files.length - row) }, (_, i) => row + i);
    const items = await gallery.items(rows);
    for (const { thumb } of items) if (thumb) add(thumb.file, await gallery.source.read(thumb.file, { expect: thumb }));
  }
  addJson(FILES, files);
  return new Blob([...parts, tarEnd()], { type: "application/x-tar" });
}

/** Files whose digests the manifest has. */
function filesOf({ manifest }: Gallery): string[] {
  const { regions: _, ...tables } = manifest.tables;
  return tableFiles(tables).map(({ file }) => file);
}

/**
 * Makes a personal gallery of an exported file. Every part is verified before anything is written of it.
 * @throws DotlightError for anything missing, damaged or unfit, "no-room"; nothing stays of a gallery that could not be read whole
 */
export async function importGallery(library: Library, archive: Blob, name: string): Promise<PersonalGallery> {
  const source = await tarSource(archive, name);
  const gallery = await openGallery(source);
  const { count, dimension, metric, pack, notice, tables } = gallery.manifest;
  const { regions } = tables;
  const shape = regions && { count: regions.count, width: regions.width };
  const codesOf = regions && regionCodes(source, regions);
  const files = checkFiles(JSON.parse(new TextDecoder().decode(await source.read(FILES))), count, name);
  const made = await library.create({ name: gallery.manifest.name, pack, dimension, metric, ...(notice ? { notice } : {}) });
  try {
    let row = 0;
    for await (const piece of gallery.vectors()) {
      if (piece.part !== "exact") continue;
      for (let at = 0; at < piece.rows.rows; at += ROWS) {
        const rows = Array.from({ length: Math.min(ROWS, piece.rows.rows - at) }, (_, i) => at + i);
        const places = rows.map((_, i) => row + i);
        const [items, codes] = await Promise.all([gallery.items(places), codesOf?.(places)]);
        const added: Batch["added"] = [];
        for (const [i, { id: _, ...item }] of items.entries()) {
          const thumbnail = await gallery.thumbnail(row + i);
          if (!thumbnail) throw missing(`${name}: the preview of "${files[row + i]!.path}"`, "the item names none");
          const photo = { ...files[row + i]!, fingerprint: pack.fingerprint, item, ...(shape ? { regions: shape } : {}) };
          const vector = Float32Array.from(unhalve(piece.rows, at + i));
          added.push({ photo, made: { vector, thumbnail, ...(codes ? { regions: codes[i]! } : {}) } });
        }
        await library.write(made.id, { added, changed: [], removed: [], failed: [] });
        row += rows.length;
      }
    }
    if (row !== count) throw missing(`${name}: full-precision vectors`, `${row} of ${count} are there`);
    return made;
  } catch (error) {
    await library.delete(made.id);
    throw error;
  }
}

function checkFiles(data: unknown, count: number, name: string): FileRecord[] {
  const valid = (value: unknown) => {
    const { path, size, modified, digest } = value as FileRecord;
    return typeof path === "string" && [size, modified].every((n) => typeof n === "number") && /^[0-9a-f]{64}$/.test(digest);
  };
  if (!Array.isArray(data) || data.length !== count || !data.every(valid))
    throw missing(`${name}: ${FILES}`, "it does not name the photos");
  return data;
}

async function tarSource(archive: Blob, name: string): Promise<Source> {
  const entries = new Map((await listTar(archive, name)).map((entry) => [entry.path, entry]));
  const location = `${name}/`;
  const slice = async (path: string, from = 0, to = Number.POSITIVE_INFINITY) => {
    const entry = entries.get(path);
    if (!entry) throw missing(location + path, "the archive does not hold it");
    const [first, last] = [entry.at + from, entry.at + Math.min(entry.bytes, to)];
    return new Uint8Array(await archive.slice(first, last).arrayBuffer());
  };
  return {
    location,
    async read(path, { expect } = {}) {
      const bytes = await slice(path);
      if (expect) await verify(location + path, bytes, expect);
      return bytes;
    },
    parts: partsBy(location, slice),
  };
}
