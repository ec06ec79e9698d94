import { BUILT_IN_PACKS } from "../encoders/built-in";
import { HUB } from "../encoders/registry/registry";
import { folderUrl } from "../files/address";
import { type PhotoPart, takePhotos, writeParts } from "../retrieval/parts";
import { personalAddress } from "../store/personal-gallery";
import type { DeviceChoice } from "./engine";

export type View = "grid" | "map";

/**
 * What the page's address says: `?q=` the query with all its parts, as the command line takes it, `?gallery=` another gallery, `?mine=` one of the visitor's own, `?pack=` the model for new
 * ones instead of the chosen one, `?hub=` where models are downloaded from, `?rerank=1`, `?view=map`, `?device=` and `?scan=` webgpu or wasm.
 */
export interface Address {
  /** What stands in the search field. */
  query: string;
  /** The photos that the query begins with, which do not. */
  photos: PhotoPart[];
  /** Absolute address of the gallery's folder, or the name of a personal one. */
  gallery: string;
  /** The gallery is not the embedded one. */
  foreign: boolean;
  /** Answers are re-ranked by the cross-encoder. */
  rerank: boolean;
  /** How photos are shown, where the gallery has a map. */
  view: View;
  /** Where the encoders run, and where vectors are scanned. */
  device: DeviceChoice;
  scan: DeviceChoice;
  /** The pack that new personal galleries are made with. */
  pack: string;
  /** A host with the hub's paths. */
  hub: string;
}

/** What `dotlight build` has put into a site's page: its gallery and its pack. */
const told = (what: string): string | undefined => document.querySelector<HTMLMetaElement>(`meta[name="dotlight-${what}"]`)?.content;

const EMBEDDED = told("gallery") ?? "galleries/diorama/";
/** The packs that are beside the page; what new galleries are read with, unless another is chosen, first. A made site has only its own. */
export const PAGE_PACKS = told("pack") === undefined ? BUILT_IN_PACKS : [told("pack")!];
export const DEFAULT_PACK = PAGE_PACKS[0]!;
/** The name of the gallery that comes with the page, where it is not the dioramas. */
export const siteName = (): string | undefined => (told("gallery") === undefined ? undefined : document.title);
/** Where the choice of a model is remembered. */
const CHOSEN_PACK = "dotlight-pack";

/** `?lab`: the page that measures, instead of the one that searches. */
export const inLab = (): boolean => new URLSearchParams(location.search).has("lab");

export function readAddress(): Address {
  const search = new URLSearchParams(location.search);
  const named = search.get("gallery");
  const own = search.get("mine");
  const { photos, rest } = takePhotos(search.get("q") ?? "");
  return {
    query: rest,
    photos,
    gallery: own === null ? folderUrl(named ?? EMBEDDED, document.baseURI) : personalAddress(own),
    foreign: named !== null,
    rerank: search.get("rerank") === "1",
    view: search.get("view") === "map" ? "map" : "grid",
    device: choice(search.get("device")),
    scan: choice(search.get("scan")),
    pack: search.get("pack") ?? chosenPack() ?? DEFAULT_PACK,
    hub: search.get("hub") ?? HUB,
  };
}

/** Undefined too where the browser keeps nothing. */
function chosenPack(): string | undefined {
  try {
    return localStorage.getItem(CHOSEN_PACK) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers the model for new galleries; the address's own wins as long as it is there. */
export function choosePack(id: string): void {
  localStorage.setItem(CHOSEN_PACK, id);
  const url = new URL(location.href);
  url.searchParams.delete("pack");
  history.replaceState(null, "", url);
}

const choice = (named: string | null): DeviceChoice => (named === "webgpu" || named === "wasm" ? named : "auto");

/** Characters of a query that an address holds: browsers refuse addresses that are too long, and no encoder reads so much. */
const LONGEST = 4_000;

/** A query as an address has it: its photos, then its words. */
export const written = (query: string, photos: PhotoPart[]): string =>
  (photos.length > 0 ? `${writeParts(photos)} ${query}`.trimEnd() : query).slice(0, LONGEST);

/** Milliseconds without another key after which the address is written: for each change a browser loads the page's icon anew, which a key's answer would wait for. */
const SETTLED = 200;
/** What is going to be written. */
let late: { timer: ReturnType<typeof setTimeout>; now: Asked } | undefined;

type Asked = Pick<Address, "query" | "photos" | "rerank">;

/** Puts the query, and whether it is re-ranked, into the address as soon as nothing more is typed, so that they can be shared and survive a reload. */
export function writeAddress(now: Asked): void {
  forgetAddress();
  late = { timer: setTimeout(settle, SETTLED), now };
}

/** What was going to be written is not: the browser went to another entry. */
export function forgetAddress(): void {
  clearTimeout(late?.timer);
  late = undefined;
}

/** Writes now what is going to be written. */
function settle(): void {
  if (!late) return;
  const { query, photos, rerank } = late.now;
  forgetAddress();
  const url = new URL(location.href);
  const put = (name: string, value: string) => (value ? url.searchParams.set(name, value) : url.searchParams.delete(name));
  put("q", written(query, photos));
  put("rerank", rerank ? "1" : "");
  if (url.href !== location.href) history.replaceState(null, "", url);
}

/** Another view is another entry: going back leads to the one before. */
export function keepView(view: View): void {
  settle();
  const url = new URL(location.href);
  if (view === "map") url.searchParams.set("view", view);
  else url.searchParams.delete("view");
  history.pushState(null, "", url);
}

/** What comes next is written into an entry of its own: going back leads to the query as it is now. */
export function keepAddress(): void {
  settle();
  history.pushState(null, "", location.href);
}

/** The page's address with one of the visitor's own galleries, or, without an id, with the embedded one. */
export function galleryAddress(id?: string): string {
  settle();
  const url = new URL(location.href);
  for (const name of ["q", "gallery", "mine", "view"]) url.searchParams.delete(name);
  if (id !== undefined) url.searchParams.set("mine", id);
  return url.href;
}

/** Where the built-in packs are. */
export const packsUrl = (): string => new URL("packs/", document.baseURI).href;
