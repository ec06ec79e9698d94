import { toPlain } from "../../files/errors";
import { tarEnd, tarHeader, tarPadding } from "../../files/tar";

export interface Originals {
  /** One photo is the file itself, several are an archive of them by their paths; undefined when none can be read. */
  file: { content: Blob; name: string } | undefined;
  /** Photos that cannot be read, with the first one's reason. */
  missing: { paths: string[]; reason: string | undefined };
}

/**
 * The originals of photos as one file. Only the files' places on the disk are put together here, not their bytes: the browser reads those when
 * it writes the download.
 */
export async function collectOriginals(paths: string[], gallery: string, original: (path: string) => Promise<File>): Promise<Originals> {
  const found: { path: string; file: File }[] = [];
  const missing: Originals["missing"] = { paths: [], reason: undefined };
  for (const path of paths) {
    try {
      found.push({ path, file: await original(path) });
    } catch (error) {
      const { message, advice } = toPlain(error);
      missing.reason ??= `${message} ${advice}`;
      missing.paths.push(path);
    }
  }
  if (found.length === 0) return { file: undefined, missing };
  if (paths.length === 1) return { file: { content: found[0]!.file, name: found[0]!.file.name }, missing };
  const parts = found.flatMap(({ path, file }) => [tarHeader(path, file.size, file.lastModified), file, tarPadding(file.size)]);
  const content = new Blob([...parts, tarEnd()], { type: "application/x-tar" });
  return { file: { content, name: `${gallery}, ${found.length} photos.tar` }, missing };
}
