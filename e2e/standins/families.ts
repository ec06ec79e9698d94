import { layoutOf } from "../../src/encoders/registry/layouts";
import type { PublicPack } from "../../src/encoders/registry/registry";
import { rerankerModel, STANDIN_WIDTH, textModel, visionModel } from "./models";
import { bertTokenizer, clipTokenizer, siglipTokenizer, xlmTokenizer } from "./tokenizers";

/** Stand-ins for public packs: the layout, configuration, tokenizer kind, names, types and shapes of the real ones, with small random weights. */

const CLIP_MEAN = { image_mean: [0.48145466, 0.4578275, 0.40821073], image_std: [0.26862954, 0.26130258, 0.27577711] };

/** CLIPFeatureExtractor's file, of which the oldest gives bare numbers. */
const clipPreprocessor = (side: number) => ({
  crop_size: side,
  do_center_crop: true,
  do_normalize: true,
  do_resize: true,
  feature_extractor_type: "CLIPFeatureExtractor",
  ...CLIP_MEAN,
  resample: 3,
  size: side,
});

const mobileclipPreprocessor = (side: number) => ({
  crop_size: { height: side, width: side },
  do_center_crop: true,
  do_convert_rgb: true,
  do_normalize: false,
  do_rescale: true,
  do_resize: true,
  image_processor_type: "CLIPFeatureExtractor",
  resample: 2,
  rescale_factor: 1 / 255,
  size: { shortest_edge: side },
});

const siglipPreprocessor = {
  do_normalize: true,
  do_rescale: true,
  do_resize: true,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
  image_processor_type: "SiglipImageProcessor",
  resample: 3,
  rescale_factor: 1 / 255,
  size: { height: 224, width: 224 },
};

const jinaPreprocessor = {
  fill_color: 0,
  image_processor_type: "JinaCLIPImageProcessor",
  interpolation: "bicubic",
  mean: CLIP_MEAN.image_mean,
  resize_mode: "shortest",
  size: 224,
  std: CLIP_MEAN.image_std,
};

/** The files of a pack's repository by path. */
export function standin(pack: PublicPack): Map<string, Uint8Array> {
  const layout = layoutOf(pack);
  const json = (data: unknown) => new TextEncoder().encode(JSON.stringify(data));
  const files = new Map<string, Uint8Array>();
  const { text, vision, config, tokenizer, preprocessor, special, reranker } = parts(pack);
  files.set(layout.config, json(config));
  files.set(layout.tokenizer, json(tokenizer));
  if (layout.tokenizerConfig) files.set(layout.tokenizerConfig, json(special));
  if (layout.preprocessor) files.set(layout.preprocessor, json(preprocessor));
  files.set(layout.text, text);
  files.set(layout.vision, vision);
  if (layout.cross) files.set(layout.cross, reranker!);
  return files;
}

interface Parts {
  config: object;
  tokenizer: object;
  special?: object;
  preprocessor?: object;
  text: Uint8Array;
  vision: Uint8Array;
  reranker?: Uint8Array;
}

function parts({ entry: { family, dimension, id }, dtype }: PublicPack): Parts {
  const end = { kind: "end", id: 49407 } as const;
  const embeds = { dimension, output: "text_embeds" };
  switch (family) {
    case "clip":
      return {
        config: {
          model_type: "clip",
          projection_dim: dimension,
          text_config: { model_type: "clip_text_model" },
          vision_config: { model_type: "clip_vision_model" },
        },
        tokenizer: clipTokenizer(),
        special: { model_max_length: 77, pad_token: "<|endoftext|>", tokenizer_class: "CLIPTokenizer" },
        preprocessor: clipPreprocessor(224),
        text: textModel({ ...embeds, pooling: end }),
        vision: visionModel({ side: 224, dimension, input: "pixel_values", output: "image_embeds" }),
      };
    case "mobileclip": {
      const side = id === "mobileclip-b" ? 224 : 256;
      return {
        config: { model_type: "clip", projection_dim: dimension },
        tokenizer: clipTokenizer(),
        special: { model_max_length: 77, pad_token: { content: "!" }, tokenizer_class: "CLIPTokenizer" },
        preprocessor: mobileclipPreprocessor(side),
        text: textModel({ ...embeds, pooling: { kind: "last", length: 77 } }),
        vision: visionModel({ side, dimension, input: "pixel_values", output: "image_embeds" }),
      };
    }
    case "siglip":
      return {
        config: {
          model_type: "siglip",
          text_config: { hidden_size: 768, model_type: "siglip_text_model" },
          vision_config: { model_type: "siglip_vision_model" },
        },
        tokenizer: siglipTokenizer(),
        special: { do_lower_case: true, eos_token: "</s>", model_max_length: 64, pad_token: "</s>", tokenizer_class: "SiglipTokenizer" },
        preprocessor: siglipPreprocessor,
        text: textModel({ dimension, output: "pooler_output", pooling: { kind: "last", length: 64 } }),
        vision: visionModel({ side: 224, dimension, input: "pixel_values", output: "pooler_output" }),
      };
    case "jina-clip":
      return {
        config: { model_type: "jina_clip", projection_dim: dimension, add_projections: false },
        tokenizer: bertTokenizer(),
        special: { do_lower_case: true, model_max_length: 8192, pad_token: "[PAD]", tokenizer_class: "BertTokenizer" },
        preprocessor: jinaPreprocessor,
        text: textModel({ ...embeds, pooling: { kind: "mean", padding: 0 } }),
        vision: visionModel({ side: 224, dimension, input: "pixel_values", output: "image_embeds" }),
      };
    case "uform-vl":
    case "uform3": {
      const floats = dtype === "f16" ? "float16" : "float32";
      const multilingual = id.includes("multilingual");
      const length = multilingual ? 50 : 64;
      // One stand-in knows its colours, so that there is one that can be pinned.
      const vocab = bertTokenizer().model.vocab;
      const colours = id === "uform3-small" ? ["red", "green", "blue"].map((word) => vocab[word]!) : undefined;
      const both = { dimension, output: "embeddings" };
      const normalization = { normalization_means: CLIP_MEAN.image_mean, normalization_deviations: CLIP_MEAN.image_std };
      return {
        config: {
          text_encoder: {
            dim: STANDIN_WIDTH,
            embedding_dim: dimension,
            max_position_embeddings: length,
            padding_idx: multilingual ? 1 : 0,
          },
          image_encoder: {
            dim: STANDIN_WIDTH,
            embedding_dim: dimension,
            image_size: 224,
            patch_size: 16,
            ...(family === "uform3" ? normalization : {}),
          },
        },
        tokenizer: multilingual ? xlmTokenizer() : bertTokenizer(),
        text: textModel({
          ...both,
          states: "features",
          pooling: { kind: "masked", length },
          integers: "int32",
          floats,
          ...(colours ? { colours } : {}),
        }),
        vision: visionModel({
          ...both,
          side: 224,
          input: family === "uform3" ? "input" : "images",
          features: "features",
          floats,
          ...(colours ? { colours: true } : {}),
        }),
        reranker: rerankerModel(length, 197, floats),
      };
    }
  }
}
