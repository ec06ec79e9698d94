import { proxy } from "comlink";
import type { LabResult, LabWorker, Settings, Step, SubjectInfo } from "../../../workers/lab";
import type { Case, Cases, CasesWanted, Choice, Outcome } from "../../../workers/lab-cases";
import type { LabFile } from "../../../workers/lab-subject";
import type { DeviceChoice } from "../../../workers/runtime";
import type { Item } from "../../gallery/manifest";
import { Door } from "../../page/door";
import { packsUrl, readAddress } from "../address";
import { PictureUrls } from "../picture-urls";

export type { Case, Cases, CasesWanted, Choice, Item, LabFile, LabResult, Outcome, Settings, Step, SubjectInfo };

/** The Lab's one door to its worker. */
export class LabEngine {
  readonly #door = new Door<LabWorker>(
    () => new Worker(new URL("../../../workers/lab.ts", import.meta.url), { type: "module", name: "lab" }),
  );
  readonly #pictures = new PictureUrls({
    read: (row) => this.#door.call((worker) => worker.pictureUrl(row)),
    forget: (urls) => this.#door.tell((worker) => worker.forgetUrls(urls)),
  });

  constructor(readonly device: DeviceChoice) {}

  openGallery(url: string): Promise<SubjectInfo> {
    this.#pictures.clear();
    return this.#door.call((worker) => worker.openGallery(url, packsUrl(), this.device));
  }

  /** `onIndexed` hears of photos and captions that are encoded first. */
  openFiles(
    files: LabFile[],
    split: string,
    onIndexed: (done: number, total: number, what: "photos" | "captions") => void,
  ): Promise<SubjectInfo> {
    this.#pictures.clear();
    const options = { split, pack: readAddress().pack, packs: packsUrl(), device: this.device };
    return this.#door.call((worker) => worker.openFiles(files, options, proxy(onIndexed)));
  }

  /** `onStep` hears whenever something new has been found. @throws DotlightError "overtaken" when it was stopped */
  run(settings: Settings, onStep: (step: Step, found: LabResult) => void): Promise<LabResult> {
    return this.#door.call((worker) => worker.run(settings, proxy(onStep)));
  }

  stop(): Promise<void> {
    return this.#door.call((worker) => worker.stop());
  }

  cases(wanted: CasesWanted): Promise<Cases> {
    return this.#door.call((worker) => worker.cases(wanted));
  }

  items(rows: number[]): Promise<Item[]> {
    return this.#door.call((worker) => worker.items(rows));
  }

  pictureUrl(row: number): Promise<string | undefined> {
    return this.#pictures.url(row);
  }

  close(): void {
    this.#door.close();
    this.#pictures.clear();
  }
}
