import type { Claim, Condition, Engine, EngineHit, EngineRow, Fields } from "./engine";
import { EngineHost, type Patience } from "./host";

/** Where everything is that is in no other tenant's database. */
const DATABASE = "/api/v2/tenants/default_tenant/databases/default_database/collections";
/**
 * Inner product, as everywhere here. The other numbers let a query look at more than Chroma's own (100, 100, 16) do: with 200, 200, 32 it found 0.955 of
 * the true ten among 100,000 (e2e/ways.spec.ts), with these 0.970 in the same time; filling took 1.7 times as long.
 */
const INDEX = { space: "ip", ef_construction: 400, ef_search: 500, max_neighbors: 48 };
/** Rows of a request: about a megabyte at 256 dimensions. */
const BATCH = 1000;

/**
 * A collection in Chroma, by its documented HTTP interface (v2). Not by its client from npm: that can neither end a question nor be told how long to
 * wait, takes a web page for an answer, knows no path before the interface, and imports node:process.
 */
export class Chroma implements Engine {
  readonly name: string;
  readonly batch = BATCH;
  readonly #host: EngineHost;
  #path: string | undefined;
  #base64: boolean | undefined;

  constructor(
    url: string,
    readonly collection: string,
    patience: Patience,
  ) {
    this.#host = new EngineHost("Chroma", url, patience);
    this.name = this.#host.name;
  }

  async open(): Promise<{ claim: Claim; rows: number } | undefined> {
    const reply = await this.#host.ask(`${DATABASE}/${encodeURIComponent(this.collection)}`);
    if (reply.status === 404 && (reply.data as { error?: unknown } | null)?.error === "NotFoundError") return undefined;
    const claim = this.#take(this.#host.accepted(reply));
    const rows = this.#host.accepted(await this.#host.ask(`${this.#path}/count`));
    if (!Number.isInteger(rows)) throw this.#unexpected("a number of rows");
    return { claim, rows: rows as number };
  }

  async create({ digest, pack }: Claim): Promise<void> {
    const metadata = { dotlight_photos: digest, dotlight_pack: pack };
    const made = await this.#host.ask(DATABASE, { name: this.collection, metadata, configuration: { hnsw: INDEX } });
    this.#take(this.#host.accepted(made));
  }

  /** Remembers the collection. */
  #take(data: unknown): Claim {
    const { id, metadata } = (data ?? {}) as { id?: unknown; metadata?: Record<string, unknown> | null };
    if (typeof id !== "string" || !/^[\w-]+$/.test(id)) throw this.#unexpected("a collection");
    this.#path = `${DATABASE}/${id}`;
    const said = (key: string) => (typeof metadata?.[key] === "string" ? (metadata[key] as string) : "");
    return { digest: said("dotlight_photos"), pack: said("dotlight_pack") };
  }

  async present(rows: number[]): Promise<Set<number>> {
    const { ids } = await this.#post("get", { ids: rows.map(String), include: [] });
    return new Set(this.#rows(ids));
  }

  async put(rows: EngineRow[]): Promise<void> {
    this.#base64 ??= await this.#knowsBase64();
    const coded = ({ vector }: EngineRow) => (this.#base64 ? base64(vector) : rounded(vector));
    await this.#post("upsert", {
      ids: rows.map(({ row }) => String(row)),
      embeddings: rows.map(coded),
      metadatas: rows.map(({ fields }) => (Object.keys(fields).length > 0 ? fields : null)),
    });
  }

  async #knowsBase64(): Promise<boolean> {
    const checks = this.#host.accepted(await this.#host.ask("/api/v2/pre-flight-checks"));
    return (checks as { supports_base64_encoding?: unknown } | null)?.supports_base64_encoding === true;
  }

  async search(
    vector: ArrayLike<number>,
    k: number,
    where: Condition[],
    { fields, signal }: { fields: boolean; signal?: AbortSignal },
  ): Promise<EngineHit[]> {
    const include = ["distances", ...(fields ? ["metadatas"] : [])];
    const answer = await this.#post("query", { query_embeddings: [rounded(vector)], n_results: k, include, ...whereOf(where) }, signal);
    const [ids, distances, metadatas] = [answer.ids, answer.distances, answer.metadatas].map((each) => (each as unknown[] | null)?.[0]);
    const rows = this.#rows(ids);
    const numbers = Array.isArray(distances) && distances.every(Number.isFinite) ? (distances as number[]) : [];
    const told = fields ? metadatas : rows.map(() => ({}));
    if (numbers.length !== rows.length || !Array.isArray(told) || told.length !== rows.length || rows.length > k) {
      throw this.#unexpected(`at most ${k} rows with their distances`);
    }
    return rows.map((row, i) => ({ row, score: 1 - numbers[i]!, fields: (told[i] ?? {}) as Fields }));
  }

  async vectors(rows: number[]): Promise<Float64Array[]> {
    const { ids, embeddings } = await this.#post("get", { ids: rows.map(String), include: ["embeddings"] });
    const placeOf = new Map(this.#rows(ids).map((row, i) => [row, i]));
    return rows.map((row) => {
      const vector = (embeddings as unknown[] | null)?.[placeOf.get(row) ?? -1];
      if (!Array.isArray(vector) || !vector.every(Number.isFinite)) throw this.#host.wrong(`has no vector of photo ${row}`);
      return Float64Array.from(vector as number[]);
    });
  }

  async matching(where: Condition[], most: number): Promise<number[]> {
    const { ids } = await this.#post("get", { limit: most, include: [], ...whereOf(where) });
    return this.#rows(ids).sort((a, b) => a - b);
  }

  async #post(what: string, body: unknown, signal?: AbortSignal): Promise<Record<string, unknown>> {
    if (!this.#path && !(await this.open())) throw this.#gone();
    const reply = await this.#host.ask(`${this.#path}/${what}`, body, signal);
    if (reply.status === 404) {
      // One of its name may be there, with another number.
      this.#path = undefined;
      throw this.#gone();
    }
    return (this.#host.accepted(reply) ?? {}) as Record<string, unknown>;
  }

  #gone() {
    return this.#host.wrong(`has no collection "${this.collection}" (any more)`);
  }

  /** Row numbers, each once. */
  #rows(ids: unknown): number[] {
    const rows = Array.isArray(ids) ? ids.map((id) => (typeof id === "string" && /^\d+$/.test(id) ? Number(id) : -1)) : [-1];
    if (rows.includes(-1) || new Set(rows).size !== rows.length) throw this.#unexpected("photos' numbers");
    return rows;
  }

  #unexpected(what: string) {
    return this.#host.wrong(`answered, but not with ${what}`, "Check the address, and that this version of Chroma has the interface v2.");
  }
}

function whereOf(conditions: Condition[]): { where?: unknown } {
  const all = conditions.flatMap((condition): unknown[] => {
    if ("is" in condition) return [{ [condition.field]: { $eq: condition.is } }];
    const { field, from, to } = condition;
    return [...(from === undefined ? [] : [{ [field]: { $gte: from } }]), ...(to === undefined ? [] : [{ [field]: { $lte: to } }])];
  });
  if (all.length === 0) return {};
  return { where: all.length === 1 ? all[0] : { $and: all } };
}

/** As many digits as tell 32-bit numbers apart. */
const rounded = (vector: ArrayLike<number>): number[] => Array.from(vector, (value) => Number(value.toPrecision(9)));

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  let text = "";
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) text += String.fromCharCode(byte);
  return btoa(text);
}
