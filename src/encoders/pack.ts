import { type FileRecord, sha256 } from "../files/digest";
import { DotlightError } from "../files/errors";
import { safePath } from "../files/path";
import { type ReadOptions, readJson, type Source } from "../files/source";
import { type Preprocessing, readPreprocessor } from "./preprocessing";
import type { Output } from "./runtime";

/** dotlight.json: what a pack says of itself beyond the Hugging Face layout. */
export interface PackManifest {
  format: "dotlight-pack";
  version: 1;
  id: string;
  name: string;
  license: string;
  languages: string[];
  trainingData: string;
  /** What a visitor should know of its limits. */
  notice?: string;
  /** Length of a vector. */
  dimension: number;
  metric: "dot" | "cosine";
  text: {
    file: string;
    /** A model without a mask knows by itself where a text ends. */
    inputs: { ids: string; mask?: string };
    output: Output;
    /** The output with the tokens' hidden states, which a cross-encoder reads. */
    states?: Output;
    maxTokens: number;
    /** Texts are filled up to `maxTokens` with this token; without `always`, only to the longest of a batch. */
    padding?: { id: number; always?: boolean };
    /** Texts are made small letters first, where the tokenizer does not do so itself. */
    lowercase?: boolean;
  };
  vision: {
    file: string;
    input: string;
    output: Output;
    /** Instead of preprocessor_config.json. */
    preprocessing?: Preprocessing;
    /** What the cross-encoder reads of a picture. */
    regions?: { output: Output; count: number; width: number; grid?: [number, number] };
  };
  /**
   * Re-ranks: one text's hidden states, photos' regions and, where it reads them, the vectors -> a match logit each. A `paired` one wants the
   * text once for each photo.
   */
  cross?: {
    file: string;
    inputs: { states: string; mask: string; regions: string; text?: string; image?: string };
    output: Output;
    /** The output that says where each of the text's tokens looks in each photo: shares of its regions. */
    looks?: Output;
    paired?: boolean;
  };
  /** Where a public pack was downloaded from, and whether its digests are those of the registry. */
  origin?: { repository: string; revision: string; pinned: boolean };
  files: Record<string, FileRecord>;
}

export const MANIFEST = "dotlight.json";
export const PREPROCESSOR = "preprocessor_config.json";
const VERSION = 1;

/** A model pack in a folder; its files are read when they are needed, each verified. */
export class Pack {
  private constructor(
    readonly source: Source,
    readonly manifest: PackManifest,
    /** Names the two encoders and the tokenizer; vectors of two packs with one fingerprint can be compared. */
    readonly fingerprint: string,
  ) {}

  /** @throws DotlightError "bad-manifest", "unsupported-version" */
  static async open(source: Source): Promise<Pack> {
    const manifest = parse(await readJson(source, MANIFEST), source.location + MANIFEST);
    const digests = [manifest.text.file, manifest.vision.file, "tokenizer.json"].map((f) => manifest.files[f]!.sha256);
    return new Pack(source, manifest, await sha256(new TextEncoder().encode(digests.join(":"))));
  }

  /** The regions that a gallery keeps of each photo for the cross-encoder; undefined where there is none. */
  get regions(): { count: number; width: number } | undefined {
    const { cross, vision } = this.manifest;
    return cross && { count: vision.regions!.count, width: vision.regions!.width };
  }

  read(file: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.source.read(file, { ...options, expect: this.manifest.files[file]! });
  }

  async tokenizerJson(options?: ReadOptions): Promise<string> {
    return new TextDecoder().decode(await this.read("tokenizer.json", options));
  }

  /** @throws DotlightError "bad-manifest" for what is not supported */
  async preprocessing(): Promise<Preprocessing> {
    const { preprocessing } = this.manifest.vision;
    if (preprocessing) return preprocessing;
    const expect = this.manifest.files[PREPROCESSOR]!;
    return readPreprocessor(await readJson(this.source, PREPROCESSOR, { expect }), this.source.location + PREPROCESSOR);
  }
}

function parse(data: unknown, name: string): PackManifest {
  const manifest = data as PackManifest;
  const bad = (what: string) =>
    new DotlightError("bad-manifest", `${name} is not a usable pack manifest: ${what}.`, "Download or export the pack again.");
  if (typeof manifest !== "object" || manifest === null || manifest.format !== "dotlight-pack")
    throw bad('its format is not "dotlight-pack"');
  if (manifest.version !== VERSION) {
    throw new DotlightError(
      "unsupported-version",
      `${name} has version ${JSON.stringify(manifest.version)}, this page reads version ${VERSION}.`,
      "Use a newer version of Dotlight, or export the pack again with this one.",
    );
  }
  if (!Number.isInteger(manifest.dimension) || manifest.dimension < 1 || manifest.dimension > 2048)
    throw bad("its dimension is out of range");
  if (typeof manifest.id !== "string" || typeof manifest.name !== "string") throw bad("it has no id or name");
  if (!Number.isInteger(manifest.text?.maxTokens)) throw bad("text.maxTokens is missing");
  const { cross, vision, text } = manifest;
  if (cross && !(vision?.regions && text?.states !== undefined))
    throw bad("it has a cross-encoder, but not the states and regions that one reads");
  const size = (value: unknown) => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 4096;
  if (vision?.regions && !(size(vision.regions.count) && size(vision.regions.width))) throw bad("the shape of its regions is out of range");
  const files = [
    text?.file,
    vision?.file,
    "tokenizer.json",
    ...(vision?.preprocessing ? [] : [PREPROCESSOR]),
    ...(cross ? [cross.file] : []),
  ];
  for (const file of files) {
    const record = typeof file === "string" ? manifest.files?.[safePath(file)] : undefined;
    if (!record || !Number.isInteger(record.bytes) || !/^[0-9a-f]{64}$/.test(record.sha256))
      throw bad(`it has no size and digest for ${file}`);
  }
  return manifest;
}
