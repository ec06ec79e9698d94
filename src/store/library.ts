import type { DBSchema, IDBPDatabase } from "idb";
import { DotlightError } from "../files/errors";
import { type RegionCodes, type RegionShape, regionStride } from "../gallery/regions";
import { openDatabase } from "./database";
import type { Batch, Failure, Made, PersonalGallery, StoredFiles, StoredMap, StoredPhoto } from "./records";

interface Schema extends DBSchema {
  galleries: { key: string; value: PersonalGallery };
  photos: { key: [string, number]; value: StoredPhoto };
  vectors: { key: [string, number]; value: Float32Array };
  regions: { key: [string, number]; value: RegionCodes };
  thumbnails: { key: [string, number]; value: Uint8Array<ArrayBuffer> };
  failures: { key: [string, string]; value: Failure };
  maps: { key: [string, string]; value: StoredMap };
  files: { key: [string, string]; value: StoredFiles };
}

const DATABASE = "dotlight-library";
/** 2: regions. 3: maps. 4: files. */
const VERSION = 4;
const OF_PHOTO = ["photos", "vectors", "regions", "thumbnails"] as const;
const OF_GALLERY = [...OF_PHOTO, "failures", "maps", "files"] as const;
/** A gallery has one. */
const MAP = "map";
/** Rows read at a time: a browser copies each answer as a whole. */
const AT_ONCE = 500;

const noGallery = () =>
  new DotlightError("missing-file", "This gallery is not in this browser.", "Choose another, or make it again from its photos.");

function upgrade(db: IDBPDatabase<Schema>, before: number): void {
  if (before < 1) {
    db.createObjectStore("galleries", { keyPath: "id" });
    db.createObjectStore("photos", { keyPath: ["gallery", "number"] });
    db.createObjectStore("vectors");
    db.createObjectStore("thumbnails");
    db.createObjectStore("failures", { keyPath: ["gallery", "path"] });
  }
  if (before < 2) db.createObjectStore("regions");
  if (before < 3) db.createObjectStore("maps");
  db.createObjectStore("files");
}

/** Every key of a gallery's rows; arrays sort after numbers and strings. */
const within = (id: string, from: number | string = Number.NEGATIVE_INFINITY) => IDBKeyRange.bound([id, from], [id, []]);

/** The galleries that a visitor made, in IndexedDB. Whatever belongs together is written in one transaction. */
export class Library {
  private constructor(readonly db: IDBPDatabase<Schema>) {}

  /** @throws DotlightError "no-room" where the browser keeps nothing, "busy" while a tab with a former version of the page is open */
  static async open(): Promise<Library> {
    try {
      return new Library(await openDatabase(DATABASE, VERSION, upgrade));
    } catch (error) {
      if (error instanceof DotlightError) throw error;
      throw new DotlightError(
        "no-room",
        `This browser keeps nothing for this page (${error instanceof Error ? error.message : error}), so your photos' vectors would be lost.`,
        "Leave private browsing, or allow this site to store data; then try again.",
      );
    }
  }

  galleries(): Promise<PersonalGallery[]> {
    return this.db.getAll("galleries");
  }

  /** @throws DotlightError "missing-file" */
  async gallery(id: string): Promise<PersonalGallery> {
    const gallery = await this.db.get("galleries", id);
    if (!gallery) throw noGallery();
    return gallery;
  }

  async create(gallery: Omit<PersonalGallery, "id" | "next" | "revision">): Promise<PersonalGallery> {
    const made = { ...gallery, id: crypto.randomUUID(), next: 0, revision: 0 };
    await this.#writing(() => this.db.add("galleries", made));
    return made;
  }

  /** Changes what is said of a gallery. */
  async update(id: string, change: Partial<Omit<PersonalGallery, "id" | "next" | "revision">>): Promise<PersonalGallery> {
    return this.#writing(async () => {
      const transaction = this.db.transaction("galleries", "readwrite");
      const gallery = await transaction.store.get(id);
      if (!gallery) throw noGallery();
      const written = { ...gallery, ...change };
      await Promise.all([transaction.store.put(written), transaction.done]);
      return written;
    });
  }

  delete(id: string): Promise<void> {
    return this.#writing(async () => {
      const transaction = this.db.transaction(["galleries", ...OF_GALLERY], "readwrite");
      const parts = OF_GALLERY.map((store) => transaction.objectStore(store).delete(within(id)));
      await Promise.all([transaction.objectStore("galleries").delete(id), ...parts, transaction.done]);
    });
  }

  /** A gallery's photos in the order of their numbers. */
  async photos(id: string): Promise<StoredPhoto[]> {
    const all: StoredPhoto[] = [];
    for (;;) {
      const some = await this.db.getAll("photos", within(id, (all.at(-1)?.number ?? -1) + 1), AT_ONCE);
      all.push(...some);
      if (some.length < AT_ONCE) return all;
    }
  }

  /** The vectors of a gallery's photos of ascending numbers, in the same order. @throws DotlightError "missing-file" */
  async vectors(id: string, numbers: number[], dimension: number): Promise<Float32Array> {
    const all = new Float32Array(numbers.length * dimension);
    for (let at = 0; at < numbers.length; at += AT_ONCE) {
      const some = await this.#values("vectors", id, numbers.slice(at, at + AT_ONCE), dimension);
      for (const [i, vector] of some.entries()) all.set(vector, (at + i) * dimension);
    }
    return all;
  }

  /** The same of the regions of a few photos that have them. */
  regions(id: string, numbers: number[], shape: RegionShape): Promise<RegionCodes[]> {
    return this.#values("regions", id, numbers, regionStride(shape));
  }

  async #values<Name extends "vectors" | "regions">(
    name: Name,
    id: string,
    numbers: number[],
    length: number,
  ): Promise<Schema[Name]["value"][]> {
    const range = IDBKeyRange.bound([id, numbers[0]!], [id, numbers.at(-1)!]);
    const { store } = this.db.transaction(name);
    const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
    const byNumber = new Map(keys.map(([, number], i) => [number, values[i]!]));
    return numbers.map((number) => {
      const value = byNumber.get(number);
      if (value?.length === length) return value;
      throw new DotlightError(
        "missing-file",
        `What was made of one of the photos (${name} of number ${number}) is not in this browser's store.`,
        "Delete the gallery and make it again.",
      );
    });
  }

  thumbnail(id: string, number: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.db.get("thumbnails", [id, number]);
  }

  /** What was made of a photo; undefined when the photo is not there. */
  async made({ gallery, number }: StoredPhoto): Promise<Made | undefined> {
    const [vector, regions, thumbnail] = await Promise.all([
      this.db.get("vectors", [gallery, number]),
      this.db.get("regions", [gallery, number]),
      this.thumbnail(gallery, number),
    ]);
    return vector && thumbnail && { vector, ...(regions ? { regions } : {}), thumbnail };
  }

  /** The map that was made last; undefined where none was. */
  map(id: string): Promise<StoredMap | undefined> {
    return this.db.get("maps", [id, MAP]);
  }

  keepMap(id: string, map: StoredMap): Promise<void> {
    return this.#keep("maps", id, MAP, map);
  }

  /** The gallery's files as they were written in a state of it; undefined where these are not kept. */
  files(id: string, state: string): Promise<StoredFiles | undefined> {
    return this.db.get("files", [id, state]);
  }

  keepFiles(id: string, state: string, files: StoredFiles): Promise<void> {
    return this.#keep("files", id, state, files);
  }

  /** In the place of what was kept before. @throws DotlightError "no-room", "missing-file" when the gallery was deleted meanwhile */
  #keep<Name extends "maps" | "files">(name: Name, id: string, key: string, value: Schema[Name]["value"]): Promise<void> {
    return this.#writing(async () => {
      const transaction = this.db.transaction(["galleries", name], "readwrite");
      const store = transaction.objectStore(name);
      if (!(await transaction.objectStore("galleries").get(id))) throw noGallery();
      await Promise.all([store.delete(within(id)), store.put(value, [id, key]), transaction.done]);
    });
  }

  failures(id: string): Promise<Failure[]> {
    return this.db.getAll("failures", within(id));
  }

  /**
   * Writes a batch whole or not at all; resolves to the photos that were added, in their order.
   * @throws DotlightError "no-room" when the browser's quota is exhausted, "missing-file" when the gallery was deleted meanwhile
   */
  write(id: string, { added, changed, removed, failed }: Batch): Promise<StoredPhoto[]> {
    return this.#writing(async () => {
      const transaction = this.db.transaction(["galleries", ...OF_GALLERY], "readwrite");
      const store = <Name extends "galleries" | (typeof OF_GALLERY)[number]>(name: Name) => transaction.objectStore(name);
      const work = async () => {
        const gallery = await store("galleries").get(id);
        if (!gallery) throw noGallery();
        const put = async (photo: StoredPhoto, made?: Made) => {
          await store("photos").put(photo);
          if (made) {
            const key: [string, number] = [id, photo.number];
            await store("vectors").put(made.vector, key);
            await (made.regions ? store("regions").put(made.regions, key) : store("regions").delete(key));
            await store("thumbnails").put(made.thumbnail, key);
          }
          await store("failures").delete([id, photo.path]);
        };
        const numbered = added.map(({ photo }): StoredPhoto => ({ ...photo, gallery: id, number: gallery.next++ }));
        for (const [i, { made }] of added.entries()) await put(numbered[i]!, made);
        for (const { photo, made } of changed) await put(photo, made);
        for (const number of removed) for (const name of OF_PHOTO) await store(name).delete([id, number]);
        for (const failure of failed) await store("failures").put({ ...failure, gallery: id });
        if (changed.length + removed.length > 0) gallery.revision++;
        await store("galleries").put(gallery);
        return numbered;
      };
      // What ends the transaction also ends its requests, and the transaction knows why.
      const explain = async (error: unknown) => {
        await transaction.done;
        throw error;
      };
      const [numbered] = await Promise.all([work().catch(explain), transaction.done]);
      return numbered;
    });
  }

  /** Forgets failures of files that are not there any more. */
  forgetFailures(id: string, paths: string[]): Promise<void> {
    return this.#writing(async () => {
      const transaction = this.db.transaction("failures", "readwrite");
      await Promise.all([...paths.map((path) => transaction.store.delete([id, path])), transaction.done]);
    });
  }

  async #writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
      throw new DotlightError(
        "no-room",
        "There is no room left in this browser for more photos; those that were written before are kept.",
        "Free space on this device, or delete a gallery; then go on.",
      );
    }
  }
}
