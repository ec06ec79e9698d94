// Makes a gallery of a set's rows (vectors.py) and clusters it: node make.js SET GALLERY [LISTS]. The photos have no pictures.
import { open } from "node:fs/promises";
import { join } from "node:path";
import { cluster } from "../../src/cli/clusters";
import { Pack } from "../../src/encoders/pack";
import { directorySink, directorySource } from "../../src/files/directory.node";
import { GalleryWriter } from "../../src/gallery/writer";
import { ofHalf } from "../../src/retrieval/half";

const [folder, out, lists = "auto", files = ""] = process.argv.slice(2) as [string, string, string?, string?];
/** Rows that are in memory at a time. */
const BATCH = 16_384;
/** Bytes before the rows of a file of NumPy's. */
const HEADER = 128;

const pack = await Pack.open(directorySource("public/packs/photos-small"));
const { id, dimension, metric } = pack.manifest;
const began = performance.now();
const writer = new GalleryWriter(directorySink(out), { name: "clusters", pack: { id, fingerprint: pack.fingerprint }, dimension, metric });
const file = await open(join(folder, "rows.npy"));
const rows = ((await file.stat()).size - HEADER) / (dimension * 2);
for (let row = 0; row < rows; row += BATCH) {
  const count = Math.min(BATCH, rows - row);
  const halves = new Uint16Array(count * dimension);
  await file.read(new Uint8Array(halves.buffer), 0, halves.byteLength, HEADER + row * dimension * 2);
  const items = Array.from({ length: count }, (_, i) => ({ id: String(row + i) }));
  await writer.addImages(Float32Array.from(halves, ofHalf), items);
}
await file.close();
await writer.finish();
const written = performance.now();
const manifest = await cluster(out, { lists: lists === "auto" ? "auto" : Number(lists), alone: files === "files" }, pack);
const { files: listFiles, exact, index, lists: made, probes, deviations, found } = manifest.tables.clusters!;
const sum = (entries: { bytes: number }[]) => entries.reduce((all, { bytes }) => all + bytes, 0);
const seconds = { gallery: (written - began) / 1000, clusters: (performance.now() - written) / 1000 };
console.log(
  JSON.stringify({
    rows,
    lists: made,
    probes,
    deviations,
    found,
    bytes: { index: index.bytes, lists: sum(listFiles), exact: sum(exact) },
    seconds,
  }),
);
// onnxruntime's threads would keep the process alive.
process.exit();
