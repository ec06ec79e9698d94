// The command line of `npm run bench`.
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../scripts/shared.mjs";
import { chosenEngines } from "./engines.mjs";

const DIMS = [256, 512, 768];
const REAL_SETS = ["clip-b16", "clip-b32", "sentences"];

const HELP = `npm run bench -- [options]          (npm run bench -- speed: the speed-up over cross-attention;
                                     npm run bench -- lighthouse: a built site's scores)

  --sizes 1000,10000,100000,1000000   rows of the grown sets
  --dims 256,512,768                  their dimensions
  --sets grown,clip-b16,clip-b32,sentences   (grown alone where sizes or dims are given)
  --engines a,b,c:mode                some engines only, whatever their size; see bench/engines.mjs
  --threads 1,2
  --rounds 25                         rounds of 4 queries
  --json-only                         print this run's results as JSON, no table`;

/** Whole numbers of at least 1, from "1,2,3". */
function numbers(name, text) {
  const values = text.split(",").map(Number);
  if (values.some((value) => !Number.isInteger(value) || value < 1)) throw new Error(`--${name} wants whole numbers, not "${text}".`);
  return values;
}

export function readOptions() {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string" },
      dims: { type: "string" },
      sets: { type: "string" },
      engines: { type: "string" },
      threads: { type: "string", default: "1,2" },
      rounds: { type: "string", default: "25" },
      "json-only": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const named = values.engines?.split(",");
  const sets = (values.sets ?? (values.sizes || values.dims ? "grown" : ["grown", ...REAL_SETS].join())).split(",");
  const unknown = sets.find((name) => name !== "grown" && !REAL_SETS.includes(name));
  if (unknown) throw new Error(`There is no set "${unknown}". Known: grown, ${REAL_SETS.join(", ")}.`);
  const dims = numbers("dims", values.dims ?? DIMS.join());
  if (!dims.every((dim) => DIMS.includes(dim))) throw new Error(`Grown vectors have ${DIMS.join(", ")} dimensions, not ${values.dims}.`);
  return {
    sizes: numbers("sizes", values.sizes ?? "1000,10000,100000,1000000"),
    dims,
    sets,
    named: Boolean(named),
    engines: chosenEngines(named),
    threads: numbers("threads", values.threads),
    rounds: numbers("rounds", values.rounds)[0],
    jsonOnly: values["json-only"],
    cache: resolve(process.env.DOTLIGHT_CACHE ?? join(homedir(), ".cache/dotlight")),
    data: resolve(process.env.DOTLIGHT_DATA ?? join(root, "../shared/data")),
  };
}
