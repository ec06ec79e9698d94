import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { directorySource } from "../files/directory.node";
import { memorySource } from "../files/source";
import { CrossEncoder } from "./cross-encoder";
import { ImageEncoder } from "./image-encoder";
import { Pack } from "./pack";
import { nodeRuntime, tokenizerWasm } from "./runtime.node";
import { TextEncoder as DualTextEncoder } from "./text-encoder";
import { Tokenizer } from "./tokenizer";

const folderOf = (name: string) => fileURLToPath(new URL(`../../public/packs/${name}`, import.meta.url));
const FOLDER = folderOf("diorama");

/** What the float model in PyTorch gave (training/export.py). */
interface Golden {
  texts: { text: string; ids: number[]; vector: number[]; match?: number }[];
  image: { side: number; vector: number[] };
}

/** The distance of two vectors as a share of the expected one's length. */
function distance(found: ArrayLike<number>, expected: number[]): number {
  return Math.hypot(...expected.map((value, i) => value - found[i]!)) / Math.hypot(...expected);
}

/** What 8-bit weights may cost. */
const TOLERANCE = 0.05;
/** Of a match logit. */
const MATCH_TOLERANCE = 0.5;

describe.each(["diorama", "photos-small"])("the built-in pack %s", (name) => {
  let pack: Pack;
  let golden: Golden;
  let text: DualTextEncoder;
  const runtime = nodeRuntime();
  beforeAll(async () => {
    pack = await Pack.open(directorySource(folderOf(name)));
    golden = JSON.parse(await readFile(`${folderOf(name)}/golden.json`, "utf8"));
    text = await DualTextEncoder.load(pack, runtime, await tokenizerWasm());
  });

  it("tokenizes as it was trained, in any script", () => {
    for (const { text: words, ids } of golden.texts) expect(text.tokenizer.encode(words).ids).toEqual(ids);
  });

  it("encodes texts as it was trained, alone and in a batch", async () => {
    const tokens = golden.texts.map(({ text: words }) => text.tokenizer.encode(words));
    const batch = await text.encode(tokens);
    const { dimension } = pack.manifest;
    for (const [row, { vector }] of golden.texts.entries()) {
      expect(distance(batch.subarray(row * dimension, (row + 1) * dimension), vector)).toBeLessThan(TOLERANCE);
      // Padding to the longest changes nothing.
      const alone = await text.encode([tokens[row]!]);
      expect(distance(alone, [...batch.subarray(row * dimension, (row + 1) * dimension)])).toBeLessThan(1e-4);
    }
  });

  /** The picture of golden.json. */
  const picture = () => {
    const { side } = golden.image;
    const data = new Uint8ClampedArray(side * side * 4);
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) data.set([x, y, x ^ y, 255], (y * side + x) * 4);
    return { width: side, height: side, data };
  };

  it("encodes a picture as it was trained", async () => {
    const encoder = await ImageEncoder.load(pack, runtime);
    expect(distance(await encoder.encode([picture()]), golden.image.vector)).toBeLessThan(TOLERANCE);
  });

  it("matches texts with a picture as it was trained, alone and among others", async () => {
    const encoder = await ImageEncoder.load(pack, runtime);
    const cross = await CrossEncoder.load(pack, runtime);
    const { vectors, regions } = await encoder.encodeWithRegions([picture()]);
    expect(distance(vectors, golden.image.vector)).toBeLessThan(TOLERANCE);
    const three = new Float32Array(3 * regions!.length).fill(0.1);
    three.set(regions!, regions!.length);
    const threeVectors = new Float32Array(3 * vectors.length);
    threeVectors.set(vectors, vectors.length);
    for (const { text: words, match } of golden.texts) {
      const states = await text.encodeStates(text.tokenizer.encode(words));
      const [alone] = await cross.score(states, regions!, vectors);
      expect(Math.abs(alone! - match!)).toBeLessThan(MATCH_TOLERANCE);
      expect((await cross.score(states, three, threeVectors))[1]).toBeCloseTo(alone!, 3);
    }
  });

  it("has tokens for any string, [CLS] first and [SEP] last, never more than it reads", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (words) => {
        const { ids, truncated } = text.tokenizer.encode(words);
        expect([ids[0], ids.at(-1)]).toEqual([1, 2]);
        expect(ids.length).toBeLessThanOrEqual(pack.manifest.text.maxTokens);
        if (!truncated) expect(ids.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it("takes a word typed two ways for one word", () => {
    expect(text.tokenizer.encode("Caf\u00e9").ids).toEqual(text.tokenizer.encode("cafe\u0301").ids);
  });

  it("cuts a huge text and says so", () => {
    const { ids, truncated } = text.tokenizer.encode("a red car ".repeat(100_000));
    expect([ids.length, truncated]).toEqual([pack.manifest.text.maxTokens, true]);
  });

  it("keeps earlier tokenizers working when another is loaded", async () => {
    const json = await pack.tokenizerJson();
    const first = await Tokenizer.load(json, await tokenizerWasm(), 48);
    await Tokenizer.load(json, await tokenizerWasm(), 48);
    expect(first.encode("a red car").ids).toEqual(golden.texts[0]!.ids);
  });

  it("refuses a tokenizer.json that is none", async () => {
    await expect(Tokenizer.load("{}", await tokenizerWasm(), 48)).rejects.toMatchObject({ code: "encoder" });
  });
});

describe("a pack", () => {
  const open = async (change: (manifest: Record<string, any>) => void) => {
    const manifest = JSON.parse(await readFile(`${FOLDER}/dotlight.json`, "utf8"));
    change(manifest);
    return Pack.open(memorySource(new Map([["dotlight.json", new TextEncoder().encode(JSON.stringify(manifest))]])));
  };
  const changes: [string, (m: Record<string, any>) => unknown, string][] = [
    ["of another kind", (m) => (m.format = "x"), "bad-manifest"],
    ["of version 2", (m) => (m.version = 2), "unsupported-version"],
    ["with a huge dimension", (m) => (m.dimension = 1e6), "bad-manifest"],
    ["with a model outside", (m) => (m.text.file = "../model.onnx"), "bad-path"],
    ["without a digest", (m) => delete m.files["tokenizer.json"], "bad-manifest"],
    ["without a text encoder", (m) => delete m.text, "bad-manifest"],
    ["with a cross-encoder outside", (m) => (m.cross.file = "../x.onnx"), "bad-path"],
    ["with a cross-encoder and no regions for it", (m) => delete m.vision.regions, "bad-manifest"],
    ["with a cross-encoder and no states for it", (m) => delete m.text.states, "bad-manifest"],
    ["with regions of a huge width", (m) => (m.vision.regions.width = 1e9), "bad-manifest"],
  ];
  it.each(changes)("%s is refused", async (_, change, code) => {
    await expect(open(change)).rejects.toMatchObject({ code });
  });

  it("with a model that was altered is refused before it runs", async () => {
    const real = directorySource(FOLDER);
    const source = {
      ...real,
      read: async (path: string, options = {}) => real.read(path === "onnx/text_model_quantized.onnx" ? "tokenizer.json" : path, options),
    };
    const pack = await Pack.open(source);
    await expect(DualTextEncoder.load(pack, nodeRuntime(), await tokenizerWasm())).rejects.toMatchObject({ code: "truncated" });
  });
});
