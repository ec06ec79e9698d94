import { DotlightError } from "../files/errors";

/** How a picture becomes the vision encoder's input, width x height. */
export interface Preprocessing {
  width: number;
  height: number;
  /** How pixels are weighed when resizing, as Pillow's filter of that name. */
  filter: "bilinear" | "bicubic";
  /** Resized until its shorter side has so many pixels, then the centre is kept; without it, resized to width x height whatever its shape. */
  crop?: {
    shortest: number /** How a half pixel is rounded where the centre begins: "even" is Python's round. */;
    centre: "floor" | "even";
  };
  /** Of red, green, blue, after scaling to 0..1. */
  mean: number[];
  std: number[];
}

/** The forms that preprocessor_config.json has on the hub. */
interface PreprocessorConfig {
  size?: number | { width: number; height: number } | { shortest_edge: number };
  crop_size?: number | { width: number; height: number };
  do_center_crop?: boolean;
  do_normalize?: boolean;
  do_rescale?: boolean;
  rescale_factor?: number;
  resample?: number;
  /** timm and jina-clip name the filter and say "shortest". */
  interpolation?: string;
  resize_mode?: string;
  image_mean?: number[];
  image_std?: number[];
  mean?: number[];
  std?: number[];
}

/** UForm's config.json: the picture's side, and in version 3 the normalisation. */
interface UformConfig {
  image_encoder?: { image_size?: number; normalization_means?: number[]; normalization_deviations?: number[] };
}

/** What CLIP was trained with, and whoever does not say otherwise. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];
/** Pillow's numbers of its filters. */
const FILTERS: Record<number, Preprocessing["filter"]> = { 2: "bilinear", 3: "bicubic" };
const LARGEST = 2048;

/**
 * From preprocessor_config.json in the forms of transformers and jina-clip; what is left out has transformers' default.
 * @throws DotlightError "bad-manifest" for what is not supported, naming it
 */
export function readPreprocessor(data: unknown, name: string): Preprocessing {
  const config = (data ?? {}) as PreprocessorConfig;
  const bad = unfit(name);
  if (config.do_rescale === false) throw bad("it wants pixels of 0 to 255");
  if (config.rescale_factor !== undefined && Math.abs(config.rescale_factor * 255 - 1) > 1e-3)
    throw bad("its rescale_factor is not 1 / 255");
  const named = config.interpolation as Preprocessing["filter"] | undefined;
  const filter = named ?? FILTERS[config.resample ?? 3];
  if (filter !== "bilinear" && filter !== "bicubic")
    throw bad(`its filter ${config.interpolation ?? config.resample} is neither bilinear nor bicubic`);
  const { size } = config;
  const cropSize = typeof config.crop_size === "number" ? { width: config.crop_size, height: config.crop_size } : config.crop_size;
  const normalised = config.do_normalize !== false;
  const mean = normalised ? (config.image_mean ?? config.mean ?? CLIP_MEAN) : [0, 0, 0];
  const std = normalised ? (config.image_std ?? config.std ?? CLIP_STD) : [1, 1, 1];
  const shortest = typeof size === "number" ? size : size && "shortest_edge" in size ? size.shortest_edge : undefined;
  const crops = config.do_center_crop ?? (config.resize_mode === "shortest" || cropSize !== undefined);
  if (crops && shortest !== undefined) {
    const kept = cropSize ?? { width: shortest, height: shortest };
    const centre = config.resize_mode === "shortest" ? "even" : "floor";
    return checked({ ...kept, filter, crop: { shortest, centre }, mean, std }, bad);
  }
  if (size && typeof size === "object" && "width" in size)
    return checked({ width: size.width, height: size.height, filter, mean, std }, bad);
  if (typeof size === "number") return checked({ width: size, height: size, filter, mean, std }, bad);
  throw bad("it does not say to which size pictures are brought");
}

/** From UForm's config.json. @throws DotlightError "bad-manifest" */
export function readUformPreprocessing(data: unknown, name: string): Preprocessing {
  const { image_encoder } = (data ?? {}) as UformConfig;
  const side = image_encoder?.image_size as number;
  const [mean, std] = [image_encoder?.normalization_means ?? CLIP_MEAN, image_encoder?.normalization_deviations ?? CLIP_STD];
  return checked({ width: side, height: side, filter: "bicubic", crop: { shortest: side, centre: "even" }, mean, std }, unfit(name));
}

const unfit = (name: string) => (what: string) =>
  new DotlightError(
    "bad-manifest",
    `${name} cannot be followed: ${what}.`,
    "Use a pack whose pictures are prepared in a way that is supported.",
  );

function checked(preparing: Preprocessing, bad: (what: string) => DotlightError): Preprocessing {
  const { width, height, crop, mean, std } = preparing;
  const side = (value: unknown) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST;
  if (!side(width) || !side(height) || (crop && !(side(crop.shortest) && crop.shortest >= Math.max(width, height)))) {
    throw bad("the size it brings pictures to is missing or out of range");
  }
  const three = (values: unknown): values is number[] => Array.isArray(values) && values.length === 3 && values.every(Number.isFinite);
  if (!three(mean) || !three(std) || std.some((value) => value <= 0)) throw bad("its mean or deviation is not three numbers");
  return preparing;
}
