import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MANIFEST } from "../encoders/pack";
import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { folderUrl } from "../files/address";
import { directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { type Source, urlSource } from "../files/source";
import { openGallery } from "../gallery/reader";
import { packOf, Union } from "../union";
import { listOf, openedOf, searcherOf, untilAborted } from "./engine";
import type { CreateSearcher } from "./types.ts";

export { DotlightError, type ErrorCode } from "../files/errors.ts";
export type * from "./types.ts";

/** Galleries and packs are addresses or folders. Everything runs in this thread, on onnxruntime-node where it is installed. */
export const createSearcher: CreateSearcher = async (galleries, { packs, onProgress, signal } = {}) => {
  const urls = listOf(galleries).map(addressOf);
  const union = await untilAborted([signal], async () => {
    const opened = await Promise.all(urls.map((url) => openGallery(sourceOf(url))));
    const id = packOf(opened);
    const pack =
      packs === undefined ? await packNear(urls[0]!, id) : sourceOf(new URL(`${encodeURIComponent(id)}/`, addressOf(String(packs))).href);
    const made = await Union.open(opened, { pack, runtime: nodeRuntime(), tokenizerWasm, ...(onProgress ? { onProgress } : {}) });
    await made.begun();
    return made;
  });
  return searcherOf({
    ...openedOf(union, urls),
    arrived: () => union.arrived(),
    search: (words, k, ended) => union.search(words, k, { overtaken: () => ended.aborted, pause }),
    close: () => {},
  });
};

/** A folder's address; what does not begin as an address is a path. */
function addressOf(named: string): string {
  return folderUrl(/^(https?|file):/.test(named) ? named : pathToFileURL(resolve(named)).href, "file:///");
}

const sourceOf = (url: string): Source => (url.startsWith("file:") ? directorySource(fileURLToPath(url)) : urlSource(url));

/** The pack of the site that a gallery is in, else one that this package brings or somebody has added. */
async function packNear(gallery: string, id: string): Promise<Source> {
  const source = sourceOf(new URL(`../../packs/${encodeURIComponent(id)}/`, gallery).href);
  try {
    await source.read(MANIFEST);
    return source;
  } catch (error) {
    if (!(error instanceof DotlightError) || error.code !== "missing-file") throw error;
    return (await openPack(id)).source;
  }
}

const pause = () => new Promise<void>((done) => setImmediate(done));
