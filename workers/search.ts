import { expose } from "comlink";
import { EngineFilters } from "../src/engine-filters";
import { openEngine } from "../src/engines/open";
import { DotlightError } from "../src/files/errors";
import { type FacetCounts, Facets, type PhotoFilter } from "../src/gallery/facets";
import type { Item } from "../src/gallery/manifest";
import { MOST_KEPT_WHOLE, Pictures } from "../src/gallery/pictures";
import { type Gallery, openGallery } from "../src/gallery/reader";
import { LEAST_MAPPED, MOST_MAPPED } from "../src/mapper-limits";
import type { Hit } from "../src/retrieval/scan";
import { type CaptionHit, type FindOptions, type Progress, Searcher } from "../src/searcher";
import { Library } from "../src/store/library";
import { type OpenedPersonal, openPersonal, personalId } from "../src/store/personal-gallery";
import type { Why } from "../src/why";
import { keeping as kept, packSource } from "./keeping";
import { browserMeans, type Devices, endThreads } from "./means";
import { forgetUrls, pictureUrl, pictureUrls } from "./picture-urls";
import { pixelsOf } from "./pixels";
import { carryErrors } from "./plain-errors";
import type { Browsed, EncoderInfo, Found, GalleryInfo, GalleryMap, QueryPart } from "./search-protocol";
import { Turns } from "./turns";

let gallery: Gallery | undefined;
/** The gallery that was asked for last, and, known before it has been opened, the id of its pack. */
let opening: { gallery: Promise<Gallery>; pack: Promise<string> } | undefined;
let pictures: Pictures | undefined;
let facets: Facets | EngineFilters | undefined;
let searcher: Searcher | undefined;
let notKept: string | undefined;
let library: Promise<Library> | undefined;
/** The gallery is one of the visitor's own. */
let own = false;
/** Keeps what was written of it. */
let keepOwn: OpenedPersonal["keep"];
const turns = new Turns();

const api = {
  /** Opens a gallery by its address; its items can be shown from then on. @throws DotlightError for anything missing, damaged or unfit */
  async openGallery(url: string): Promise<GalleryInfo> {
    endThreads();
    gallery = undefined;
    searcher = undefined;
    const id = personalId(url);
    own = id !== undefined;
    if (id !== undefined) return openOwn(id);
    const opened = openGallery(keeping(url));
    begin(
      opened,
      opened.then(({ manifest }) => manifest.pack.id),
    );
    gallery = await opened;
    pictures = new Pictures(gallery);
    const { name, count, notice, tables } = gallery.manifest;
    facets = tables.engine && new EngineFilters(gallery);
    return {
      name,
      count,
      ...(notice ? { notice } : {}),
      languages: gallery.languages,
      ...(tables.map ? { map: "there" } : {}),
      ...(tables.engine ? { engine: openEngine(tables.engine).name } : {}),
    };
  },

  /** Opens a personal gallery again as it is now; the encoders stay. */
  async refresh(url: string): Promise<GalleryInfo> {
    const info = await openOwn(personalId(url)!);
    endThreads();
    searcher = gallery && searcher?.over(gallery);
    await searcher?.arrived();
    return info;
  },

  /** Keeps what had to be written to open a personal gallery, for the next time. Where there is no room for it, it is written again then. */
  async keepOwn(): Promise<void> {
    const keep = keepOwn;
    keepOwn = undefined;
    await keep?.().catch(() => undefined);
  },

  /** What the gallery's photos can be filtered by, and how many each value keeps; undefined where nothing is known of them. */
  facets: async (filter: PhotoFilter): Promise<FacetCounts | undefined> => facets?.counts(filter),

  /** The rows that the filter keeps; undefined where that is all of them. */
  kept: async (filter: PhotoFilter): Promise<number[] | undefined> => facets?.rows(filter),

  /** Of the gallery's photos in its order, those that the filter keeps, the ones from a place to before another; `total` counts all. */
  async browse(filter: PhotoFilter, from: number, to: number): Promise<Browsed> {
    const kept = await facets?.rows(filter);
    const total = kept?.length ?? open().manifest.count;
    const rows = kept?.slice(from, to) ?? Array.from({ length: Math.max(0, Math.min(to, total) - from) }, (_, i) => from + i);
    return { total, rows, items: await open().items(rows) };
  },

  /**
   * Loads the pack that made the gallery, found below `packs`; to be asked for as soon as the gallery has been, since they load side by side.
   * Searching works from then on; vectors may still be arriving.
   * @throws DotlightError for anything missing, damaged or unfit
   */
  async loadEncoders(packs: string, { device, scan }: Devices, onProgress: (progress: Progress) => void): Promise<EncoderInfo> {
    if (!opening) throw notYet("No gallery is open");
    const asked = opening;
    const source = asked.pack.then((id) =>
      packSource([packs], id, (why) => {
        notKept ??= why;
      }),
    );
    const [pack, means] = await Promise.all([source, browserMeans({ device, scan }, onProgress)]);
    const opened = await Searcher.open({ gallery: asked.gallery, pack, ...means });
    // Of one's own photos all is in this browser: an answer by some of it first would only cost another.
    if (own) await opened.arrived();
    searcher = opened;
    const { notReranked } = opened;
    const { fallback } = opened.textEncoder.tokenizer;
    return {
      pack: opened.pack.manifest.name,
      device: opened.device,
      ...(fallback ? { otherTokenizer: fallback } : {}),
      ...(notKept ? { notKept } : {}),
      ...(notReranked ? { notReranked } : {}),
    };
  },

  /** Resolves when something of every vector has arrived; to whether that is all. */
  begun: (): Promise<boolean> => ready().begun(),

  /** Resolves when all vectors have arrived. */
  arrived: (): Promise<void> => ready().arrived(),

  /** Reads a small gallery's thumbnails for a visit without a network; resolves when that is done. */
  keepPictures: (onProgress: (done: number, total: number) => void): Promise<void> =>
    pictures!.readAll((done, total) => {
      if (done % 50 === 0 || done === total) onProgress(done, total);
    }),

  share: (numbers: Int32Array<SharedArrayBuffer>): void => turns.share(numbers),
  overtake: (turn: number): void => turns.overtake(turn),

  /** @throws DotlightError "overtaken" as soon as the page has a query with a higher number than `turn` */
  async search(parts: QueryPart[], k: number, turn: number, filter: PhotoFilter): Promise<Found> {
    const look = looksAt(filter);
    if (look.filter) await ready().arrived();
    const options: FindOptions = { ...turns.until(turn), ...look };
    const result = await ready().search(await decoded(parts), k, options);
    const scanned = performance.timeOrigin + performance.now();
    const rows = result.hits.map(({ row }) => row);
    // Of one's own photos many are taken or saved twice; what others publish is shown as it is.
    const leaders = own && !result.partial ? { leaders: await ready().nearDuplicates(rows) } : {};
    return { ...result, ...leaders, items: await open().items(rows), device: ready().device, scanned };
  },

  /** Re-orders a search's hits by the cross-encoder. @throws DotlightError "overtaken", "encoder" */
  rerank: async (parts: QueryPart[], hits: Hit[], turn: number) => ready().rerank(await decoded(parts), hits, turns.until(turn)),

  /**
   * The photos most like one of the gallery, without itself; none where an engine would be asked for them, or lists fetched: opening a photo is no
   * query, and "Find similar pictures" is.
   */
  async similar(id: string, k: number): Promise<Omit<Browsed, "total">> {
    const { engine, clusters } = open().manifest.tables;
    if (engine || clusters) return { rows: [], items: [] };
    const { hits } = await ready().search([{ photo: id, weight: 1 }], k + 1);
    const items = await open().items(hits.map(({ row }) => row));
    const others = hits.map(({ row }, i) => ({ row, item: items[i]! })).filter(({ item }) => item.id !== id);
    return { rows: others.slice(0, k).map(({ row }) => row), items: others.slice(0, k).map(({ item }) => item) };
  },

  /** Why a photo was found by a phrase. */
  why: (words: string, row: number): Promise<Why> => ready().why(words, row),

  /** Of each id the row of its photo; undefined where there is none. */
  rowsOf: (ids: string[]): Promise<(number | undefined)[]> => Promise.all(ids.map((id) => open().rowOf(id))),

  /** What the captions say again and again; nothing where that is not known. */
  phrases: async (): Promise<string[]> => gallery?.phrases() ?? [],

  /** The gallery's map; undefined where it has none. @throws DotlightError when it is missing or damaged */
  async map(): Promise<GalleryMap | undefined> {
    const { count } = open().manifest;
    const positions = await open().positions();
    if (!positions || count > MOST_KEPT_WHOLE) return positions && { positions };
    const items = await open().items(Array.from({ length: count }, (_, row) => row));
    return { positions, colours: items.map(({ color }) => color) };
  },

  items: (rows: number[]): Promise<Item[]> => open().items(rows),

  /** The addresses of the thumbnails that are in memory, by row. */
  pictureUrls: (): Promise<Map<number, string>> => pictureUrls(pictures!.atHand()),

  /** The address of a photo's thumbnail; undefined where it has none. @throws DotlightError when it is missing or damaged */
  async pictureUrl(row: number): Promise<string | undefined> {
    open();
    return pictureUrl(await pictures!.read(row));
  },

  forgetUrls,

  /** The same at a size for looking at it alone; undefined where there is only the thumbnail. */
  async largePicture(row: number): Promise<Blob | undefined> {
    const bytes = await open().large(row);
    return bytes && new Blob([bytes]);
  },

  captionsForPhoto: (row: number, k: number, language: string): Promise<CaptionHit[]> => ready().captionsForPhoto(row, k, language),

  /** @throws DotlightError "bad-image" when the browser cannot decode it */
  async captionsForPicture(file: Blob, k: number, language: string): Promise<CaptionHit[]> {
    return ready().captionsForPicture(await pixelsOf(file), k, language);
  },

  /** Query vectors, for comparing devices. */
  async textVector(words: string): Promise<Float32Array> {
    const { textEncoder } = ready();
    return textEncoder.encode([textEncoder.tokenizer.encode(words)]);
  },
};

export type { Devices };
export type SearchWorker = typeof api;

const notYet = (what: string) => new DotlightError("encoder", `${what} yet.`, "Wait until everything has been loaded.");

function open(): Gallery {
  if (!gallery) throw notYet("No gallery is open");
  return gallery;
}

function ready(): Searcher {
  if (!searcher) throw notYet("The encoders are not loaded");
  return searcher;
}

/** What a search looks at, as the gallery's vectors in this tab or its engine take it. */
function looksAt(filter: PhotoFilter): Pick<FindOptions, "filter" | "where"> {
  if (facets instanceof EngineFilters) return { where: filter };
  const bits = facets?.bits(filter);
  return bits ? { filter: bits } : {};
}

/** With pixels in the place of files. @throws DotlightError "bad-image" when the browser cannot decode one */
const decoded = (parts: QueryPart[]) =>
  Promise.all(parts.map(async (part) => ("picture" in part ? { ...part, picture: await pixelsOf(part.picture) } : part)));

const keeping = (url: string) =>
  kept(url, (why) => {
    notKept ??= why;
  });

/** Whoever waits for the gallery or its pack hears what went wrong. */
function begin(opened: Promise<Gallery>, pack: Promise<string>): void {
  for (const waited of [opened, pack]) waited.catch(() => undefined);
  opening = { gallery: opened, pack };
}

/** Opens a gallery of the visitor's own; there is none to search while it has no photos. */
async function openOwn(id: string): Promise<GalleryInfo> {
  library ??= Library.open();
  library.catch(() => {
    library = undefined;
  });
  const personal = library.then((library) => openPersonal(library, id));
  begin(
    personal.then(({ gallery }) => gallery ?? Promise.reject(notYet("The gallery has no photos"))),
    library
      .then((library) => library.gallery(id))
      .then(({ pack, next }) => (next > 0 ? pack.id : Promise.reject(notYet("The gallery has no photos")))),
  );
  const opened = await personal;
  gallery = opened.gallery;
  keepOwn = opened.keep;
  pictures = gallery && new Pictures(gallery);
  const { length: count } = opened.numbers;
  facets = gallery && new Facets(await gallery.items(Array.from({ length: count }, (_, row) => row)));
  const { name, notice, folder, revision } = opened.record;
  const map = gallery?.manifest.tables.map ? "there" : count >= LEAST_MAPPED && count <= MOST_MAPPED ? "to make" : undefined;
  return {
    name,
    count,
    revision,
    ...(notice ? { notice } : {}),
    languages: [],
    ...(map ? { map } : {}),
    own: { id, ...(folder ? { folder: folder.name } : {}) },
  };
}

carryErrors();
expose(api);
