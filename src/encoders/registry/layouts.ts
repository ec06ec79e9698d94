import { DotlightError } from "../../files/errors";
import { type PackManifest, PREPROCESSOR } from "../pack";
import { readPreprocessor, readUformPreprocessing } from "../preprocessing";
import type { Dtype, Family, PublicPack } from "./registry";

/** The files of a pack by what they are for, as paths below the repository. */
export interface Layout {
  text: string;
  vision: string;
  cross?: string;
  config: string;
  tokenizer: string;
  tokenizerConfig?: string;
  preprocessor?: string;
}

const SUFFIX: Record<Dtype, string> = { q8: "_quantized", f16: "_fp16", f32: "" };

/** transformers.js's layout, which most exports have. */
const exported = (dtype: Dtype): Layout => ({
  config: "config.json",
  tokenizer: "tokenizer.json",
  tokenizerConfig: "tokenizer_config.json",
  preprocessor: PREPROCESSOR,
  text: `onnx/text_model${SUFFIX[dtype]}.onnx`,
  vision: `onnx/vision_model${SUFFIX[dtype]}.onnx`,
});

/** uform's: the models beside their configuration, one repository a dtype. */
const uform: Layout = { config: "config.json", tokenizer: "tokenizer.json", text: "text_encoder.onnx", vision: "image_encoder.onnx" };

export function layoutOf({ entry: { family }, dtype }: PublicPack): Layout {
  if (family === "uform-vl") return { ...uform, cross: "reranker.onnx" };
  return family === "uform3" ? uform : exported(dtype);
}

/** The small files first: what is wrong with them is known before the large ones are fetched. */
export const filesOf = (pack: PublicPack): string[] => {
  const { text, vision, cross, ...small } = layoutOf(pack);
  return [...Object.values(small), text, vision, ...(cross ? [cross] : [])];
};

/** Texts longer than this are cut: a query is no essay, and the encoder's work grows with it. */
const MOST_TOKENS = 512;

/** How each family's models are fed, beside what their files say. */
const FEEDING: Record<
  Family,
  Pick<PackManifest["vision"], "input" | "output"> & { text: PackManifest["text"]["output"]; always?: boolean; context: number }
> = {
  clip: { input: "pixel_values", output: "image_embeds", text: "text_embeds", context: 77 },
  mobileclip: { input: "pixel_values", output: "image_embeds", text: "text_embeds", always: true, context: 77 },
  siglip: { input: "pixel_values", output: "pooler_output", text: "pooler_output", always: true, context: 64 },
  "jina-clip": { input: "pixel_values", output: "image_embeds", text: "text_embeds", context: MOST_TOKENS },
  // uform itself goes by the places of outputs: features first, then the embedding.
  "uform-vl": { input: "images", output: 1, text: 1, always: true, context: 64 },
  uform3: { input: "input", output: 1, text: 1, always: true, context: 64 },
};

/**
 * A pack's manifest from what its files say; `files` are the contents of the small ones by path.
 * @throws DotlightError "bad-manifest" for files that do not fit the entry
 */
export function describe(pack: PublicPack, files: Map<string, unknown>, records: PackManifest["files"], revision: string): PackManifest {
  const { entry, dtype } = pack;
  const layout = layoutOf(pack);
  const feeding = FEEDING[entry.family];
  const config = files.get(layout.config) as Config;
  const uformText = config.text_encoder;
  const found = config.projection_dim ?? uformText?.embedding_dim ?? config.text_config?.projection_dim;
  if (found !== undefined && found !== entry.dimension) throw unlike(pack, layout.config, `vectors of ${found} numbers`, entry.dimension);
  const tokenizer = files.get(layout.tokenizer) as TokenizerFile;
  const special = (layout.tokenizerConfig ? files.get(layout.tokenizerConfig) : {}) as TokenizerConfig;
  const context = Math.min(special.model_max_length ?? uformText?.max_position_embeddings ?? feeding.context, MOST_TOKENS);
  const padding = uformText?.padding_idx ?? idOf(tokenizer, nameOf(special.pad_token));
  const preprocessing = layout.preprocessor
    ? readPreprocessor(files.get(layout.preprocessor), layout.preprocessor)
    : readUformPreprocessing(config, layout.config);
  const tokens = config.image_encoder && 1 + (preprocessing.width / (config.image_encoder.patch_size ?? 16)) ** 2;
  const { id, name, license, languages, trainingData, notice, dimension } = { ...entry, id: pack.id };
  return {
    format: "dotlight-pack",
    version: 1,
    id,
    name: pack.id === entry.id ? name : `${name} (${dtype})`,
    license,
    languages,
    trainingData,
    ...(notice ? { notice } : {}),
    dimension,
    metric: "cosine",
    text: {
      file: layout.text,
      inputs: { ids: "input_ids", mask: "attention_mask" },
      output: feeding.text,
      ...(layout.cross ? { states: 0 } : {}),
      maxTokens: context,
      padding: { id: padding ?? 0, ...(feeding.always ? { always: true } : {}) },
    },
    vision: {
      file: layout.vision,
      input: feeding.input,
      output: feeding.output,
      preprocessing,
      ...(layout.cross ? { regions: { output: 0, count: tokens!, width: config.image_encoder!.dim! } } : {}),
    },
    ...(layout.cross
      ? {
          cross: {
            file: layout.cross,
            inputs: { states: "text_features", mask: "attention_mask", regions: "image_features" },
            output: 0,
            paired: true,
          },
        }
      : {}),
    origin: { repository: pack.repository, revision, pinned: pack.pin !== undefined },
    files: records,
  };
}

interface Config {
  projection_dim?: number;
  text_config?: { projection_dim?: number };
  text_encoder?: { embedding_dim?: number; max_position_embeddings?: number; padding_idx?: number };
  image_encoder?: { dim?: number; patch_size?: number };
}
interface TokenizerConfig {
  model_max_length?: number;
  pad_token?: string | { content: string } | null;
}
interface TokenizerFile {
  added_tokens?: { id: number; content: string }[];
  model?: { vocab?: Record<string, number> | [string, number][] };
}

const nameOf = (token: TokenizerConfig["pad_token"]): string | undefined => (typeof token === "object" ? token?.content : token);

function idOf({ added_tokens, model }: TokenizerFile, token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  const added = added_tokens?.find(({ content }) => content === token);
  if (added) return added.id;
  const { vocab } = model ?? {};
  if (!Array.isArray(vocab)) return vocab?.[token];
  const place = vocab.findIndex(([word]) => word === token);
  return place === -1 ? undefined : place;
}

const unlike = (pack: PublicPack, file: string, found: string, expected: number) =>
  new DotlightError(
    "bad-manifest",
    `${pack.repository}/${file} speaks of ${found}, the registry of ${expected}: this is another model than "${pack.id}".`,
    "Check the hub or mirror that was given.",
  );
