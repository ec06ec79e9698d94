import { DotlightError } from "../files/errors";
import { readJson, type Source } from "../files/source";
import type { FragmentTable } from "./manifest";

/** Fragments held in memory: a gallery of a million photos has thousands. */
const MOST_FRAGMENTS = 64;

/** Rows of JSON in fragments, the last read of them in memory. */
export class FragmentReader<Row> {
  readonly #fragments = new Map<number, Promise<Row[]>>();

  constructor(
    readonly source: Source,
    readonly table: FragmentTable,
    readonly valid: (value: unknown) => boolean,
  ) {}

  async rows(numbers: number[]): Promise<Row[]> {
    const each = this.table.perFragment;
    // Once each for this call, however many others push them out meanwhile.
    const needed = new Map<number, Promise<Row[]>>();
    const fragment = (number: number) => {
      const read = needed.get(number) ?? this.#fragment(number);
      needed.set(number, read);
      return read;
    };
    return Promise.all(
      numbers.map(async (number) => {
        const row = (await fragment(Math.floor(number / each)))[number % each];
        if (row === undefined) throw new RangeError(`Row ${number} is beyond the table's end.`);
        return row;
      }),
    );
  }

  /** The first row, of fragments that are here already and then of the others, that is `wanted`; fragments without it are not kept. */
  async find(wanted: (row: Row) => boolean): Promise<number | undefined> {
    const here = [...this.#fragments.keys()];
    const others = this.table.fragments.map((_, number) => number).filter((number) => !this.#fragments.has(number));
    for (const number of [...here, ...others]) {
      const fragment = this.#fragments.get(number) ?? this.#read(number);
      const place = (await fragment).findIndex(wanted);
      if (place < 0) continue;
      this.#fragments.set(number, fragment);
      return number * this.table.perFragment + place;
    }
    return undefined;
  }

  #fragment(number: number): Promise<Row[]> {
    let fragment = this.#fragments.get(number);
    if (!fragment) {
      fragment = this.#read(number);
      // A failed read may be tried again.
      fragment.catch(() => this.#fragments.delete(number));
      this.#fragments.set(number, fragment);
      if (this.#fragments.size > MOST_FRAGMENTS) this.#fragments.delete(this.#fragments.keys().next().value!);
    }
    return fragment;
  }

  async #read(number: number): Promise<Row[]> {
    const entry = this.table.fragments[number];
    if (!entry) throw new RangeError(`Fragment ${number} is beyond the table's end.`);
    const rows = await readJson(this.source, entry.file, { expect: entry });
    if (!Array.isArray(rows) || rows.length !== entry.rows || !rows.every(this.valid)) {
      throw new DotlightError(
        "bad-manifest",
        `${this.source.location}${entry.file} does not hold ${entry.rows} well-formed rows.`,
        "The file is damaged: build the gallery again.",
      );
    }
    return rows as Row[];
  }
}
