import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { DotlightError } from "../../files/errors";
import { PHOTO } from "../photos";

/** A photo as it lies there, before it is opened. */
export interface Found {
  path: string;
  /** Its name in the gallery: the path below the folder, '/'-separated. */
  id: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
}

export interface Walked {
  photos: Found[];
  /** Files beside photos that may hold titles and captions (.json, .csv), by the same kind of name. */
  texts: Map<string, string>;
  /** What was passed over, each with its reason. */
  skipped: { name: string; reason: string }[];
}

/** Photos that are recognised, but that nothing here decodes. */
const UNREAD = new Set([".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2"]);

/**
 * Everything below a folder, in the order of names; hidden files and folders are passed over. Links are followed, and no folder is listed
 * twice, so that a loop of links ends.
 * @throws DotlightError "usage" when there is no such folder, "empty-gallery" when it holds no photo
 */
export async function walk(folder: string): Promise<Walked> {
  const found: Walked = { photos: [], texts: new Map(), skipped: [] };
  const [names, links]: [string[], string[]] = [[], []];
  const listed = new Set<string>();
  const list = async (below: string) => {
    const here = join(folder, below);
    const real = await realpath(here);
    if (listed.has(real)) {
      found.skipped.push({ name: here, reason: "a link to a folder that has been listed already" });
      return;
    }
    listed.add(real);
    for (const entry of (await readdir(here, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith(".")) continue;
      const name = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isSymbolicLink()) links.push(name);
      else if (entry.isFile()) names.push(name);
      else if (entry.isDirectory()) await list(name).catch((error) => found.skipped.push({ name: join(folder, name), reason: why(error) }));
    }
  };
  await list("").catch((error) => {
    throw new DotlightError("usage", `"${folder}" cannot be listed: ${why(error)}.`, "Name a folder that holds photos and may be read.");
  });
  // Links come last: a folder is named by where it really is.
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    try {
      if ((await stat(join(folder, link))).isDirectory()) await list(link);
      else names.push(link);
    } catch (error) {
      found.skipped.push({ name: join(folder, link), reason: `a link to nothing (${why(error)})` });
    }
  }
  for (const id of names.sort()) {
    const path = join(folder, id);
    const kind = extname(id).toLowerCase();
    if (kind === ".json" || kind === ".csv") found.texts.set(id, path);
    else if (UNREAD.has(kind)) found.skipped.push({ name: path, reason: `photos of the kind ${kind} are not read: save it as JPEG` });
    else if (PHOTO.has(kind)) {
      const { size, mtimeMs } = await stat(path);
      found.photos.push({ path, id, bytes: size, modified: mtimeMs });
    }
  }
  if (found.photos.length > 0) return found;
  throw new DotlightError(
    "empty-gallery",
    `"${folder}" holds no photos (${[...PHOTO].join(", ")})${found.skipped.length > 0 ? `; ${found.skipped.length} files were passed over` : ""}.`,
    "Name a folder that holds photos; folders below it are searched too.",
  );
}

/** The system's own words for an error of the file system. */
export function why(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "it may not be read",
    EPERM: "it may not be read",
    ELOOP: "its links lead in a circle",
    ENOTDIR: "it is no folder",
  };
  return known[code ?? ""] ?? message;
}
