import { memorySource, type Source } from "../files/source";
import { Gallery } from "../gallery/reader";
import { GalleryWriter } from "../gallery/writer";
import type { Library } from "./library";
import { MAP_FILE, personalMap } from "./personal-map";
import { personalRegions } from "./personal-regions";
import type { PersonalGallery, StoredFiles } from "./records";

/** A personal gallery as any other: its photos in rows, in the order of their numbers. */
export interface OpenedPersonal {
  /** Undefined while it has no photos. */
  gallery: Gallery | undefined;
  record: PersonalGallery;
  /** The photos' numbers, by row. */
  numbers: number[];
  /** Keeps the files that had to be written, so that the gallery opens at once next time. @throws DotlightError as Library.keepFiles */
  keep?: () => Promise<void>;
}

const ADDRESS = "personal:";

/** How a personal gallery is named where others have a URL. */
export const personalAddress = (id: string): string => ADDRESS + id;

/** Its id; undefined for the URL of another gallery. */
export const personalId = (address: string): string | undefined =>
  address.startsWith(ADDRESS) ? address.slice(ADDRESS.length) : undefined;

const thumbnailFile = (number: number) => `thumbs/${String(number).padStart(6, "0")}.webp`;
const THUMBNAIL = /^thumbs\/(\d+)\.webp$/;

/** Another number says that files are written otherwise, so that those which are kept are of no more use. */
const WRITING = 1;

/** Other files are written in another state. */
const stateOf = ({ revision, next, pack }: PersonalGallery) => `${WRITING} ${revision} ${next} ${pack.fingerprint}`;

/**
 * Opens a personal gallery in the gallery format: vectors, items and manifest are those that were kept, or are written in memory from what is stored;
 * thumbnails and regions come from the store when they are wanted. Photos that another pack has encoded are left out.
 * @throws DotlightError "missing-file"
 */
export async function openPersonal(library: Library, id: string): Promise<OpenedPersonal> {
  const record = await library.gallery(id);
  const state = stateOf(record);
  const [kept, stored] = await Promise.all([library.files(id, state), library.map(id)]);
  const written = kept ?? (await writtenFiles(library, record));
  if (!written) return { gallery: undefined, record, numbers: [] };
  const { numbers } = written;
  const files = memorySource(written.files, `${record.name}/`);
  const regions = personalRegions(library, id, written);
  const map = personalMap(stored, record, numbers);
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
  const tables = { ...written.tables, ...(regions ? { regions: regions.table } : {}), ...(map ? { map: map.table } : {}) };
  const gallery = new Gallery(source, { format: "dotlight-gallery", version: 1, ...headOf(record), count: numbers.length, tables });
  return { gallery, record, numbers, ...(kept ? {} : { keep: () => library.keepFiles(id, state, written) }) };
}

const headOf = ({ name, pack, dimension, metric, notice }: PersonalGallery) => ({
  name,
  pack,
  dimension,
  metric,
  ...(notice ? { notice } : {}),
});

/** Undefined while there are no photos. */
async function writtenFiles(library: Library, record: PersonalGallery): Promise<StoredFiles | undefined> {
  const photos = (await library.photos(record.id)).filter(({ fingerprint }) => fingerprint === record.pack.fingerprint);
  if (photos.length === 0) return undefined;
  const numbers = photos.map(({ number }) => number);
  const files: StoredFiles["files"] = new Map();
  const writer = new GalleryWriter(memorySource(files), headOf(record));
  await writer.addImages(
    await library.vectors(record.id, numbers, record.dimension),
    photos.map(({ path, number, item }) => ({
      ...item,
      id: path,
      ...(item.thumb ? { thumb: { ...item.thumb, file: thumbnailFile(number) } } : {}),
    })),
  );
  const { tables } = await writer.finish();
  const shape = photos[0]!.regions;
  const all = shape && photos.every(({ regions }) => regions?.count === shape.count && regions.width === shape.width);
  return { tables, files, numbers, ...(all ? { regions: shape } : {}) };
}
