import { expose } from "comlink";
import { install } from "../src/encoders/registry/install";
import { publicPack } from "../src/encoders/registry/registry";
import { cachedPacks, dropPack, packCache } from "../src/store/pack-cache";
import { carryErrors } from "./plain-errors";

const stop = new AbortController();

const api = {
  /** The ids of the packs that are in this browser, and of those that have begun to arrive. */
  list: () => cachedPacks(),

  /** Whether this device computes with halves on WebGPU. */
  async halves(): Promise<boolean> {
    const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<{ features: Set<string> } | null> } };
    const adapter = await gpu?.requestAdapter().catch(() => null);
    return adapter?.features.has("shader-f16") ?? false;
  },

  /** Downloads a public pack from a host with the hub's paths. @throws DotlightError as install */
  async add(id: string, hub: string, onBytes: (loaded: number, total: number) => void): Promise<void> {
    let last = 0;
    await navigator.locks.request(`dotlight-pack-${id}`, () =>
      install(publicPack(id), packCache(id), {
        hub,
        signal: stop.signal,
        // The page need not hear of every packet.
        onBytes(loaded, total) {
          if (performance.now() - last < 100 && loaded < total) return;
          last = performance.now();
          onBytes(loaded, total);
        },
      }),
    );
  },

  /** Ends a download; what has arrived stays for the next one. */
  cancel: () => stop.abort(),

  remove: (id: string) => dropPack(id),
};

export type PacksWorker = typeof api;

carryErrors();
expose(api);
