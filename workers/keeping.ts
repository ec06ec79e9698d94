import { MANIFEST } from "../src/encoders/pack";
import { publicPacks } from "../src/encoders/registry/registry";
import { DotlightError } from "../src/files/errors";
import { type Source, urlSource } from "../src/files/source";
import { cachingSource } from "../src/store/caching-source";
import { cachedPack } from "../src/store/pack-cache";

/** A folder on a host whose files are kept for the next visit; `onNotKept` hears why they are not. */
export const keeping = (url: string, onNotKept: (why: string) => void = () => {}): Source => cachingSource(urlSource(url), onNotKept);

/**
 * The folder of a pack: one that the visitor has downloaded, or the first that is there of those below `packs`.
 * @throws DotlightError "missing-file" for a public pack that is neither, and for one that is below none of several
 */
export async function packSource(packs: string[], id: string, onNotKept?: (why: string) => void): Promise<Source> {
  // The Cache API is missing on hosts without encryption.
  const kept = typeof caches === "undefined" ? undefined : await cachedPack(id);
  if (kept) return kept;
  const sources = packs.map((folder) => keeping(new URL(`${encodeURIComponent(id)}/`, folder).href, onNotKept));
  const known = publicPacks().find((pack) => pack.id === id);
  // What misses a file says so itself.
  if (!known && sources.length === 1) return sources[0]!;
  for (const source of sources) if (await isThere(source)) return source;
  if (sources.length > 1) {
    throw new DotlightError(
      "missing-file",
      `The model "${id}", which the gallery was made with, is at none of ${sources.map(({ location }) => location).join(", ")}.`,
      "Say where it is (`packs`: the folder that has it in a folder of its name), or put it there.",
    );
  }
  throw new DotlightError(
    "missing-file",
    `The model "${known!.entry.name}" (${id}), which this gallery was made with, is not in this browser.`,
    "Download it under Galleries, Models; then try again.",
  );
}

async function isThere(source: Source): Promise<boolean> {
  try {
    await source.read(MANIFEST);
    return true;
  } catch (error) {
    if (error instanceof DotlightError && error.code === "missing-file") return false;
    throw error;
  }
}
