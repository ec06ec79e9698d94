import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { verify } from "./digest";
import { DotlightError } from "./errors";
import { safePath } from "./path";
import { missing, partsBy, type Sink, type Source } from "./source";

/** A folder on disk. Links that lead out of it are refused. */
export function directorySource(folder: string): Source {
  const root = resolve(folder);
  const locate = async (path: string) => {
    const full = join(root, safePath(path));
    const real = await realpath(full).catch(() => {
      throw missing(full, "no such file");
    });
    if (!real.startsWith((await realpath(root)) + sep)) {
      throw new DotlightError("bad-path", `${full} is a link that leads out of its folder.`, "Replace the link by the file.");
    }
    return { full, real };
  };
  return {
    location: `${root}${sep}`,
    async read(path, { expect, onBytes } = {}) {
      const { full, real } = await locate(path);
      const bytes = new Uint8Array(await readFile(real));
      if (expect) await verify(full, bytes, expect);
      onBytes?.(bytes.length, bytes.length);
      return bytes;
    },
    parts: partsBy(`${root}${sep}`, async (path, from, to) => {
      const file = await open((await locate(path)).real);
      try {
        const buffer = new Uint8Array(to - from);
        const { bytesRead } = await file.read(buffer, 0, to - from, from);
        return buffer.slice(0, bytesRead);
      } finally {
        await file.close();
      }
    }),
  };
}

/** Writes below a folder, each file under a temporary name of its own first: two programs may write the same file. */
export function directorySink(folder: string): Sink {
  const root = resolve(folder);
  return {
    async write(path, bytes) {
      const full = join(root, safePath(path));
      await mkdir(dirname(full), { recursive: true });
      const part = `${full}.${randomUUID()}.part`;
      try {
        await writeFile(part, bytes);
        await rename(part, full);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
  };
}
