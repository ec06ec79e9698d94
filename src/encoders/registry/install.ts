import type { FileRecord } from "../../files/digest";
import { download, type Part } from "../../files/download";
import { DotlightError } from "../../files/errors";
import { missing, request } from "../../files/source";
import type { PackManifest } from "../pack";
import { describe, filesOf, layoutOf } from "./layouts";
import { HUB, type PublicPack } from "./registry";

/** Where a pack arrives, and where it is opened from once it is whole. */
export interface PackStore {
  /** A file of the pack that is arriving. */
  part(path: string): Part;
  /** Makes a pack of the files that have arrived; until then there is none. */
  finish(manifest: PackManifest, paths: string[]): Promise<void>;
  /** Forgets what has arrived. */
  clear(): Promise<void>;
}

export interface InstallOptions {
  /** Another host with the hub's paths. */
  hub?: string;
  /** Instead of the pinned one, or of "main". */
  revision?: string;
  signal?: AbortSignal;
  /** Bytes of all files. */
  onBytes?: (loaded: number, total: number) => void;
}

/**
 * Downloads a public pack and writes its manifest. What broke off is gone on with at the next call; after any other failure nothing is left.
 * @throws DotlightError "network", "missing-file", "truncated", "altered" (not what was pinned), "bad-manifest" (not what the registry describes)
 */
export async function install(pack: PublicPack, store: PackStore, options: InstallOptions = {}): Promise<PackManifest> {
  const { hub = HUB, signal, onBytes } = options;
  const revision = options.revision ?? pack.pin?.revision ?? "main";
  const paths = filesOf(pack);
  const loaded = new Map<string, number>();
  const report = (path: string, bytes: number) => {
    loaded.set(path, bytes);
    const sum = [...loaded.values()].reduce((a, b) => a + b, 0);
    onBytes?.(sum, Math.max(sum, pack.bytes));
  };
  try {
    const records: Record<string, FileRecord> = {};
    for (const path of paths) {
      const expect = pack.pin?.files[path];
      records[path] = await download(urlOf(hub, pack.repository, revision, path), store.part(path), {
        ...(expect ? { expect } : {}),
        ...(signal ? { signal } : {}),
        onBytes: (bytes) => report(path, bytes),
      });
    }
    const manifest = describe(pack, await small(pack, store), records, revision);
    await store.finish(manifest, paths);
    return manifest;
  } catch (error) {
    const again = signal?.aborted || (error instanceof DotlightError && error.code === "network");
    if (!again) await store.clear();
    throw error;
  }
}

const urlOf = (hub: string, repository: string, revision: string, path: string) =>
  `${hub.replace(/\/$/, "")}/${repository}/resolve/${encodeURIComponent(revision)}/${path}`;

/** The JSON files' contents by path. */
async function small(pack: PublicPack, store: PackStore): Promise<Map<string, unknown>> {
  const { text: _text, vision: _vision, cross: _cross, ...files } = layoutOf(pack);
  const contents = new Map<string, unknown>();
  for (const path of Object.values(files)) {
    try {
      contents.set(path, JSON.parse(new TextDecoder().decode(await store.part(path).bytes())));
    } catch (error) {
      throw new DotlightError(
        "bad-manifest",
        `${pack.repository}/${path} is not valid JSON (${error instanceof Error ? error.message : error}).`,
        "Check the hub or mirror that was given.",
      );
    }
  }
  return contents;
}

/** The hub's newest revision of a repository. @throws DotlightError "network", "missing-file" */
export async function newestRevision(hub: string, repository: string): Promise<string> {
  const url = `${hub.replace(/\/$/, "")}/api/models/${repository}/revision/main`;
  const { sha } = (await (await request(url, {})).json()) as { sha?: unknown };
  if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha)) throw missing(url, "it does not name a revision");
  return sha;
}
