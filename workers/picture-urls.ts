import { pause } from "./pause";

/** Addresses made before others are let in: each waits for the browser's process, about 0.3 ms. */
const AT_ONCE = 16;

/** The address of a picture, for as long as this worker lives: made here, since whoever makes one waits for it, and the page should not. */
export const pictureUrl = (picture: Blob | undefined): string | undefined => picture && URL.createObjectURL(picture);

/** The same of many, by row. */
export async function pictureUrls(pictures: Map<number, Blob>): Promise<Map<number, string>> {
  const urls = new Map<number, string>();
  for (const [row, picture] of pictures) {
    urls.set(row, URL.createObjectURL(picture));
    if (urls.size % AT_ONCE === 0) await pause();
  }
  return urls;
}

/** Gives up addresses that are not shown any more. */
export function forgetUrls(urls: string[]): void {
  for (const url of urls) URL.revokeObjectURL(url);
}
