import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { random } from "./onnx";

/** tokenizer.json files of the kinds that public packs have, with small vocabularies made here; CLIP's is the real one where the data is at hand. */

const DATA = process.env.DOTLIGHT_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
export const CLIP_VOCABULARY = join(DATA, "tokenizers/clip");
export const hasClipVocabulary = existsSync(join(CLIP_VOCABULARY, "merges.txt"));

const WORDS =
  "a photo of the two dogs cat's toy red blue green car left right white house on beach at night man woman standing sitting street with and in people group table food plate playing holding next to large small young hello world 12 train bird water field grass";
const ACCENTED = "àáâäãåæçèéêëìíîïñòóôöõøœùúûüýÿßčďěňřšťůžđłśźżăşţğıİ";
const SCRIPTS = "красныймшиналеваясобкγιάτρωνひとつの赤い車ねこ红色的汽车狗在左边빨간차개고양이รถสีแดงالسيارةحمراءמכוניתאדומה";

/** Letters, joints of two to four letters and whole words, with how often each occurs in the words above. */
function pieces(): Map<string, number> {
  const found = new Map<string, number>();
  const count = (piece: string) => found.set(piece, (found.get(piece) ?? 0) + 1);
  for (const word of WORDS.split(" ")) {
    for (let length = 1; length <= Math.min(4, word.length); length++) {
      for (let at = 0; at + length <= word.length; at++) count(word.slice(at, at + length));
    }
    count(word);
  }
  for (const letter of `abcdefghijklmnopqrstuvwxyz0123456789.,!?'-"()&${ACCENTED}${SCRIPTS}`) count(letter);
  return found;
}

/** GPT-2's letters for bytes. */
function byteLetters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

const added = (id: number, content: string, normalized = false) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized,
  special: true,
});

const template = (before: [string, number][], after: [string, number][]) => {
  const special = ([id]: [string, number]) => ({ SpecialToken: { id, type_id: 0 } });
  return {
    type: "TemplateProcessing",
    single: [...before.map(special), { Sequence: { id: "A", type_id: 0 } }, ...after.map(special)],
    pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
    special_tokens: Object.fromEntries([...before, ...after].map(([id, number]) => [id, { id, ids: [number], tokens: [id] }])),
  };
};

const file = <Parts extends object>(parts: Parts) => ({ version: "1.0", truncation: null, padding: null, ...parts });

/** CLIP's BPE: byte-level, lower case, a mark at the end of a word. */
export function clipTokenizer() {
  let vocab: Record<string, number>;
  let merges: string[];
  if (hasClipVocabulary) {
    vocab = JSON.parse(readFileSync(join(CLIP_VOCABULARY, "vocab.json"), "utf8"));
    merges = readFileSync(join(CLIP_VOCABULARY, "merges.txt"), "utf8")
      .split("\n")
      .slice(1)
      .filter((line) => line !== "");
  } else {
    const letters = byteLetters();
    const words: [string[], number][] = [
      [["o", "f</w>"], 539],
      [["c", "at</w>"], 2368],
      [["p", "hoto</w>"], 1125],
    ];
    merges = ["o f</w>", "a t</w>", "c at</w>", "t o</w>", "o to</w>", "h oto</w>", "p hoto</w>"];
    vocab = Object.fromEntries(
      [...letters, ...letters.map((letter) => `${letter}</w>`), "to</w>", "oto</w>", "hoto</w>", "at</w>"].map((token, i) => [
        token,
        i + 3000,
      ]),
    );
    for (const [parts, id] of words) vocab[parts.join("")] = id;
    vocab["a</w>"] = 320;
    vocab["!"] = 0;
    vocab["<|startoftext|>"] = 49406;
    vocab["<|endoftext|>"] = 49407;
  }
  return file({
    added_tokens: [added(49406, "<|startoftext|>", true), added(49407, "<|endoftext|>")],
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "NFC" }, { type: "Replace", pattern: { Regex: "\\s+" }, content: " " }, { type: "Lowercase" }],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          behavior: "Removed",
          invert: true,
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: ["<|endoftext|>", 49407],
      cls: ["<|startoftext|>", 49406],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: "<|endoftext|>",
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      byte_fallback: false,
      vocab,
      merges,
    },
  });
}

/** BERT's WordPiece, uncased. */
export function bertTokenizer() {
  const vocab: Record<string, number> = { "[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102, "[MASK]": 103, hello: 7592, world: 2088 };
  let next = 1000;
  for (const piece of pieces().keys()) {
    for (const token of [piece, `##${piece}`]) {
      if (vocab[token] !== undefined) continue;
      while (next === 2088 || next === 7592) next++;
      vocab[token] = next++;
    }
  }
  return file({
    added_tokens: [added(0, "[PAD]"), added(100, "[UNK]"), added(101, "[CLS]"), added(102, "[SEP]"), added(103, "[MASK]")],
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: template([["[CLS]", 101]], [["[SEP]", 102]]),
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab },
  });
}

/** A Unigram vocabulary: the pieces, and those that begin a word with the mark of a space. No two ways to cut a word have the same score. */
function unigram(specials: string[]): [string, number][] {
  const found = pieces();
  const total = [...found.values()].reduce((a, b) => a + b, 0);
  const noise = random(6, 2 * found.size, 0.3);
  const scored = [...found].map(([piece, count], i): [string, number] => [piece, Math.log(count / total) + noise[i]!]);
  const begun = scored.map(([piece, score], i): [string, number] => [`▁${piece}`, score + noise[found.size + i]!]);
  return [...specials.map((token): [string, number] => [token, 0]), ["▁", -2], ...scored, ...begun];
}

/** SigLIP's SentencePiece: lower case without punctuation, an end token. */
export function siglipTokenizer() {
  return file({
    added_tokens: [added(1, "</s>", true), added(2, "<unk>", true)],
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Lowercase" },
        { type: "Replace", pattern: { Regex: "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]" }, content: "" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Strip", strip_left: true, strip_right: true },
      ],
    },
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", add_prefix_space: true, split: true },
    post_processor: template([], [["</s>", 1]]),
    decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", add_prefix_space: true, split: true },
    model: { type: "Unigram", unk_id: 2, vocab: unigram(["<pad>", "</s>", "<unk>"]) },
  });
}

/** XLM-R's SentencePiece, which the multilingual packs have. */
export function xlmTokenizer() {
  return file({
    added_tokens: [added(0, "<s>"), added(1, "<pad>"), added(2, "</s>"), added(3, "<unk>")],
    normalizer: { type: "Sequence", normalizers: [{ type: "NFKC" }, { type: "Replace", pattern: { Regex: " {2,}" }, content: " " }] },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "WhitespaceSplit" },
        { type: "Metaspace", replacement: "▁", prepend_scheme: "always", add_prefix_space: true },
      ],
    },
    post_processor: template([["<s>", 0]], [["</s>", 2]]),
    decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", add_prefix_space: true },
    model: { type: "Unigram", unk_id: 3, vocab: unigram(["<s>", "<pad>", "</s>", "<unk>"]) },
  });
}
