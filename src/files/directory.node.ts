import { mkdir, readFile, realpath, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { verify } from "./digest";
import { DotlightError } from "./errors";
import { safePath } from "./path";
import { missing, type Sink, type Source } from "./source";

/** A folder on disk. Links that lead out of it are refused. */
export function directorySource(folder: string): Source {
  const root = resolve(folder);
  return {
    location: `${root}${sep}`,
    async read(path, { expect, onBytes } = {}) {
      const full = join(root, safePath(path));
      const real = await realpath(full).catch(() => {
        throw missing(full, "no such file");
      });
      if (!real.startsWith((await realpath(root)) + sep)) {
        throw new DotlightError("bad-path", `${full} is a link that leads out of its folder.`, "Replace the link by the file.");
      }
      const bytes = new Uint8Array(await readFile(real));
      if (expect) await verify(full, bytes, expect);
      onBytes?.(bytes.length, bytes.length);
      return bytes;
    },
  };
}

/** Writes below a folder, each file under a temporary name first. */
export function directorySink(folder: string): Sink {
  const root = resolve(folder);
  return {
    async write(path, bytes) {
      const full = join(root, safePath(path));
      await mkdir(dirname(full), { recursive: true });
      await writeFile(`${full}.part`, bytes);
      await rename(`${full}.part`, full);
    },
  };
}
