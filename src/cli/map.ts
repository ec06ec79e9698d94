import { directorySink, directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import type { GalleryManifest } from "../gallery/manifest";
import { openGallery } from "../gallery/reader";
import { MOST_MAPPED, mapGallery } from "../mapper";
import type { Values } from "./dotlight";
import { progressLine, usage } from "./output";

/** Maps the gallery in a folder; `tables` is the folder of its tables, with a "/" at its end, or "". */
export async function map(folder: string, tables = ""): Promise<GalleryManifest> {
  const gallery = await openGallery(directorySource(folder));
  return mapGallery(gallery, directorySink(folder), { folder: tables, onProgress: progressLine() });
}

/** dotlight map GALLERY: lays its photos out anew, from the vectors that it has. */
export async function mapCommand([folder]: string[], values: Values): Promise<void> {
  if (!folder) throw usage("dotlight map takes the folder of a gallery.");
  const { tables } = (await openGallery(directorySource(folder))).manifest;
  // Beside its other tables, where these are in a folder of their own.
  const { count, tables: mapped } = await map(folder, tables.items.fragments[0]!.file.replace(/items\/[^/]+$/, ""));
  if (!mapped.map) {
    throw new DotlightError(
      "no-room",
      `The gallery has ${count} photos; maps have ${MOST_MAPPED} at the most.`,
      "Search it, or make galleries of parts of it.",
    );
  }
  const { file, bytes } = mapped.map.file;
  process.stdout.write(
    values.json ? `${JSON.stringify({ gallery: folder, photos: count, file, bytes })}\n` : `${count} photos in the map ${file}\n`,
  );
}
