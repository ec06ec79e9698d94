import { expose } from "comlink";
import { Pack } from "../src/encoders/pack";
import type { Device } from "../src/encoders/runtime";
import { type Category, type Collection, type Pairs, type Ranking, rankByDot } from "../src/evaluator";
import { DotlightError } from "../src/files/errors";
import type { Item } from "../src/gallery/manifest";
import { openGallery } from "../src/gallery/reader";
import { type PairScoring, pairScorer } from "../src/pair-scorer";
import { crossEncodeAll, type Full, type Interim, type Reranked, type Reranking, rerank } from "../src/rerank-evaluator";
import type { Evaluation, Recall } from "../src/retrieval/recall";
import { keeping, packSource } from "./keeping";
import { type Cases, type CasesWanted, casesOf } from "./lab-cases";
import { droppedSubject, gallerySubject, type LabFile, type Subject } from "./lab-subject";
import { type Times, timeQueries, timeReranking } from "./lab-times";
import { pause } from "./pause";
import { forgetUrls, pictureUrl } from "./picture-urls";
import { carryErrors } from "./plain-errors";
import { browserRuntime, type DeviceChoice } from "./runtime";

/** What the page learns of what it can evaluate. */
export interface SubjectInfo {
  dataset: string;
  split: string;
  photos: number;
  languages: Record<string, number>;
  /** Why it cannot be re-ranked. */
  notReranked?: string;
}

/** What a run is made of, and what a link reproduces. */
export interface Settings {
  language: string;
  /** The first so many are re-ranked, and fewer too. */
  m: number;
  /** Captions and photos that are re-ranked; 0 for all. */
  sample: number;
  /** Captions that are scored with every photo. */
  full: number;
  seed: number;
}

/** What a run has found so far. */
export interface LabResult {
  settings: Settings;
  dataset: string;
  split: string;
  images: number;
  texts: number;
  device?: Device;
  dot?: Evaluation;
  categories?: Category[];
  pairs?: Pairs | undefined;
  times?: Times;
  /** Why there are no re-ranked figures. */
  notReranked?: string;
  rerank?: Pick<Reranking, "captions" | "photos" | "dot" | "pairs"> & { by: (Reranked & { ms: number })[] };
  full?: Full;
}

/** A step of a run: what is being done, how far it is, and what is new. */
export type Step =
  | { doing: "reading" | "timing" | "loading the cross-encoder" | "finished" }
  | { doing: "dot product"; done: number; total: number; ir: Recall }
  | { doing: "re-ranking"; ms: number[]; interim: Interim }
  | { doing: "full cross-attention"; done: number; total: number; ir: Recall };

/** The M of the curve, as far as a run re-ranks. */
const MS = [10, 20, 50, 100];

let subject: Subject | undefined;
let stopped = false;
/** What the last run kept, for its cases. */
let last: { collection: Collection; ranking: Ranking; reranking?: Reranking } | undefined;

const api = {
  /** @throws DotlightError for anything missing, damaged or unfit */
  openGallery: async (url: string, packs: string, device: DeviceChoice): Promise<SubjectInfo> =>
    take(await gallerySubject(await openGallery(keeping(url)), await means(packs, device))),

  /** @throws DotlightError for files that do not go together */
  openFiles: async (
    files: LabFile[],
    { split, pack, packs, device }: { split: string; pack: string; packs: string; device: DeviceChoice },
    onIndexed: (done: number, total: number, what: "photos" | "captions") => void,
  ): Promise<SubjectInfo> => take(await droppedSubject(files, split, pack, await means(packs, device), onIndexed)),

  /** Ends the run that is going on: it throws "overtaken". */
  stop(): void {
    stopped = true;
  },

  /** Runs everything that can be run; `onStep` hears what has been found whenever there is something new. */
  async run(settings: Settings, onStep: (step: Step, found: LabResult) => void): Promise<LabResult> {
    stopped = false;
    last = undefined;
    const { dataset, split, photos, languages, collection: read, scan, encoder, scoring, runtime } = opened();
    const found: LabResult = { settings, dataset, split, images: photos, texts: languages[settings.language] ?? 0 };
    const tell = (step: Step) => onStep(step, found);
    const watch = { pause, stopped: () => stopped };
    tell({ doing: "reading" });
    const collection = await read(settings.language);
    const m = Math.min(settings.m, Math.max(collection.photos.length, collection.texts.length));
    const onInterim = (done: number, total: number, ir: Recall) => tell({ doing: "dot product", done, total, ir });
    const ranking = await rankByDot(collection, m, { ...watch, onInterim });
    last = { collection, ranking };
    Object.assign(found, { dot: ranking.evaluation, categories: ranking.categories, pairs: ranking.pairs });
    tell({ doing: "timing" });
    const search = { scan: await scan(), encoder: await encoder?.() };
    found.times = await timeQueries(collection, search, settings.seed, watch);
    if (runtime) found.device = runtime.device;
    if (typeof scoring === "string") found.notReranked = scoring;
    else {
      tell({ doing: "loading the cross-encoder" });
      await runReranking(await scoring(), collection, ranking, { ...settings, m }, found, tell, watch);
    }
    tell({ doing: "finished" });
    return found;
  },

  /** Captions of the last run and what they found. */
  cases: (wanted: CasesWanted): Cases => {
    if (!last) throw notYet("Nothing has been run");
    return casesOf(last.collection.texts, last.ranking, last.reranking, wanted);
  },

  items: (rows: number[]): Promise<Item[]> => opened().items(rows),

  /** The address of a photo's picture; undefined where it has none. */
  pictureUrl: async (row: number): Promise<string | undefined> => pictureUrl(await opened().picture(row)),

  forgetUrls,
};

export type LabWorker = typeof api;

async function runReranking(
  scoring: PairScoring,
  collection: Collection,
  ranking: Ranking,
  { m, sample, full, seed }: Settings,
  found: LabResult,
  tell: (step: Step) => void,
  watch: { pause: () => Promise<void>; stopped: () => boolean },
): Promise<void> {
  const ms = [...MS.filter((each) => each < m), m];
  const scorer = pairScorer(scoring, collection.texts, { overtaken: watch.stopped, pause });
  const times = await timeReranking(collection, ranking, scoring, ms, seed, watch);
  const reranking = await rerank(
    collection,
    ranking,
    scorer,
    { ms, sample: sample || undefined, seed },
    { ...watch, onInterim: (interim) => tell({ doing: "re-ranking", ms, interim }) },
  );
  const { captions, photos, dot, pairs, by } = reranking;
  found.rerank = { captions, photos, dot, pairs, by: by.map((each, i) => ({ ...each, ms: times[i]! })) };
  last = { collection, ranking, reranking };
  if (full === 0) return;
  const onInterim = (done: number, total: number, ir: Recall) => tell({ doing: "full cross-attention", done, total, ir });
  found.full = await crossEncodeAll(collection, ranking, scorer, { count: full, seed }, { ...watch, onInterim });
}

function take(found: Subject): SubjectInfo {
  subject = found;
  last = undefined;
  const { dataset, split, photos, languages, scoring } = found;
  return { dataset, split, photos, languages, ...(typeof scoring === "string" ? { notReranked: scoring } : {}) };
}

function opened(): Subject {
  if (!subject) throw notYet("Nothing is open to be evaluated");
  return subject;
}

const notYet = (what: string) => new DotlightError("usage", `${what} yet.`, "Choose a data set, then press Run.");

async function means(packs: string, device: DeviceChoice) {
  return {
    openPack: async (id: string) => Pack.open(await packSource([packs], id)),
    runtime: await browserRuntime(device, () => undefined),
  };
}

carryErrors();
expose(api);
