import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../src/files/digest";
import { directorySink } from "../src/files/directory.node";
import type { GalleryManifest, Thumbnail } from "../src/gallery/manifest";
import { GalleryWriter } from "../src/gallery/writer";
import { GALLERY } from "./support";

const [DIMENSION, BATCH, THUMBS] = [256, 16_384, 200];

/** A gallery of many photos of random vectors, for the embedded gallery's pack, which share some of its thumbnails: the photo of row n is called "photo n". */
export async function manyPhotos(folder: string, photos: number): Promise<void> {
  const { pack } = JSON.parse(readFileSync(`${GALLERY}/gallery.json`, "utf8")) as GalleryManifest;
  const thumbs = await shared(folder);
  const writer = new GalleryWriter(directorySink(folder), { name: "many", pack, dimension: DIMENSION, metric: "dot" });
  let state = 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
  for (let first = 0; first < photos; first += BATCH) {
    const rows = Math.min(BATCH, photos - first);
    const vectors = Float32Array.from({ length: rows * DIMENSION }, () => next() + next() + next());
    const items = Array.from({ length: rows }, (_, i) => ({
      id: `photo ${first + i}`,
      thumb: thumbs[(first + i) % THUMBS]!,
      color: "#806040",
    }));
    await writer.addImages(vectors, items);
  }
  await writer.finish();
}

/** Thumbnails of the embedded gallery, in another one's folder. */
export async function shared(folder: string): Promise<Thumbnail[]> {
  mkdirSync(join(folder, "thumbs"), { recursive: true });
  const files = readdirSync(join(GALLERY, "thumbs")).sort().slice(0, THUMBS);
  return Promise.all(
    files.map(async (name) => {
      const bytes = new Uint8Array(readFileSync(join(GALLERY, "thumbs", name)));
      writeFileSync(join(folder, "thumbs", name), bytes);
      return { file: `thumbs/${name}`, bytes: bytes.length, sha256: await sha256(bytes), width: 224, height: 224 };
    }),
  );
}
