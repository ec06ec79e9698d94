import type { EngineTable } from "../gallery/manifest";
import { Chroma } from "./chroma";
import type { Engine } from "./engine";
import { type Patience, VISITOR } from "./host";

/** The collection that a gallery names; nothing is asked of it yet. */
export const openEngine = (
  { kind, url, collection }: Pick<EngineTable, "kind" | "url" | "collection">,
  patience: Patience = VISITOR,
): Engine => new ENGINES[kind](url, collection, patience);

const ENGINES = { chroma: Chroma };
