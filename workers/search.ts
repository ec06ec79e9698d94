import { expose } from "comlink";
import tokenizerUrl from "tokenizers-wasm/tokenizers_wasm_bg.wasm?url";
import type { Rgba } from "../src/encoders/image";
import type { Device } from "../src/encoders/runtime";
import { DotlightError } from "../src/files/errors";
import { urlSource } from "../src/files/source";
import type { Item } from "../src/gallery/manifest";
import { openGallery } from "../src/gallery/reader";
import { type CaptionHit, type Progress, Searcher, type SearchResult } from "../src/searcher";
import { cachingSource } from "../src/store/caching-source";
import { carryErrors } from "./plain-errors";
import { browserRuntime, type DeviceChoice } from "./runtime";

/** What the page learns when a gallery is open. */
export interface GalleryInfo {
  name: string;
  count: number;
  notice?: string;
  /** Languages that the gallery's captions are stored in. */
  languages: string[];
  pack: string;
  device: Device;
  /** Why nothing is kept for the next visit; undefined when it is. */
  notKept?: string;
}

export interface Found extends SearchResult {
  items: Item[];
}

let searcher: Searcher | undefined;
let notKept: string | undefined;

const api = {
  /**
   * Opens a gallery with the pack it was made with, found below `packs`. Searching works from then on; vectors may still be arriving.
   * @throws DotlightError for anything missing, damaged or unfit
   */
  async open(gallery: string, packs: string, device: DeviceChoice, onProgress: (progress: Progress) => void): Promise<GalleryInfo> {
    searcher = undefined;
    const keeping = (url: string) =>
      cachingSource(urlSource(url), (why) => {
        notKept ??= why;
      });
    const source = keeping(gallery);
    const { manifest } = await openGallery(source);
    const opened = await Searcher.open({
      gallery: source,
      pack: keeping(new URL(`${encodeURIComponent(manifest.pack.id)}/`, packs).href),
      runtime: await browserRuntime(device),
      tokenizerWasm: async () => (await fetch(new URL(tokenizerUrl, self.location.href))).arrayBuffer(),
      onProgress,
    });
    // The first run is the slow one, and shows whether the device works at all.
    await opened.textEncoder.encode([opened.textEncoder.tokenizer.encode("a")]);
    searcher = opened;
    return {
      name: manifest.name,
      count: manifest.count,
      ...(manifest.notice ? { notice: manifest.notice } : {}),
      languages: opened.gallery.languages,
      pack: opened.pack.manifest.name,
      device: opened.device,
      ...(notKept ? { notKept } : {}),
    };
  },

  /** Resolves when all vectors have arrived. */
  arrived: (): Promise<void> => ready().arrived(),

  async search(words: string, k: number): Promise<Found> {
    const result = await ready().search(words, k);
    return { ...result, items: await ready().items(result.hits.map(({ row }) => row)) };
  },

  items: (rows: number[]): Promise<Item[]> => ready().items(rows),

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

export type SearchWorker = typeof api;

function ready(): Searcher {
  if (!searcher) throw new DotlightError("encoder", "No gallery is open.", "Wait until one has been loaded.");
  return searcher;
}

async function pixelsOf(file: Blob): Promise<Rgba> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new DotlightError("bad-image", "This file is not a picture that the browser can read.", "Choose a JPEG, PNG, WebP or AVIF picture.");
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

carryErrors();
expose(api);
