import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Pack } from "../../encoders/pack";
import { directorySink } from "../../files/directory.node";
import { DotlightError } from "../../files/errors";
import { safePath } from "../../files/path";
import type { Sink } from "../../files/source";

/** The gallery's folder in a site. */
export const GALLERY = "galleries/photos";

/** The built page, which lies beside this program. */
const PAGE = join(dirname(fileURLToPath(import.meta.url)), "../site");

/**
 * Writes the page with its engine, and the pack that answers its queries; what is there already is left alone.
 * @returns the files of both, below the site
 */
export async function writeShell(site: string, name: string, pack: Pack): Promise<Set<string>> {
  const written = new Set<string>();
  const sink = directorySink(site);
  const put = async (file: string, bytes: Uint8Array) => {
    written.add(file);
    await unlessThere(sink, site, file, bytes);
  };
  const { id, files } = pack.manifest;
  const page = await adapted(name, id);
  for (const file of page.same) await put(file, await readFile(join(PAGE, file)));
  const folder = `packs/${safePath(id)}`;
  for (const file of Object.keys(files)) await put(`${folder}/${file}`, await pack.read(file));
  await put(`${folder}/dotlight.json`, await pack.source.read("dotlight.json"));
  // Last, when everything that they name is there.
  for (const [file, text] of page.changed) await put(file, Buffer.from(text));
  // GitHub would else run the folder through Jekyll, which leaves out files by their names.
  await put(".nojekyll", new Uint8Array());
  return written;
}

/** The page's files: those that name the site, and the others. */
async function adapted(name: string, pack: string): Promise<{ changed: Map<string, string>; same: string[] }> {
  const read = async (file: string) => {
    const text = await readFile(join(PAGE, file), "utf8").catch(() => undefined);
    if (text === undefined)
      throw new DotlightError("missing-file", `The page is not built: ${join(PAGE, file)} is missing.`, "Run `npm run build` first.");
    return text;
  };
  const told = Object.entries({ gallery: `${GALLERY}/`, pack }).map(
    ([what, value]) => `<meta name="dotlight-${what}" content="${escaped(value)}" />`,
  );
  const index = (await read("index.html"))
    .replace(/<title>.*?<\/title>/s, () => `<title>${escaped(name)}</title>`)
    .replace("</head>", () => `${told.join("\n    ")}\n  </head>`);
  // Another page under the same address: the service worker must keep it anew.
  const mark = createHash("sha256").update(index).digest("hex");
  const service = (await read("service.js")).replace(/("?version"?:\s*["'`])([0-9a-f]{16})/, (_, before, version) => {
    return (
      before +
      createHash("sha256")
        .update(version + mark)
        .digest("hex")
        .slice(0, 16)
    );
  });
  const all = (await readdir(PAGE, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(PAGE.length + 1)
        .split(sep)
        .join("/"),
    );
  const same = all.filter((file) => !/^(galleries|packs)\//.test(file) && file !== "index.html" && file !== "service.js");
  return { changed: new Map(Object.entries({ "service.js": service, "index.html": index })), same };
}

/** A file that has not changed keeps its time, and with it what browsers and `compress` know of it. */
async function unlessThere(sink: Sink, site: string, file: string, bytes: Uint8Array): Promise<void> {
  const there = await readFile(join(site, file)).catch(() => undefined);
  if (!there?.equals(bytes)) await sink.write(file, bytes);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
