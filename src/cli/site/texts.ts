import { readFile } from "node:fs/promises";
import { basename, dirname, extname, posix } from "node:path";
import exifr from "exifr";
import type { Walked } from "./walk";

/** What a photo is called, and what somebody wrote about it. */
export interface Texts {
  title?: string;
  caption?: string;
}

/** Readers refuse longer texts as damage. */
const LONGEST = 1000;
/** What cameras write where a description would be. */
const CAMERAS =
  /^(olympus|sony|samsung|minolta|konica|kodak|nikon|canon|default|dcim|screenshot)[\w ]{0,30}$|digital camera|^untitled$|^image$/i;

/**
 * The texts of a folder's photos from what lies beside them: PHOTO.jpg.json or PHOTO.json with {"title", "caption"}, or a captions.csv with the
 * columns file, title, caption, whose files are named from its own folder. What is damaged is named in `skipped`.
 */
export async function sidecars({ photos, texts }: Walked): Promise<{ of: Map<string, Texts>; skipped: Walked["skipped"] }> {
  const of = new Map<string, Texts>();
  const skipped: Walked["skipped"] = [];
  const attempt = async (path: string, work: (content: string) => void) => {
    try {
      work((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
    } catch (error) {
      skipped.push({ name: path, reason: `its titles and captions were not used: ${(error as Error).message}` });
    }
  };
  for (const [name, path] of texts) {
    if (basename(name) !== "captions.csv") continue;
    await attempt(path, (content) => {
      for (const { file, ...rest } of table(content)) of.set(posix.join(dirname(name), file), rest);
    });
  }
  for (const { id } of photos) {
    const path = texts.get(`${id}.json`) ?? texts.get(`${id.slice(0, -extname(id).length)}.json`);
    if (path === undefined) continue;
    await attempt(path, (content) => of.set(id, { ...of.get(id), ...texty(JSON.parse(content)) }));
  }
  return { of, skipped };
}

/** The title and caption in the photo itself: IPTC and XMP first, then EXIF's description unless a camera wrote it. */
export async function embeddedTexts(bytes: Uint8Array<ArrayBuffer>): Promise<Texts> {
  const options = { iptc: true, xmp: true, tiff: true, exif: false, gps: false, mergeOutput: false, reviveValues: false };
  const found = (await exifr.parse(bytes, options).catch(() => undefined)) ?? {};
  const { iptc = {}, dc = {}, xmp = {}, ifd0 = {} } = found as Record<string, Record<string, unknown>>;
  const first = (...values: unknown[]) => values.map(plain).find((value) => value !== undefined && !CAMERAS.test(value));
  return texty({
    title: first(iptc.ObjectName, dc.title, xmp.title),
    caption: first(iptc.Caption, dc.description, xmp.description, ifd0.ImageDescription),
  });
}

/** A file's name as a title: without its ending, underscores as spaces. */
export const titleOf = (id: string): string => {
  const name = posix.basename(id, posix.extname(id));
  return name.replaceAll("_", " ").trim() || name;
};

/** XMP gives texts alone, with their language, or in a list of languages. */
function plain(value: unknown): string | undefined {
  if (Array.isArray(value)) return plain(value[0]);
  if (typeof value === "object" && value !== null) return plain((value as { value?: unknown }).value);
  return typeof value === "string" ? value : undefined;
}

/** The texts of anything, as far as they are texts. */
function texty(data: unknown): Texts {
  const { title, caption } = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const kept = (value: unknown) =>
    typeof value === "string"
      ? value
          .replace(/\p{Cc}+/gu, " ")
          .trim()
          .slice(0, LONGEST)
      : "";
  return { ...(kept(title) ? { title: kept(title) } : {}), ...(kept(caption) ? { caption: kept(caption) } : {}) };
}

/** A CSV file's rows by the names of its columns (RFC 4180). @throws Error when it has no column "file" */
function table(content: string): ({ file: string } & Texts)[] {
  const [head = [], ...rows] = cells(content);
  const column = (name: string) => head.findIndex((cell) => cell.trim().toLowerCase() === name);
  const file = column("file");
  if (file < 0) throw new Error('its first line names no column "file"');
  return rows
    .filter((row) => row[file])
    .map((row) => ({ file: row[file]!.trim(), ...texty({ title: row[column("title")], caption: row[column("caption")] }) }));
}

function cells(content: string): string[][] {
  const rows: string[][] = [[]];
  // A quoted cell with its doubled quotes, or a plain one; then what ends it.
  for (const [, quoted, bare = "", end] of content.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  return rows;
}
