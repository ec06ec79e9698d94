import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { FileRecord } from "../../files/digest";
import type { Part } from "../../files/download";
import { safePath } from "../../files/path";
import { MANIFEST } from "../pack";
import type { PackStore } from "./install";

/** Where added packs are: DOTLIGHT_PACKS, or the user's cache. */
export const packsFolder = (): string =>
  process.env.DOTLIGHT_PACKS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "dotlight", "packs");

const nothing = () => undefined;

/** A pack's folder below `packs`; while it arrives its files lie in a folder of another name, which no reader opens. */
export function packFolder(packs: string, id: string): PackStore {
  const [folder, arriving] = [resolve(packs, safePath(id)), resolve(packs, `.${safePath(id)}.arriving`)];
  return {
    part: (path) => partIn(arriving, path),
    async finish(manifest, paths) {
      for (const path of paths) {
        for (const beside of [".tag", ".done"]) await rm(join(arriving, path + beside), { force: true });
      }
      await writeFile(join(arriving, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
      await rm(folder, { recursive: true, force: true });
      await rename(arriving, folder);
    },
    clear: () => rm(arriving, { recursive: true, force: true }),
  };
}

/** The ids of the packs in a folder. */
export async function addedPacks(packs: string): Promise<string[]> {
  const names = await readdir(packs).catch((): string[] => []);
  const whole = await Promise.all(
    names.map((name) =>
      stat(join(packs, name, MANIFEST)).then(
        () => !name.startsWith("."),
        () => false,
      ),
    ),
  );
  return names.filter((_, i) => whole[i]);
}

function partIn(folder: string, path: string): Part {
  const file = join(folder, safePath(path));
  return {
    async state() {
      const size = (await stat(file).catch(nothing))?.size ?? 0;
      const tag = await readFile(`${file}.tag`, "utf8").catch(nothing);
      return { size, ...(tag === undefined ? {} : { tag }) };
    },
    async begin(tag) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, "");
      if (tag === undefined) await rm(`${file}.tag`, { force: true });
      else await writeFile(`${file}.tag`, tag);
    },
    append: (piece) => appendFile(file, piece),
    bytes: async () => new Uint8Array(await readFile(file)),
    complete: (record) => writeFile(`${file}.done`, JSON.stringify(record)),
    async record() {
      const text = await readFile(`${file}.done`, "utf8").catch(nothing);
      return text === undefined ? undefined : (JSON.parse(text) as FileRecord);
    },
  };
}
