import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { usage } from "../output";
import type { Found } from "./walk";

/** Left out; copied; hard links to them, which take no room on the same disk; or where they can be had already, an address. */
export type Originals = "none" | "copy" | "link" | URL;

/** @throws DotlightError "usage" */
export function originals(text: string): Originals {
  if (text === "none" || text === "copy" || text === "link") return text;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text.endsWith("/") ? text : `${text}/`);
  throw usage(`--originals takes none, copy, link, or the address of a folder that holds them, not "${text}".`);
}

/** Publishes a photo's own file; its path in the gallery or its address, undefined where it is left out. */
export async function publish({ path, id, bytes }: Found, digest: string, how: Originals, gallery: string): Promise<string | undefined> {
  if (how === "none") return undefined;
  if (how instanceof URL) return new URL(id.split("/").map(encodeURIComponent).join("/"), how).href;
  // Named by its content: a name from outside never becomes a path.
  const file = `originals/${digest.slice(0, 2)}/${digest.slice(2, 22)}${extname(id).toLowerCase()}`;
  const to = join(gallery, file);
  const there = await stat(to).catch(() => undefined);
  if (there?.size !== bytes) await place(path, to, how);
  return file;
}

/** Puts a file in another place too, whole or not at all. */
export async function place(path: string, to: string, how: "copy" | "link"): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.${randomUUID()}.part`;
  try {
    const linked = how === "link" && (await link(path, part).then(() => true, onOtherDisk));
    if (!linked) await copyFile(path, part, constants.COPYFILE_FICLONE);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** A link cannot lead to another disk, nor be made where there are none: the file is copied instead. */
function onOtherDisk(error: NodeJS.ErrnoException): false {
  if (["EXDEV", "EPERM", "ENOTSUP", "EMLINK"].includes(error.code ?? "")) return false;
  throw error;
}
