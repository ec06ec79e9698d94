// The tab of the clusters' bench: opens a gallery by its address and answers queries' vectors; the host counts what is fetched.
import { ClusteredPhotos } from "../../src/clustered-photos";
import type { Pack } from "../../src/encoders/pack";
import { urlSource } from "../../src/files/source";
import { type Gallery, openGallery } from "../../src/gallery/reader";
import { cachingSource } from "../../src/store/caching-source";

let gallery: Gallery;
let photos: ClusteredPhotos;

const requests = {
  /** Milliseconds until queries can be answered. `probes` instead of the gallery's. */
  async open({ url, probes }: { url: string; probes?: number }): Promise<{ ms: number; probes: number }> {
    const began = performance.now();
    gallery = await openGallery(cachingSource(urlSource(url), () => {}));
    const table = { ...gallery.manifest.tables.clusters!, ...(probes ? { probes } : {}) };
    // The gallery has no calibration, for which alone the pack would be read.
    photos = new ClusteredPhotos(gallery, undefined as unknown as Pack, table, () => () => {});
    await photos.begun();
    return { ms: performance.now() - began, probes: table.probes };
  },
  /** Drops what the browser has kept, so that the next query is a cold one. */
  async forget(): Promise<void> {
    const emptied = indexedDB.open("dotlight-files");
    const database = await new Promise<IDBDatabase>((done, failed) => {
      emptied.onsuccess = () => done(emptied.result);
      emptied.onerror = () => failed(emptied.error);
    });
    const transaction = database.transaction("blocks", "readwrite");
    transaction.objectStore("blocks").clear();
    await new Promise((done) => {
      transaction.oncomplete = done;
    });
    database.close();
  },
  async search({ vector, k }: { vector: number[]; k: number }): Promise<{ ms: number; rows: number[]; total: number }> {
    const began = performance.now();
    const { hits, total } = await photos.search({ vector: Float64Array.from(vector), against: [] }, k, {});
    return { ms: performance.now() - began, rows: hits.map(({ row }) => row), total };
  },
};

self.onmessage = async ({ data: [name, given], ports }: MessageEvent<[keyof typeof requests, never]>) => {
  try {
    ports[0]!.postMessage({ value: await requests[name](given) });
  } catch (error) {
    ports[0]!.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
