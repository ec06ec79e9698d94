import { readdir, readFile, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { directorySink } from "../../files/directory.node";
import { DotlightError } from "../../files/errors";
import { GALLERY } from "./shell";

/** Marks a folder as a site of ours, from its first moment; says which version wrote it. */
const MARK = "dotlight-site.json";
const VERSION = 1;

/** What a site's builder owns; whatever else lies in a site (a CNAME, robots.txt) is its owner's, and is never touched. */
const OWNED = ["assets", "packs", GALLERY];

/** Makes the folder a site. @throws DotlightError "usage" when it holds something else, "unsupported-version" when a newer Dotlight made it */
export async function claim(site: string): Promise<void> {
  const there = await readdir(site).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw error;
  });
  if (there.includes(MARK)) {
    const { version } = JSON.parse(await readFile(join(site, MARK), "utf8")) as { version?: unknown };
    if (version === VERSION) return;
    throw new DotlightError(
      "unsupported-version",
      `${site} is a site of version ${JSON.stringify(version)}, this Dotlight writes version ${VERSION}: it would make the site older.`,
      "Use the newer version of Dotlight, or choose another --out.",
    );
  }
  if (there.length > 0) {
    throw new DotlightError(
      "usage",
      `${site} holds ${there.length} files or folders, and none says that Dotlight made them: nothing was changed.`,
      "Choose an empty or a new folder for --out.",
    );
  }
  await directorySink(site).write(MARK, Buffer.from(`${JSON.stringify({ format: "dotlight-site", version: VERSION })}\n`));
}

/** Removes what no longer belongs to the site, and what an interruption left half-written. */
export async function prune(site: string, needed: Set<string>): Promise<void> {
  for (const folder of OWNED) {
    for (const entry of await readdir(join(site, folder), { recursive: true, withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory()) continue;
      const path = join(entry.parentPath, entry.name);
      const file = relative(site, path).split(sep).join("/");
      if (!needed.has(file)) await rm(path);
    }
  }
}
