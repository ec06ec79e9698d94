import { parseArgs } from "node:util";
import { toPlain } from "../files/errors";
import { buildCommand } from "./build";
import { evalCommand } from "./eval";
import { indexCommand } from "./index-photos";
import { mapCommand } from "./map";
import { mergeCommand } from "./merge";
import { usage } from "./output";
import { packCommand } from "./pack-command";
import { pushCommand } from "./push";
import { searchCommand } from "./search";
import { serveCommand } from "./serve";
import { ENCODER, encoderCommand } from "./site/encoders";

const HELP = `dotlight: search pictures by what is in them, in your own words

  dotlight build PHOTOS --out SITE       make a site of a folder of photos, which any static host serves; done again, only what changed
      --name NAME       what it is called (the folder's name)
      --originals HOW   the photos' own files: none, copy, link (hard links), or the address of a folder that has them (none)
      --thumb PIXELS, --large PIXELS   longer sides of the two pictures of each photo (320, 1600)
      --cache DIR       where what was encoded is kept for the next time (SITE.cache)
      --pack PACK       the model pack: a folder, or a pack by its name (photos-small)
      --clusters auto|N for hundreds of thousands of photos and more: about N lists of photos that are alike, of which a query reads the
                        nearest; for index and merge too. --list-files: each in a file of its own, for hosts that know no ranges
  dotlight index DIR --out GALLERY       make a gallery of a folder of photos, or of a data set in the Karpathy form
      --pack PACK, --name NAME
      --split SPLIT     of a data set (test)
      --thumb PIXELS    longer side of the thumbnails (256)
      --shard I/N       encode only the I-th of N machines' share, into --out; done again, only what is missing
  dotlight merge SHARE... --out GALLERY  make the gallery of all shares, the same as one machine would have
  dotlight map GALLERY                   lay its photos out in a map, from the vectors that it has; build, index and merge do so by themselves
  dotlight push GALLERY --to URL --out FOLDER   send the vectors to a vector engine (Chroma) and write the gallery that is searched by it;
                        done again, only what is missing is sent
      --collection NAME (the gallery's name and what its photos are known by)
      --public URL      where pages reach the engine, if not by --to: a proxy that lets nothing but questions through
  dotlight search GALLERY "QUERY"        the photos that match best
      QUERY             words; -word or -"some words" to leave out; "words in quotation marks" are a phrase of their own;
                        word^2 or "some words"^0.5 for a weight; like:ID for a photo of the gallery, -like:ID for its opposite
      --k K             how many (10)
      --pack PACK
  dotlight serve DIR                     serve a site, a built page or a gallery on this machine
      --port PORT       (4173)
  dotlight eval GALLERY|DATASET          Recall@K and AR by the paper's protocol
      --split SPLIT, --pack PACK
      --language CODE   which captions (en); for index, the language of a data set's own (en)
      --rerank M        the first M re-ranked by the cross-encoder too
      --sample N        re-rank only N captions and photos, always the same
      --composed DATASET   instead: composed queries over the dioramas of a data set, by what it knows of them
      --relevance       how well it is told whether anything matches, when photos are taken away until half the captions have no match; with --rerank also by the match logits of the best M
      --heat DATASET    how well heat maps find what words name, by the boxes in the dataset.json of a made data set

  dotlight pack list                     public models that are supported, with size, licence and languages
  dotlight pack add ID                   download one, to index with --pack ID; goes on where it broke off
      --dtype DTYPE     q8, f16 or f32
      --hub URL         a mirror or your own server (https://huggingface.co)
      --packs DIR       where packs are added (DOTLIGHT_PACKS, or ~/.cache/dotlight/packs)
  dotlight pack pin ID                   download one from the hub, check it, and write its digests into the registry
      --pins FILE       instead of the registry's
  dotlight pack remove ID
  dotlight pack calibrate PACK GALLERY   fit what the scores of the pack in a folder mean, by a gallery with captions that it was not trained on
      --language CODE   which captions (en)
      --sample N        by N of them, always the same

  --json prints one JSON document, --help this text.
`;

const OPTIONS = {
  out: { type: "string" },
  pack: { type: "string" },
  name: { type: "string" },
  split: { type: "string" },
  thumb: { type: "string" },
  large: { type: "string" },
  originals: { type: "string" },
  cache: { type: "string" },
  to: { type: "string" },
  collection: { type: "string" },
  public: { type: "string" },
  k: { type: "string" },
  port: { type: "string" },
  language: { type: "string" },
  rerank: { type: "string" },
  sample: { type: "string" },
  shard: { type: "string" },
  clusters: { type: "string" },
  "list-files": { type: "boolean" },
  composed: { type: "string" },
  relevance: { type: "boolean" },
  heat: { type: "string" },
  dtype: { type: "string" },
  hub: { type: "string" },
  packs: { type: "string" },
  pins: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

export type Values = ReturnType<typeof parse>["values"];

const COMMANDS: Record<string, (operands: string[], values: Values) => Promise<void>> = {
  build: buildCommand,
  [ENCODER]: encoderCommand,
  index: indexCommand,
  map: mapCommand,
  merge: mergeCommand,
  push: pushCommand,
  search: searchCommand,
  serve: serveCommand,
  eval: evalCommand,
  pack: packCommand,
};

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const [name, ...operands] = positionals;
  if (values.help || name === undefined) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const command = COMMANDS[name];
  if (!command) throw usage(`There is no command "${name}".`);
  await command(operands, values);
}

main().then(
  // onnxruntime's threads would keep the process alive; a server has not resolved.
  () => process.exit(),
  (error: unknown) => {
    const { code, message, advice } = toPlain(error);
    process.stderr.write(`dotlight: ${message}\n${code === "unexpected" ? "" : `${advice}\n`}`);
    process.exit(code === "usage" ? 2 : 1);
  },
);
