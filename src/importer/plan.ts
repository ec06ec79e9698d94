import type { Failure, StoredPhoto } from "../store/records";
import type { ListedFile } from "./listing";

export interface Plan {
  /** Files to be read: new ones, changed ones, and those that another pack has encoded. */
  read: { file: ListedFile; stored?: StoredPhoto }[];
  unchanged: number;
  /** Stored photos whose file is not where it was. */
  gone: StoredPhoto[];
  /** Failures whose file has not changed since. */
  failed: Failure[];
  /** Paths of failures whose file is not there any more. */
  failedGone: string[];
}

/** Compares a folder with what is stored of it. With `complete` false, files that are not listed are not missed. */
export function plan(listed: ListedFile[], stored: StoredPhoto[], failures: Failure[], fingerprint: string, complete: boolean): Plan {
  const byPath = new Map(stored.map((photo) => [photo.path, photo]));
  const failureOf = new Map(failures.map((failure) => [failure.path, failure]));
  const same = (file: ListedFile, known: { size: number; modified: number } | undefined) =>
    known?.size === file.size && known.modified === file.modified;
  const result: Plan = { read: [], unchanged: 0, gone: [], failed: [], failedGone: [] };
  const paths = new Set<string>();
  for (const file of listed) {
    paths.add(file.path);
    const known = byPath.get(file.path);
    const failure = failureOf.get(file.path);
    if (same(file, known) && known!.fingerprint === fingerprint) result.unchanged++;
    else if (same(file, failure)) result.failed.push(failure!);
    else result.read.push({ file, ...(known ? { stored: known } : {}) });
  }
  if (complete) {
    result.gone = stored.filter(({ path }) => !paths.has(path));
    result.failedGone = failures.filter(({ path }) => !paths.has(path)).map(({ path }) => path);
  }
  return result;
}

/** Fewer missing photos than these are forgotten without asking. */
const FEW = 5;
const MUCH = 0.25;

/** Whether so many photos are missing that the folder may only be out of reach. */
export const suspicious = (gone: number, stored: number): boolean => gone >= FEW && gone >= stored * MUCH;
