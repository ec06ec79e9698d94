import { readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import { directorySink } from "../../files/directory.node";

/** What is read as a whole and is not compressed in itself; of rows that are read one by one a host sends a part, which must be the file's own. */
const COMPRESSED = /\.(html|js|mjs|css|json|svg|webmanifest|wasm|onnx)$|\/vectors\/[^/]+\.dot$/;
/** A file that becomes hardly smaller is not worth another beside it. */
const GAIN = 0.95;
/** Beyond so many bytes brotli's last steps take minutes and gain a few hundredths. */
const LARGE = 1 << 20;
const AT_ONCE = 4;

const METHODS = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: { [zlib.BROTLI_PARAM_QUALITY]: bytes.length > LARGE ? 9 : 11, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gz: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * Lays FILE.br and FILE.gz beside a site's files, for hosts that serve them. Each gets its file's own time, and one that has it is left alone.
 * @returns the compressed files, made now or before
 */
export async function compress(site: string, files: string[], onProgress: (done: number, total: number) => void): Promise<string[]> {
  const made: string[] = [];
  const todo: { file: string; name: string; method: (bytes: Uint8Array) => Promise<Uint8Array> }[] = [];
  for (const file of files.filter((name) => COMPRESSED.test(name))) {
    const { mtimeMs } = await stat(join(site, file));
    for (const [ending, method] of Object.entries(METHODS)) {
      const name = `${file}.${ending}`;
      const there = await stat(join(site, name)).catch(() => undefined);
      // A time is kept to the millisecond at most.
      if (there && Math.abs(there.mtimeMs - mtimeMs) <= 2) made.push(name);
      else todo.push({ file, name, method });
    }
  }
  const sink = directorySink(site);
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < todo.length) {
      const { file, name, method } = todo[next++]!;
      const { mtime, size } = await stat(join(site, file));
      const bytes = await method(await readFile(join(site, file)));
      if (bytes.length <= GAIN * size) {
        await sink.write(name, bytes);
        await utimes(join(site, name), mtime, mtime);
        made.push(name);
      }
      onProgress(++done, todo.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
