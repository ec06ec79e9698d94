import { directorySink, directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import type { GalleryManifest } from "../gallery/manifest";
import { openGallery } from "../gallery/reader";
import { mapGallery } from "../mapper";
import { MOST_MAPPED } from "../mapper-limits";
import type { Values } from "./dotlight";
import { progressLine, usage } from "./output";

/** Maps the gallery in a folder; the map lies beside its other tables. */
export async function map(folder: string): Promise<GalleryManifest> {
  const gallery = await openGallery(directorySource(folder));
  const tables = gallery.manifest.tables.items.fragments[0]!.file.replace(/items\/[^/]+$/, "");
  return mapGallery(gallery, directorySink(folder), { folder: tables, onProgress: progressLine() });
}

/** dotlight map GALLERY: lays its photos out anew, from the vectors that it has. */
export async function mapCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder) throw usage("dotlight map takes the folder of a gallery.");
  const { count, tables } = await map(folder);
  if (!tables.map) {
    throw new DotlightError(
      "no-room",
      `The gallery has ${count} photos; maps have ${MOST_MAPPED} at the most.`,
      "Search it, or make galleries of parts of it.",
    );
  }
  const { file, bytes } = tables.map.file;
  process.stdout.write(
    values.json ? `${JSON.stringify({ gallery: folder, photos: count, file, bytes })}\n` : `${count} photos in the map ${file}\n`,
  );
}
