import { type ReadOptions, urlSource } from "../src/files/source";

/**
 * Fetches a file of the page's own build, by the address that the build gave it, which has its digest. What the service worker keeps is taken from
 * there: by way of it a large file comes in hundreds of pieces. @throws DotlightError as Source.read
 */
export async function readAsset(address: string, options: Pick<ReadOptions, "onBytes"> = {}): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(address, self.location.href);
  // The Cache API is missing on hosts without encryption.
  const kept = typeof caches === "undefined" ? undefined : await caches.match(url).catch(() => undefined);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    options.onBytes?.(bytes.length, bytes.length);
    return bytes;
  }
  return urlSource(new URL(".", url).href).read(url.pathname.split("/").at(-1)!, options);
}
