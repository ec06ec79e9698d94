import { openPack } from "../encoders/registry/open-pack.node";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { directorySource } from "../files/directory.node";
import { openGallery } from "../gallery/reader";
import { Searcher } from "../searcher";
import type { Values } from "./dotlight";
import { natural, usage } from "./output";

/** dotlight search GALLERY "QUERY" */
export async function searchCommand([folder, ...words]: string[], values: Values): Promise<void> {
  if (!folder || words.length === 0) throw usage("dotlight search takes a gallery and what to search for.");
  const gallery = await openGallery(directorySource(folder));
  const pack = await openPack(values.pack ?? gallery.manifest.pack.id);
  const searcher = await Searcher.open({ gallery, pack: pack.source, runtime: nodeRuntime(), tokenizerWasm });
  const { fallback } = searcher.textEncoder.tokenizer;
  if (fallback) process.stderr.write(`Queries are read by @huggingface/tokenizers: ${fallback}.\n`);
  await searcher.arrived();
  const result = await searcher.search(words.join(" "), natural("k", values.k ?? "10"));
  const items = await gallery.items(result.hits.map(({ row }) => row));
  const hits = result.hits.map((hit, i) => ({ ...hit, ...items[i]! }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ query: words.join(" "), ...result, hits })}\n`);
    return;
  }
  for (const { score, id, captions, title } of hits) {
    process.stdout.write(`${score.toFixed(2).padStart(8)}  ${id}  ${captions?.[0] ?? title ?? ""}\n`);
  }
  const { tokenize, encode, scan } = result.timings;
  process.stdout.write(`${(tokenize + encode + scan).toFixed(1)} ms over ${result.total} photos\n`);
}
