import { expose } from "comlink";
import { type Opened, openedOf } from "../src/api/engine";
import { openGallery } from "../src/gallery/reader";
import type { Progress } from "../src/searcher";
import { packOf, Union, type UnionResult } from "../src/union";
import { keeping, packSource } from "./keeping";
import { browserMeans } from "./means";
import { carryErrors } from "./plain-errors";
import { Turns } from "./turns";

/** Where packs lie beside this build: in the installed package, and in every site. */
const BESIDE = new URL("../packs/", self.location.href).href;

let union: Union | undefined;
const turns = new Turns();

const api = {
  /**
   * Opens galleries by the addresses of their folders, and the pack that made them: below `packs`, else in the first gallery's site, else
   * beside this worker.
   * @throws DotlightError for anything missing, damaged or unfit, "wrong-pack" for galleries of several packs
   */
  async open(urls: string[], packs: string | undefined, onProgress: (progress: Progress) => void): Promise<Opened> {
    const galleries = await Promise.all(urls.map((url) => openGallery(keeping(url))));
    const places = packs === undefined ? [new URL("../../packs/", urls[0]).href, BESIDE] : [packs];
    const pack = await packSource(places, packOf(galleries));
    union = await Union.open(galleries, { pack, ...(await browserMeans({ device: "auto", scan: "auto" }, onProgress)) });
    return openedOf(union, urls);
  },

  begun: (): Promise<boolean> => union!.begun(),
  arrived: (): Promise<void> => union!.arrived(),

  share: (numbers: Int32Array<SharedArrayBuffer>): void => turns.share(numbers),
  overtake: (turn: number): void => turns.overtake(turn),

  /** @throws DotlightError "overtaken" as soon as the page has a higher number than `turn`, "bad-query" */
  search: (words: string, k: number, turn: number): Promise<UnionResult> => union!.search(words, k, turns.until(turn)),
};

export type UnionWorker = typeof api;

carryErrors();
expose(api);
