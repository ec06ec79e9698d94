import exifr from "exifr";
import type { PhotoDetails } from "../gallery/manifest";
import { heifExif } from "./heif-exif";

/** What cameras write; anything may be missing or wrong. */
interface Exif {
  DateTimeOriginal?: unknown;
  CreateDate?: unknown;
  Make?: unknown;
  Model?: unknown;
  latitude?: unknown;
  longitude?: unknown;
}

/** Date, camera and place as the file's EXIF has them; nothing where there is none, or it is damaged. */
export async function exifOf(bytes: Uint8Array<ArrayBuffer>): Promise<Pick<PhotoDetails, "taken" | "camera" | "place">> {
  // Not by `pick`: it would drop what the place is computed from. Dates stay as they are written, without a time zone.
  const block = heifExif(bytes) ?? bytes;
  const found: Exif = (await exifr.parse(block, { tiff: true, exif: true, gps: true, reviveValues: false }).catch(() => undefined)) ?? {};
  const taken = date(found.DateTimeOriginal) ?? date(found.CreateDate);
  const camera = [text(found.Make), text(found.Model)].filter((part) => part !== "");
  // Many models begin with the maker's name.
  const named = camera.length === 2 && camera[1]!.toLowerCase().startsWith(camera[0]!.toLowerCase()) ? camera[1]! : camera.join(" ");
  const { latitude, longitude } = found;
  const place = degrees(latitude, 90) && degrees(longitude, 180) && (latitude !== 0 || longitude !== 0);
  return {
    ...(taken ? { taken } : {}),
    ...(named ? { camera: named } : {}),
    ...(place ? { place: [latitude, longitude] as [number, number] } : {}),
  };
}

/** EXIF writes "2024:05:31 14:03:00". */
function date(value: unknown): string | undefined {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)/.exec(String(value));
  if (!parts || parts[1] === "0000") return undefined;
  const [, year, month, day, time] = parts;
  return Number.isNaN(Date.parse(`${year}-${month}-${day}T${time}Z`)) ? undefined : `${year}-${month}-${day}T${time}`;
}

const text = (value: unknown): string =>
  typeof value === "string"
    ? value
        .replace(/\p{Cc}/gu, "")
        .trim()
        .slice(0, 80)
    : "";

const degrees = (value: unknown, most: number): value is number => typeof value === "number" && Math.abs(value) <= most;
