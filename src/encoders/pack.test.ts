import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { directorySource } from "../files/directory.node";
import { memorySource } from "../files/source";
import { ImageEncoder } from "./image-encoder";
import { Pack } from "./pack";
import { nodeRuntime, tokenizerWasm } from "./runtime.node";
import { TextEncoder as DualTextEncoder } from "./text-encoder";
import { Tokenizer } from "./tokenizer";

const FOLDER = fileURLToPath(new URL("../../public/packs/diorama", import.meta.url));

/** What the float model in PyTorch gave (training/export.py). */
interface Golden {
  texts: { text: string; ids: number[]; vector: number[] }[];
  image: { side: number; vector: number[] };
}

/** The distance of two vectors as a share of the expected one's length. */
function distance(found: ArrayLike<number>, expected: number[]): number {
  return Math.hypot(...expected.map((value, i) => value - found[i]!)) / Math.hypot(...expected);
}

/** What 8-bit weights may cost. */
const TOLERANCE = 0.05;

describe("the built-in pack", () => {
  let pack: Pack;
  let golden: Golden;
  let text: DualTextEncoder;
  const runtime = nodeRuntime();
  beforeAll(async () => {
    pack = await Pack.open(directorySource(FOLDER));
    golden = JSON.parse(await readFile(`${FOLDER}/golden.json`, "utf8"));
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

  it("encodes a picture as it was trained", async () => {
    const { side, vector } = golden.image;
    const data = new Uint8ClampedArray(side * side * 4);
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) data.set([x, y, x ^ y, 255], (y * side + x) * 4);
    const encoder = await ImageEncoder.load(pack, runtime);
    expect(distance(await encoder.encode([{ width: side, height: side, data }]), vector)).toBeLessThan(TOLERANCE);
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
