import type { FileRecord } from "../../files/digest";
import { DotlightError } from "../../files/errors";
import { ENTRIES } from "./entries";
import pins from "./pins.json" with { type: "json" };

/** Weights in 8 bits, in halves, or as they were trained. */
export type Dtype = "q8" | "f16" | "f32";
export const DTYPES: readonly Dtype[] = ["q8", "f16", "f32"];

/** How a family of models lays out its folder and is fed. */
export type Family = "clip" | "mobileclip" | "siglip" | "jina-clip" | "uform-vl" | "uform3";

/** One form in which a public model can be had. */
export interface Variant {
  /** The hub's name of the repository. */
  repository: string;
  /** About what its files take together, by the hub's list or the number of weights: what is shown before a download while nothing is pinned. */
  megabytes: number;
}

/** A public model whose layout is supported. What its own files say (sizes of pictures and texts, filters, special tokens) is read from them. */
export interface Entry {
  id: string;
  name: string;
  family: Family;
  license: string;
  /** ISO 639-1 codes. */
  languages: string[];
  trainingData: string;
  notice?: string;
  dimension: number;
  variants: Partial<Record<Dtype, Variant>>;
  /** Token ids that its authors' own tokenizer gives, checked when it is pinned. */
  reference?: { text: string; ids: number[] };
}

/** What `dotlight pack pin` has found on the hub. */
export interface Pin {
  revision: string;
  files: Record<string, FileRecord>;
}

/** A pack that can be added: an entry in one of its forms. */
export interface PublicPack {
  /** The entry's id, with the dtype behind it where that is not what runs everywhere; the added pack's id. */
  id: string;
  entry: Entry;
  dtype: Dtype;
  repository: string;
  /** Undefined: layout-tested only. */
  pin: Pin | undefined;
  bytes: number;
}

export const HUB = "https://huggingface.co";

export function publicPacks(): PublicPack[] {
  return ENTRIES.flatMap((entry) => DTYPES.filter((dtype) => entry.variants[dtype]).map((dtype) => packOf(entry, dtype)));
}

/** @throws DotlightError "usage" for an id that is none, or a dtype that the entry does not come in */
export function publicPack(id: string, dtype?: Dtype): PublicPack {
  const whole = publicPacks().find((pack) => pack.id === id);
  if (whole && (dtype === undefined || dtype === whole.dtype)) return whole;
  const entry = ENTRIES.find((each) => each.id === id);
  if (!entry) {
    throw new DotlightError("usage", `There is no public pack "${id}".`, "`dotlight pack list` names those that are supported.");
  }
  const wanted = dtype ?? dtypeFor(entry, false);
  if (!entry.variants[wanted]) {
    const there = DTYPES.filter((each) => entry.variants[each]).join(", ");
    throw new DotlightError("usage", `"${id}" does not come in ${wanted}.`, `Choose one of: ${there}.`);
  }
  return packOf(entry, wanted);
}

/** The form that suits a device: halves where WebGPU computes with them, 8 bits otherwise, and what there is where that is missing. */
export function dtypeFor(entry: Entry, webgpuWithHalves: boolean): Dtype {
  const order: Dtype[] = webgpuWithHalves ? ["f16", "q8", "f32"] : ["q8", "f32", "f16"];
  return order.find((dtype) => entry.variants[dtype])!;
}

function packOf(entry: Entry, dtype: Dtype): PublicPack {
  const { repository, megabytes } = entry.variants[dtype]!;
  const id = dtype === dtypeFor(entry, false) ? entry.id : `${entry.id}-${dtype}`;
  const pin = (pins as Record<string, Pin>)[id];
  const bytes = pin ? Object.values(pin.files).reduce((sum, file) => sum + file.bytes, 0) : megabytes * 1e6;
  return { id, entry, dtype, repository, pin, bytes };
}
