import { safePath } from "../files/path";
import type { CaptionText, Item, PhotoDetails, Thumbnail } from "./manifest";

/** @throws DotlightError "bad-path" for a picture or an original outside the gallery */
export function isItem(value: unknown): boolean {
  const item = value as Item;
  const text = (v: unknown) => v === undefined || typeof v === "string";
  return (
    typeof item === "object" &&
    item !== null &&
    typeof item.id === "string" &&
    (item.color === undefined || /^#[0-9a-f]{6}$/.test(item.color)) &&
    [item.thumb, item.large].every((picture) => picture === undefined || isThumbnail(picture)) &&
    (item.original === undefined || isOriginal(item.original)) &&
    [item.title, item.attribution].every(text) &&
    (item.details === undefined || isDetails(item.details)) &&
    (item.captions === undefined || (Array.isArray(item.captions) && item.captions.every((c) => typeof c === "string")))
  );
}

function isDetails({ width, height, type, taken, camera, place }: PhotoDetails): boolean {
  const within = (value: unknown, most: number) => typeof value === "number" && Math.abs(value) <= most;
  return (
    [width, height].every((value) => Number.isInteger(value) && value > 0) &&
    typeof type === "string" &&
    (taken === undefined || (typeof taken === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(taken))) &&
    (camera === undefined || typeof camera === "string") &&
    (place === undefined || (Array.isArray(place) && place.length === 2 && within(place[0], 90) && within(place[1], 180)))
  );
}

function isThumbnail({ file, bytes, sha256, width, height }: Thumbnail): boolean {
  safePath(String(file));
  return [bytes, width, height].every((value) => Number.isInteger(value) && value > 0) && /^[0-9a-f]{64}$/.test(sha256);
}

/** Nothing but a file of the gallery or an address on the web: a page makes a link of it. */
function isOriginal(original: string): boolean {
  if (/^https?:\/\//.test(original)) return URL.canParse(original);
  return safePath(String(original)) === original;
}

/** `count` is of the gallery's photos. */
export function isCaption(value: unknown, count: number): boolean {
  const caption = value as CaptionText;
  const row = (v: unknown) => Number.isInteger(v) && (v as number) >= 0 && (v as number) < count;
  return (
    typeof caption === "object" &&
    caption !== null &&
    typeof caption.text === "string" &&
    row(caption.image) &&
    (caption.relevant === undefined || (Array.isArray(caption.relevant) && caption.relevant.every(row)))
  );
}
