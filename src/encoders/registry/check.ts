import type { Rgba } from "../image";
import { ImageEncoder } from "../image-encoder";
import type { Pack } from "../pack";
import type { Runtime } from "../runtime";
import { TextEncoder } from "../text-encoder";
import type { Entry } from "./registry";

/** One thing that was looked at. */
export interface Finding {
  what: string;
  holds: boolean;
}

const COLOURS: [string, number[]][] = [
  ["red", [220, 30, 30]],
  ["green", [30, 160, 60]],
  ["blue", [30, 60, 220]],
];
const SIDE = 256;

/** A disc of one colour on white. */
function disc([r, g, b]: number[]): Rgba {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (Math.hypot(x - SIDE / 2, y - SIDE / 2) < SIDE / 3) data.set([r!, g!, b!], (y * SIDE + x) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/**
 * Holds a pack against what is known of it: the reference's token ids, the length of its vectors, and that it finds three coloured discs by their
 * names. @throws DotlightError "encoder" where a model cannot run
 */
export async function check(pack: Pack, { reference, dimension }: Entry, runtime: Runtime, wasm: BufferSource): Promise<Finding[]> {
  const text = await TextEncoder.load(pack, runtime, wasm);
  const { tokenizer } = text;
  const findings: Finding[] = [];
  if (tokenizer.fallback) findings.push({ what: `tokens come from @huggingface/tokenizers: ${tokenizer.fallback}`, holds: true });
  if (reference) {
    const { ids } = tokenizer.encode(reference.text);
    findings.push({ what: `"${reference.text}" has the tokens ${ids.join(" ")}`, holds: ids.join() === reference.ids.join() });
  }
  const words = await text.encode(COLOURS.map(([name]) => tokenizer.encode(`a ${name} circle`)));
  const images = await ImageEncoder.load(pack, runtime);
  const pictures = await images.encode(COLOURS.map(([, colour]) => disc(colour)));
  findings.push({
    what: `vectors have ${words.length / COLOURS.length} and ${pictures.length / COLOURS.length} numbers`,
    holds: words.length === COLOURS.length * dimension && pictures.length === words.length,
  });
  const row = (vectors: Float32Array, i: number) => vectors.subarray(i * dimension, (i + 1) * dimension);
  for (const [i, [name]] of COLOURS.entries()) {
    const scores = COLOURS.map((_, j) => row(words, j).reduce((sum, value, k) => sum + value * row(pictures, i)[k]!, 0));
    const best = COLOURS[scores.indexOf(Math.max(...scores))]![0];
    findings.push({ what: `a ${name} disc is found by "a ${best} circle"`, holds: best === name });
  }
  return findings;
}
