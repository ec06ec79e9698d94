import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { bertTokenizer, clipTokenizer, hasClipVocabulary, siglipTokenizer, xlmTokenizer } from "../../e2e/standins/tokenizers";
import { tokenizerWasm } from "./runtime.node";
import { instantiated, ofHuggingFace, ofWasm, Tokenizer } from "./tokenizer";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CAPTIONS = join(process.env.DOTLIGHT_DATA ?? join(ROOT, "../shared/data"), "coco/captions_val2017.json");

/** Every kind of tokenizer that a pack has. */
const KINDS: [string, () => string][] = [
  [
    `CLIP's BPE${hasClipVocabulary ? "" : " (with a small vocabulary: DOTLIGHT_DATA/tokenizers/clip is not there)"}`,
    () => JSON.stringify(clipTokenizer()),
  ],
  ["byte-level BPE", () => readFileSync(join(ROOT, "public/packs/diorama/tokenizer.json"), "utf8")],
  ["BERT's WordPiece", () => JSON.stringify(bertTokenizer())],
  ["SigLIP's Unigram", () => JSON.stringify(siglipTokenizer())],
  ["XLM-R's Unigram", () => JSON.stringify(xlmTokenizer())],
];

const ADVERSARIAL = [
  "",
  " ",
  "a",
  "   leading, trailing   ",
  "tabs\tand\nlines\r\nand\u2028separators\u00a0here\u3000there",
  "it's don't WE'LL you'Ve ’s o'clock 'tis",
  "1234567890 3.14 1/2 ½ ² ٣٤ Ⅷ",
  "!!! ??? ... --- ((())) #hash @at $5 %",
  "café cafe\u0301 naïve ﬁne Å Å ß ẞ Straße STRASSE",
  "İstanbul ıI iİ Ǆ ǅ",
  "ひとつの赤い車 ﾊﾝｶｸ カナ が か\u3099 紅色汽車 红色的汽车 𠮷野家",
  "빨간 차 ᄈ\u1161ᆯ 고양이",
  "красный мяч ё Ё йод Αθήνα ς Σ",
  "รถสีแดง กำลัง น้ำ लाल गाड़ी क्षि தமிழ்",
  "السيارة الحمراء مَكْتُوب מכונית אדומה שָׁלוֹם \u202e rtl \u202c",
  "👨‍👩‍👧‍👦 🇫🇷 ❤️ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☃",
  "zero\u200bwidth soft\u00adhyphen joi\u200dner",
  "\u0000 \u0001\u001f \u007f \ufffd",
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
  "<|startoftext|> <|endoftext|> [CLS] [SEP] [MASK] <s> </s> <unk> <pad> ▁ ## Ġ",
  "<|ENDOFTEXT|> <|endoftext|><|endoftext|>text</s>more",
  "a".repeat(500),
  "word ".repeat(300),
  "supercalifragilisticexpialidociouspneumonoultramicroscopicsilicovolcanoconiosis".repeat(2),
];

/**
 * Both know the letters of Unicode 9; of later ones, mostly of scripts that nobody writes any more, the one that is newer knows more. U+FEFF is a
 * space to JavaScript and none to Rust, U+0085 the other way round.
 */
const comparable = (text: string) =>
  /^[^\p{Cc}\u0800-\u1dff\u20c0-\u2fff\u3400-\u4dff\u9fcd-\uabff\ud7a4-\u{1f2ff}\u{1f650}-\u{10ffff}]*$/u.test(text);

describe.each(KINDS)("tokenizers-wasm against @huggingface/tokenizers: %s", (_, json) => {
  let one: (text: string) => number[];
  let other: (text: string) => number[];
  beforeAll(async () => {
    await instantiated(await tokenizerWasm());
    one = ofWasm(json()) as typeof one;
    other = (await ofHuggingFace(json())) as typeof other;
    expect([typeof one, typeof other]).toEqual(["function", "function"]);
  });

  it("adversarial Unicode", () => {
    const differing = ADVERSARIAL.map((text) => text.normalize("NFC")).filter((text) => one(text).join() !== other(text).join());
    expect(differing.map((text) => [text, one(text).join(), other(text).join()])).toEqual([]);
  });

  it("any Unicode", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).filter(comparable), maxLength: 60 }),
        (text) => {
          expect(one(text.normalize("NFC"))).toEqual(other(text.normalize("NFC")));
        },
      ),
      { numRuns: 300, seed: 8 },
    );
  });

  it.skipIf(!process.env.DOTLIGHT_ACCEPT || !existsSync(CAPTIONS))(
    "25,014 captions of COCO (in npm run accept, with DOTLIGHT_DATA/coco)",
    { timeout: 300_000 },
    () => {
      const { annotations } = JSON.parse(readFileSync(CAPTIONS, "utf8")) as { annotations: { caption: string }[] };
      expect(annotations.length).toBe(25_014);
      const differing = annotations.filter(({ caption }) => one(caption).join() !== other(caption).join());
      expect(differing.slice(0, 5).map(({ caption }) => [caption, one(caption).join(), other(caption).join()])).toEqual([]);
    },
  );
});

describe("a tokenizer", () => {
  it.runIf(hasClipVocabulary)("gives the ids that OpenAI's own gives", async () => {
    const tokenizer = await Tokenizer.load(JSON.stringify(clipTokenizer()), await tokenizerWasm(), 77);
    expect(tokenizer.encode("a photo of a cat").ids).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
    expect(tokenizer.encode("a diagram").ids).toEqual([49406, 320, 22697, 49407]);
  });

  it("falls back, saying so, where tokenizers-wasm cannot read the file", async () => {
    // Merges of tokens that the vocabulary lacks end tokenizers-wasm.
    const file = clipTokenizer();
    const broken = { ...file, model: { ...file.model, merges: [...file.model.merges, "q zqz"] } };
    const tokenizer = await Tokenizer.load(JSON.stringify(broken), await tokenizerWasm(), 77);
    expect(tokenizer.fallback).toMatch(/cannot read/);
    expect(tokenizer.encode("a photo of a cat").ids).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
    // Others go on working.
    expect((await Tokenizer.load(JSON.stringify(bertTokenizer()), await tokenizerWasm(), 64)).encode("hello world").ids).toEqual([
      101, 7592, 2088, 102,
    ]);
  });

  it("falls back, saying on what, where the two differ", async () => {
    // A flag that tokenizers-wasm's version does not know: whole words are taken from the vocabulary before anything is merged.
    const file = clipTokenizer();
    const json = JSON.stringify({ ...file, model: { ...file.model, ignore_merges: true } });
    const tokenizer = await Tokenizer.load(json, await tokenizerWasm(), 77, { compare: true });
    expect(tokenizer.fallback).toMatch(/other tokens for "a photo/);
    const other = (await ofHuggingFace(json)) as (text: string) => number[];
    expect(tokenizer.encode("a photo of a cat").ids).toEqual(other("a photo of a cat"));
    expect((await Tokenizer.load(JSON.stringify(file), await tokenizerWasm(), 77, { compare: true })).fallback).toBeUndefined();
  });

  it("leaves padding and truncation to the encoder", async () => {
    const file = {
      ...bertTokenizer(),
      padding: { strategy: { Fixed: 64 }, direction: "Right", pad_to_multiple_of: null, pad_id: 0, pad_type_id: 0, pad_token: "[PAD]" },
      truncation: { direction: "Right", max_length: 3, strategy: "LongestFirst", stride: 0 },
    };
    const tokenizer = await Tokenizer.load(JSON.stringify(file), await tokenizerWasm(), 64);
    expect(tokenizer.encode("hello world").ids).toEqual([101, 7592, 2088, 102]);
  });

  it("makes small letters where the pack says so", async () => {
    const json = JSON.stringify(xlmTokenizer());
    const tokenizer = await Tokenizer.load(json, await tokenizerWasm(), 64, { lowercase: true });
    expect(tokenizer.encode("A Red CAR").ids).toEqual((await Tokenizer.load(json, await tokenizerWasm(), 64)).encode("a red car").ids);
  });
});
