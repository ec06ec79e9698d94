import { mkdtempSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StandinHub, standinHub } from "../../../e2e/standins/hub";
import { directorySource } from "../../files/directory.node";
import { CrossEncoder } from "../cross-encoder";
import type { Rgba } from "../image";
import { ImageEncoder } from "../image-encoder";
import { Pack } from "../pack";
import { nodeRuntime, tokenizerWasm } from "../runtime.node";
import { TextEncoder as DualTextEncoder } from "../text-encoder";
import { install } from "./install";
import { packFolder } from "./pack-folder.node";
import { dtypeFor, publicPack, publicPacks } from "./registry";

let hub: StandinHub;
const runtime = nodeRuntime();
const temporary = () => mkdtempSync(join(tmpdir(), "dotlight-packs-"));

beforeAll(async () => {
  hub = await standinHub();
}, 60_000);
afterAll(() => hub.stop());
beforeEach(() => {
  hub.faults.clear();
  hub.requests.length = 0;
});

const picture = (width: number, height: number): Rgba => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x, y, x ^ y, 255], (y * width + x) * 4);
  return { width, height, data };
};

const norm = (vector: Float32Array) => Math.hypot(...vector);
const apart = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, i) => value - b[i]!));

describe("every public pack loads through its stand-in", () => {
  it.each(publicPacks().map((pack) => [pack.id, pack] as const))("%s", async (id, pack) => {
    const packs = temporary();
    const manifest = await install(pack, packFolder(packs, id), { hub: hub.url });
    expect(manifest.origin).toEqual({ repository: pack.repository, revision: "main", pinned: false });
    const opened = await Pack.open(directorySource(join(packs, id)));
    const { dimension } = pack.entry;
    const text = await DualTextEncoder.load(opened, runtime, await tokenizerWasm());
    expect(text.tokenizer.fallback).toBeUndefined();
    const tokens = ["a red car", "two dogs on the beach at night with a man and a woman"].map((words) => text.tokenizer.encode(words));
    if (pack.entry.reference && (pack.entry.family !== "clip" || pack.entry.reference.text === "a photo of a cat"))
      expect(text.tokenizer.encode(pack.entry.reference.text).ids).toEqual(pack.entry.reference.ids);
    const both = await text.encode(tokens);
    expect(both.length).toBe(2 * dimension);
    for (const [row, one] of tokens.entries()) {
      const alone = await text.encode([one]);
      expect(norm(alone)).toBeCloseTo(1, 4);
      // Padding to the longest of a batch changes nothing.
      expect(apart(both.subarray(row * dimension, (row + 1) * dimension), alone)).toBeLessThan(1e-3);
    }
    const images = await ImageEncoder.load(opened, runtime);
    const { vectors, regions } = await images.encodeWithRegions([picture(320, 240), picture(100, 300)]);
    expect(vectors.length).toBe(2 * dimension);
    expect(norm(vectors.subarray(0, dimension))).toBeCloseTo(1, 4);
    expect(regions !== undefined).toBe(pack.entry.family === "uform-vl");
    if (!regions) return;
    const cross = await CrossEncoder.load(opened, runtime);
    const states = await text.encodeStates(tokens[0]!);
    const scores = await cross.score(states, regions, vectors);
    expect(scores.length).toBe(2);
    const [second] = await cross.score(states, regions.slice(regions.length / 2), vectors.slice(dimension));
    expect(scores[1]).toBeCloseTo(second!, 3);
  });
});

describe("adding a pack", () => {
  const pack = publicPack("uform3-small");
  const begun = async (packs: string, options = {}) => install(pack, packFolder(packs, pack.id), { hub: hub.url, ...options });

  it.each([
    ["a file that is missing", "image_encoder.onnx", "missing", "missing-file"],
    ["a web page instead of a model", "text_encoder.onnx", "page", "missing-file"],
    ["a web page that is served as a model", "text_encoder.onnx", "page as a file", "missing-file"],
    ["a web page instead of a configuration", "config.json", "page as a file", "missing-file"],
  ] as const)("%s ends in a message that names it, and leaves nothing", async (_, file, fault, code) => {
    const packs = temporary();
    hub.faults.set(file, fault);
    await expect(begun(packs)).rejects.toMatchObject({ code, message: expect.stringContaining(file) });
    expect(await readdir(packs)).toEqual([]);
  });

  it("an altered file is refused where its digest is pinned, and nothing is left", async () => {
    const packs = temporary();
    const { files } = await begun(temporary());
    hub.faults.set("image_encoder.onnx", "altered");
    const pinned = { ...pack, pin: { revision: "main", files } };
    await expect(install(pinned, packFolder(packs, pack.id), { hub: hub.url })).rejects.toMatchObject({
      code: "altered",
      message: expect.stringContaining("image_encoder.onnx"),
    });
    expect(await readdir(packs)).toEqual([]);
    hub.faults.clear();
    expect((await install(pinned, packFolder(packs, pack.id), { hub: hub.url })).origin!.pinned).toBe(true);
  });

  it("goes on where the connection broke off, and asks for no byte twice", async () => {
    const packs = temporary();
    hub.faults.set("image_encoder.onnx", "cut");
    await expect(begun(packs)).rejects.toMatchObject({
      code: "network",
      message: expect.stringMatching(/image_encoder.onnx broke off after \d+ of \d+ bytes/),
    });
    // Nothing that looks like a pack.
    await expect(Pack.open(directorySource(join(packs, pack.id)))).rejects.toMatchObject({ code: "missing-file" });
    hub.faults.clear();
    hub.requests.length = 0;
    const seen: number[] = [];
    const manifest = await begun(packs, { onBytes: (loaded: number) => seen.push(loaded) });
    expect(hub.requests).toEqual([expect.stringMatching(/image_encoder.onnx \d+-$/)]);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const written = await readFile(join(packs, pack.id, "image_encoder.onnx"));
    expect(written.length).toBe(manifest.files["image_encoder.onnx"]!.bytes);
    expect(await readdir(packs)).toEqual([pack.id]);
    expect(await readdir(join(packs, pack.id))).toEqual([
      "config.json",
      "dotlight.json",
      "image_encoder.onnx",
      "text_encoder.onnx",
      "tokenizer.json",
    ]);
  });

  it("begins a file anew that the host has replaced meanwhile", async () => {
    const packs = temporary();
    hub.faults.set("image_encoder.onnx", "cut");
    await expect(begun(packs)).rejects.toMatchObject({ code: "network" });
    hub.faults.set("image_encoder.onnx", "altered");
    const replaced = await begun(packs);
    hub.faults.clear();
    const plain = await begun(temporary());
    expect(replaced.files["image_encoder.onnx"]!.bytes).toBe(plain.files["image_encoder.onnx"]!.bytes);
    expect(replaced.files["image_encoder.onnx"]!.sha256).not.toBe(plain.files["image_encoder.onnx"]!.sha256);
  });

  it("refuses a model that is not the one of the registry", async () => {
    const other = { ...pack, entry: { ...pack.entry, dimension: 512 } };
    await expect(install(other, packFolder(temporary(), pack.id), { hub: hub.url })).rejects.toMatchObject({ code: "bad-manifest" });
  });
});

describe("the registry", () => {
  it("gives each pack an id and a place of its own, and its size", () => {
    const packs = publicPacks();
    expect(new Set(packs.map(({ id }) => id)).size).toBe(packs.length);
    for (const { id, bytes, entry } of packs) {
      expect(id).toMatch(/^[a-z0-9-]+$/);
      expect(bytes).toBeGreaterThan(1e7);
      expect(entry.license).not.toBe("");
      for (const language of entry.languages) expect(new Intl.DisplayNames("en", { type: "language" }).of(language)).not.toBe(language);
    }
  });

  it("chooses 8 bits for WASM and halves for WebGPU, where there are such", () => {
    const { entry } = publicPack("clip-vit-b32");
    expect([dtypeFor(entry, false), dtypeFor(entry, true)]).toEqual(["q8", "f16"]);
    expect(dtypeFor(publicPack("uform-vl-small").entry, false)).toBe("f32");
  });

  it("knows no pack that it does not name, nor a form that there is not", () => {
    expect(() => publicPack("nonsense")).toThrow(expect.objectContaining({ code: "usage" }));
    expect(() => publicPack("uform3-small", "q8")).toThrow(expect.objectContaining({ code: "usage" }));
    expect(publicPack("clip-vit-b32", "f16").id).toBe("clip-vit-b32-f16");
    expect(publicPack("clip-vit-b32-f16").dtype).toBe("f16");
  });
});
