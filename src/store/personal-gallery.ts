import { memorySource, type Source } from "../files/source";
import { Gallery } from "../gallery/reader";
import { GalleryWriter } from "../gallery/writer";
import type { Library } from "./library";
import { MAP_FILE, personalMap } from "./personal-map";
import { personalRegions } from "./personal-regions";
import type { PersonalGallery, StoredPhoto } from "./records";

/** A personal gallery as any other: its photos in rows, in the order of their numbers. */
export interface OpenedPersonal {
  /** Undefined while it has no photos. */
  gallery: Gallery | undefined;
  record: PersonalGallery;
  /** By row. */
  photos: StoredPhoto[];
}

const ADDRESS = "personal:";

/** How a personal gallery is named where others have a URL. */
export const personalAddress = (id: string): string => ADDRESS + id;

/** Its id; undefined for the URL of another gallery. */
export const personalId = (address: string): string | undefined =>
  address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : undefined;

const thumbnailFile = (number: number) => `thumbs/${String(number).padStart(6, "0")}.webp`;
const THUMBNAIL = /^thumbs\/(\d+)\.webp$/;

/**
 * Opens a personal gallery in the gallery format: vectors, items and manifest are written in memory from what is stored, thumbnails and regions
 * come from the store when they are wanted. Photos that another pack has encoded are left out.
 * @throws DotlightError "missing-file"
 */
export async function openPersonal(library: Library, id: string): Promise<OpenedPersonal> {
  const record = await library.gallery(id);
  const photos = (await library.photos(id)).filter(({ fingerprint }) => fingerprint === record.pack.fingerprint);
  if (photos.length === 0) return { gallery: undefined, record, photos };
  const files = memorySource(new Map(), `${record.name}/`);
  const { name, pack, dimension, metric, notice } = record;
  const writer = new GalleryWriter(files, { name, pack, dimension, metric, ...(notice ? { notice } : {}) });
  await writer.addImages(
    await library.vectors(photos, dimension),
    photos.map(({ path, number, item }) => ({
      ...item,
      id: path,
      ...(item.thumb ? { thumb: { ...item.thumb, file: thumbnailFile(number) } } : {}),
    })),
  );
  const manifest = await writer.finish();
  const regions = personalRegions(library, photos);
  const map = personalMap(await library.map(id), record, photos);
  const source: Source = {
    location: files.location,
    async parts(path, entry, parts) {
      const file = await regions?.read(path);
      return file ? parts.map(({ start, bytes }) => file.slice(start, start + bytes)) : files.parts(path, entry, parts);
    },
    async read(path, options) {
      if (map && path === MAP_FILE) return map.file;
      const number = THUMBNAIL.exec(path)?.[1];
      const bytes = number && (await library.thumbnail(id, Number(number)));
      return bytes || ((await regions?.read(path)) ?? files.read(path, options));
    },
  };
  const tables = { ...manifest.tables, ...(regions ? { regions: regions.table } : {}), ...(map ? { map: map.table } : {}) };
  return { gallery: new Gallery(source, { ...manifest, tables }), record, photos };
}
