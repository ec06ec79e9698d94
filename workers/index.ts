import { expose } from "comlink";
import { ImageEncoder } from "../src/encoders/image-encoder";
import { Pack } from "../src/encoders/pack";
import { DotlightError } from "../src/files/errors";
import { type Imported, Importer, type ImportProgress } from "../src/importer/importer";
import type { ChosenFile } from "../src/importer/listing";
import { exportGallery, importGallery } from "../src/store/archive";
import { Library } from "../src/store/library";
import type { PersonalGallery } from "../src/store/records";
import { heif } from "./heif";
import { packSource } from "./keeping";
import { carryErrors } from "./plain-errors";
import { browserRuntime, type DeviceChoice } from "./runtime";

export interface ImportRequest {
  gallery: string;
  /** A folder, or files that are asked for a few at a time. */
  origin: { kind: "folder"; handle: FileSystemDirectoryHandle } | { kind: "files"; complete: boolean };
  /** Where packs are: the gallery's own is found below. */
  packs: string;
  device: DeviceChoice;
  /** Photos that are not there any more are forgotten, however many they are. */
  forget: boolean;
}

let importer: Importer | undefined;

/** What a gallery's record says of its pack. */
function madeWith({ manifest, fingerprint }: Pack) {
  const { id, dimension, metric, notice } = manifest;
  // An empty one takes the place of another pack's.
  return { pack: { id, fingerprint }, dimension, metric, notice: notice ?? "" };
}

const openPack = async (packs: string, id: string) => Pack.open(await packSource([packs], id));

const api = {
  /** Holds a lock for as long as this worker lives; resolves when it does. */
  hold: (lock: string): Promise<void> =>
    new Promise((held) => {
      navigator.locks.request(lock, () => {
        held();
        return new Promise(() => {});
      });
    }),

  /** Makes an empty gallery whose photos a pack will encode. @throws DotlightError "no-room", and as Pack.open */
  async create(name: string, folder: FileSystemDirectoryHandle | undefined, packs: string, pack: string): Promise<PersonalGallery> {
    const [library, opened] = await Promise.all([Library.open(), openPack(packs, pack)]);
    return library.create({ name, ...madeWith(opened), ...(folder ? { folder } : {}) });
  },

  /** Lets another pack read a gallery: its photos wait to be encoded again. @throws as Pack.open */
  async setPack(gallery: string, packs: string, pack: string): Promise<void> {
    const [library, opened] = await Promise.all([Library.open(), openPack(packs, pack)]);
    await library.update(gallery, madeWith(opened));
  },

  /** @throws DotlightError "busy" when another tab imports into the gallery, else as Importer.run */
  run(
    { gallery, origin, packs, device, forget }: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
    some: (from: number) => Promise<ChosenFile[]>,
  ): Promise<Imported> {
    return navigator.locks.request(`dotlight-import-${gallery}`, { ifAvailable: true }, async (lock) => {
      if (!lock) {
        throw new DotlightError(
          "busy",
          "Another tab is bringing photos into this gallery.",
          "Let it finish there, or close that tab; then go on here.",
        );
      }
      const library = await Library.open();
      const pack = await openPack(packs, (await library.gallery(gallery)).pack.id);
      // Another version of the pack encodes everything again, as far as it comes; the next import goes on.
      await library.update(gallery, madeWith(pack));
      let encoder: Promise<ImageEncoder> | undefined;
      const load = async () => ImageEncoder.load(pack, await browserRuntime(device, () => {}));
      importer = new Importer({ library, fingerprint: pack.fingerprint, onProgress, heif, encoder: () => (encoder ??= load()) });
      return importer.run(gallery, origin.kind === "files" ? { ...origin, some } : origin, forget);
    });
  },

  exportGallery: async (id: string): Promise<Blob> => exportGallery(await Library.open(), id),
  importGallery: async (archive: Blob, name: string): Promise<PersonalGallery> => importGallery(await Library.open(), archive, name),

  pause: () => importer?.pause(),
  resume: () => importer?.resume(),
  cancel: () => importer?.cancel(),
};

export type IndexWorker = typeof api;

carryErrors();
expose(api);
