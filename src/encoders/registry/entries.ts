import type { Entry } from "./registry";

/** Xenova's exports for transformers.js lie in one layout; sizes in MB by dtype. */
const exported = (repository: string, q8: number, f16: number, f32: number): Entry["variants"] => ({
  q8: { repository, megabytes: q8 },
  f16: { repository, megabytes: f16 },
  f32: { repository, megabytes: f32 },
});

/** "a photo of a cat" by OpenAI's own tokenizer. */
const CLIP_REFERENCE = { text: "a photo of a cat", ids: [49406, 320, 1125, 539, 320, 2368, 49407] };
const WIT = "WIT-400M (OpenAI): 400 million pictures with texts from the web, not published.";
const DATACOMP_DR = "DataCompDR-1B: DataComp-1B with captions and embeddings of stronger models.";
const WEBLI = "WebLI (Google): pictures with texts from the web, not published.";

/**
 * Public models whose layout is supported. Sources: the repositories' own files and file lists, transformers.js and optimum (names, types and shapes
 * of inputs and outputs), uform's code.
 */
export const ENTRIES: Entry[] = [
  {
    id: "clip-vit-b32",
    name: "CLIP ViT-B/32",
    family: "clip",
    license: "MIT",
    languages: ["en"],
    trainingData: WIT,
    dimension: 512,
    variants: exported("Xenova/clip-vit-base-patch32", 156, 305, 608),
    reference: CLIP_REFERENCE,
  },
  {
    id: "clip-vit-b16",
    name: "CLIP ViT-B/16",
    family: "clip",
    license: "MIT",
    languages: ["en"],
    trainingData: WIT,
    dimension: 512,
    variants: exported("Xenova/clip-vit-base-patch16", 154, 303, 601),
    reference: CLIP_REFERENCE,
  },
  {
    id: "clip-vit-l14",
    name: "CLIP ViT-L/14",
    family: "clip",
    license: "MIT",
    languages: ["en"],
    trainingData: WIT,
    dimension: 768,
    variants: exported("Xenova/clip-vit-large-patch14", 434, 859, 1713),
    reference: CLIP_REFERENCE,
  },
  ...(["s0", "s1", "s2", "b"] as const).map((size): Entry => {
    const megabytes = { s0: [57, 110, 218], s1: [88, 173, 344], s2: [102, 201, 400], b: [153, 302, 602] }[size] as [number, number, number];
    return {
      id: `mobileclip-${size}`,
      name: `MobileCLIP ${size.toUpperCase()}`,
      family: "mobileclip",
      license: "Apple's sample code licence for MobileCLIP (apple-amlr)",
      languages: ["en"],
      trainingData: DATACOMP_DR,
      // Reported by several users of the exports: int8 vision weights lose much of the ranking, halves do not.
      notice: "In 8 bits this model is known to rank much worse: take f16 or f32 where the download allows it.",
      dimension: 512,
      variants: exported(`Xenova/mobileclip_${size}`, ...megabytes),
      reference: CLIP_REFERENCE,
    };
  }),
  {
    id: "siglip-b16",
    name: "SigLIP base",
    family: "siglip",
    license: "Apache-2.0",
    languages: ["en"],
    trainingData: WEBLI,
    dimension: 768,
    variants: exported("Xenova/siglip-base-patch16-224", 208, 409, 815),
  },
  {
    id: "jina-clip-v1",
    name: "jina-clip v1",
    family: "jina-clip",
    license: "Apache-2.0",
    languages: ["en"],
    trainingData: "LAION-400M, text pairs and ShareGPT4V captions (Jina AI).",
    dimension: 768,
    variants: exported("jinaai/jina-clip-v1", 228, 449, 894),
    reference: { text: "hello world", ids: [101, 7592, 2088, 102] },
  },
  {
    id: "uform-vl-small",
    name: "UForm-VL small, with its re-ranker",
    family: "uform-vl",
    license: "Apache-2.0",
    languages: ["en"],
    trainingData: "Conceptual Captions and YFCC15M, in part (Unum).",
    notice: "Re-ranking reads about 76 KB a picture with this model, which its galleries hold.",
    dimension: 256,
    variants: {
      f32: { repository: "unum-cloud/uform-vl-english-small-cpu-fp32", megabytes: 235 },
      f16: { repository: "unum-cloud/uform-vl-english-small-gpu-fp16", megabytes: 118 },
    },
    reference: { text: "hello world", ids: [101, 7592, 2088, 102] },
  },
  {
    id: "uform3-small",
    name: "UForm 3 small",
    family: "uform3",
    license: "Apache-2.0",
    languages: ["en"],
    trainingData: "Pictures with texts from the web and synthetic captions (Unum).",
    dimension: 256,
    variants: { f32: { repository: "unum-cloud/uform3-image-text-english-small", megabytes: 158 } },
    reference: { text: "hello world", ids: [101, 7592, 2088, 102] },
  },
  {
    id: "uform3-multilingual",
    name: "UForm 3 multilingual base",
    family: "uform3",
    license: "Apache-2.0",
    languages: [
      "ar",
      "hy",
      "zh",
      "en",
      "fr",
      "de",
      "he",
      "hi",
      "id",
      "it",
      "ja",
      "ko",
      "fa",
      "pl",
      "pt",
      "ru",
      "es",
      "th",
      "tr",
      "uk",
      "vi",
    ],
    trainingData: "Pictures with texts in 21 languages, balanced (Unum).",
    dimension: 256,
    variants: { f32: { repository: "unum-cloud/uform3-image-text-multilingual-base", megabytes: 840 } },
  },
];
