import type { Photos } from "./photos";

/** Photos from the first on that they are taken from. */
const AMONG = 48;
const LONGEST = 52;

/** Queries to begin with: short captions of the gallery's own, one each of photos apart from one another. */
export function examplesOf(photos: Photos, howMany: number): string[] {
  const short = Array.from({ length: AMONG }, (_, place) => photos.at(place)?.item).flatMap((item) => {
    const captions = (item?.captions ?? []).map((caption) => caption.replace(/\.$/, "")).filter((c) => c.length <= LONGEST);
    // The longest of the short ones says the most.
    return captions.sort((a, b) => b.length - a.length).slice(0, 1);
  });
  const step = Math.max(1, Math.floor(short.length / howMany));
  return [...new Set(short.filter((_, i) => i % step === 0))].slice(0, howMany);
}
