import { type ReadOptions, urlSource } from "../src/files/source";

/** Fetches a file of the page's own build, by the address that the build gave it. @throws DotlightError as Source.read */
export function readAsset(address: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(address, self.location.href);
  return urlSource(new URL(".", url).href).read(url.pathname.split("/").at(-1)!, options);
}
