import type { Device } from "../encoders/runtime";
import { DotlightError } from "../files/errors";
import type { Indexed } from "../indexer";

/** Says what became of the photos of a gallery. @throws DotlightError "empty-gallery" when none could be read */
export function reportIndexed(
  { manifest, skipped }: Indexed,
  { out, photos, captions, device }: { out: string; photos: number; captions: number; device: Device },
  json: boolean,
): void {
  for (const { name, reason } of skipped) process.stderr.write(`left out: ${name}: ${reason}\n`);
  if (!manifest) {
    throw new DotlightError("empty-gallery", `None of the ${photos} photos could be read; no gallery was made.`, "See the reasons above.");
  }
  process.stdout.write(
    json
      ? `${JSON.stringify({ gallery: out, photos: manifest.count, captions, skipped, device })}\n`
      : `${manifest.count} photos in ${out}${skipped.length > 0 ? `, ${skipped.length} left out` : ""}\n`,
  );
}
