import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calibrate } from "../calibrator";
import { CALIBRATION, writeCalibration } from "../encoders/calibration";
import { MANIFEST, Pack } from "../encoders/pack";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { TextEncoder } from "../encoders/text-encoder";
import { readCollection } from "../evaluator";
import { recordOf } from "../files/digest";
import { directorySource } from "../files/directory.node";
import { openGallery } from "../gallery/reader";
import { loadPairScoring, pairScorer } from "../pair-scorer";
import { Reranker } from "../reranker";
import { madeWith } from "../searcher";
import type { Values } from "./dotlight";
import { natural, progressLine } from "./output";

/** Which photos are taken away, and which stand for photos in general. */
const SEED = 1;

/** dotlight pack calibrate PACK GALLERY: writes calibration.json into the pack's folder. */
export async function calibratePack(folder: string, galleryFolder: string, values: Values): Promise<void> {
  const pack = await Pack.open(directorySource(folder));
  const gallery = await openGallery(directorySource(galleryFolder));
  madeWith(gallery, pack);
  const collection = await readCollection(gallery, values.language ?? "en");
  const runtime = nodeRuntime();
  const scoring = Reranker.why(gallery, pack)
    ? undefined
    : await loadPairScoring(gallery, await TextEncoder.load(pack, runtime, await tokenizerWasm()), runtime);
  const report = progressLine();
  const calibration = await calibrate(
    collection,
    {
      seed: SEED,
      drawn: values.sample === undefined ? undefined : natural("sample", values.sample),
      scorer: scoring && pairScorer(scoring, collection.texts),
    },
    { onProgress: (done, total) => report(done, total, "captions") },
  );
  const bytes = writeCalibration(calibration);
  await writeFile(join(folder, CALIBRATION), bytes);
  const manifest = { ...pack.manifest, files: { ...pack.manifest.files, [CALIBRATION]: await recordOf(bytes) } };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ pack: pack.manifest.id, bytes: bytes.length, dot: calibration.dot, match: calibration.match })}\n`
      : `${join(folder, CALIBRATION)}: ${bytes.length} bytes. Galleries made with this pack get their table when they are indexed again.\n`,
  );
}
