import { MANIFEST } from "../src/encoders/pack";
import { publicPacks } from "../src/encoders/registry/registry";
import { DotlightError } from "../src/files/errors";
import { type Source, urlSource } from "../src/files/source";
import { cachingSource } from "../src/store/caching-source";
import { cachedPack } from "../src/store/pack-cache";

/** A folder on a host whose files are kept for the next visit; `onNotKept` hears why they are not. */
export const keeping = (url: string, onNotKept: (why: string) => void = () => {}): Source => cachingSource(urlSource(url), onNotKept);

/**
 * The folder of a pack: one that the visitor has downloaded, or the one below `packs`.
 * @throws DotlightError "missing-file" for a public pack that is neither
 */
export async function packSource(packs: string, id: string, onNotKept?: (why: string) => void): Promise<Source> {
  // The Cache API is missing on hosts without encryption.
  const kept = typeof caches === "undefined" ? undefined : await cachedPack(id);
  if (kept) return kept;
  const source = keeping(new URL(`${encodeURIComponent(id)}/`, packs).href, onNotKept);
  const known = publicPacks().find((pack) => pack.id === id);
  if (!known) return source;
  await source.read(MANIFEST).catch((error: unknown) => {
    if (!(error instanceof DotlightError) || error.code !== "missing-file") throw error;
    throw new DotlightError(
      "missing-file",
      `The model "${known.entry.name}" (${id}), which this gallery was made with, is not in this browser.`,
      "Download it under Galleries, Models; then try again.",
    );
  });
  return source;
}
