import type { Engine } from "./engines/engine";
import { conditionsOf } from "./engines/fields";
import { openEngine } from "./engines/open";
import type { FacetCounts, PhotoFilter } from "./gallery/facets";
import type { Gallery } from "./gallery/reader";

/** Photos that are listed of those a filter keeps. */
const MOST_LISTED = 10_000;

/** What a gallery's photos can be filtered by where an engine has them: it knows which photos a filter keeps. */
export class EngineFilters {
  readonly #engine: Engine;
  #facets: Promise<FacetCounts> | undefined;
  /** What the filter of the last look keeps: a gallery is looked through piece by piece. */
  #kept: { filter: string; rows: Promise<number[]> } | undefined;

  constructor(readonly gallery: Gallery) {
    this.#engine = openEngine(gallery.manifest.tables.engine!);
  }

  /** Values with the number of their photos, which beside other filters is not known. @throws DotlightError "network", "engine" */
  async counts(filter: PhotoFilter): Promise<FacetCounts> {
    this.#facets ??= this.gallery.engineFacets();
    this.#facets.catch(() => {
      this.#facets = undefined;
    });
    const facets = await this.#facets;
    const kept = await this.rows(filter);
    if (!kept) return facets;
    const names = (counts: FacetCounts["folder"]): FacetCounts["folder"] => counts.map(([value]) => [value]);
    const { folder, type, shape, place, days } = facets;
    return {
      kept: kept.length,
      ...(kept.length === MOST_LISTED ? { more: true } : {}),
      folder: names(folder),
      type: names(type),
      shape: names(shape),
      place: names(place),
      days,
    };
  }

  /** The first of the rows that a filter keeps, in order; undefined where that is every row. @throws DotlightError "network", "engine" */
  async rows(filter: PhotoFilter): Promise<number[] | undefined> {
    const conditions = conditionsOf(filter);
    if (conditions.length === 0) return undefined;
    const key = JSON.stringify(filter);
    if (this.#kept?.filter !== key) {
      const rows = this.#engine.matching(conditions, MOST_LISTED);
      this.#kept = { filter: key, rows };
      rows.catch(() => {
        this.#kept = undefined;
      });
    }
    return this.#kept!.rows;
  }
}
