import { BLOCK } from "../files/digest";
import { DotlightError } from "../files/errors";
import { safePath } from "../files/path";
import { calibrationBytes } from "./calibration";
import { indexBytes } from "./clusters";
import type { FileEntry, GalleryManifest } from "./manifest";
import { mapBytes } from "./map";
import { regionBytes } from "./regions";
import { exactBytes, planeBytes } from "./shard";

const VERSION = 1;
/** Larger claims than these are taken for damage before anything is allocated. */
const MOST_ROWS = 100_000_000;
const MOST_BYTES = 1 << 30;
const MOST_PHRASES = 10_000;

/**
 * Checks an untrusted gallery.json.
 * @throws DotlightError "bad-manifest", "unsupported-version", "empty-gallery", "bad-path"
 */
export function parseManifest(data: unknown, name: string): GalleryManifest {
  const check = new Checker(name);
  const root = check.object(data, "");
  if (root.format !== "dotlight-gallery") check.fail("format", '"dotlight-gallery"', root.format);
  if (root.version !== VERSION) {
    throw new DotlightError(
      "unsupported-version",
      `${name} has version ${JSON.stringify(root.version)}, this page reads version ${VERSION}.`,
      typeof root.version === "number" && root.version > VERSION
        ? "Use a newer version of Dotlight, or build the gallery again with this one."
        : "Build the gallery again with this version of Dotlight.",
    );
  }
  const pack = check.object(root.pack, "pack");
  check.text(root.name, "name");
  check.text(pack.id, "pack.id");
  check.text(pack.fingerprint, "pack.fingerprint");
  const dimension = check.natural(root.dimension, "dimension", 2048);
  if (root.metric !== "dot" && root.metric !== "cosine") check.fail("metric", '"dot" or "cosine"', root.metric);
  const count = check.natural(root.count, "count", MOST_ROWS);
  if (count === 0) {
    throw new DotlightError(
      "empty-gallery",
      `The gallery "${String(root.name)}" holds no photos.`,
      "Build it again from a folder that holds photos.",
    );
  }
  if (dimension === 0) check.fail("dimension", "at least 1", 0);
  const tables = check.object(root.tables, "tables");
  if (tables.engine === undefined) check.vectors(tables.vectors, "tables.vectors", count, dimension);
  else check.engine(tables.engine, "tables.engine", dimension);
  check.fragments(tables.items, "tables.items", count);
  if (tables.captions !== undefined) {
    const captions = check.object(tables.captions, "tables.captions");
    const languages = check.object(captions.languages, "tables.captions.languages");
    for (const [language, value] of Object.entries(languages)) {
      const at = `tables.captions.languages.${language}`;
      const table = check.object(value, at);
      const rows = check.natural(table.count, `${at}.count`, MOST_ROWS);
      check.vectors(table.vectors, `${at}.vectors`, rows, dimension);
      check.fragments(table.texts, `${at}.texts`, rows);
    }
  }
  if (tables.regions !== undefined) check.regions(tables.regions, "tables.regions", count);
  if (tables.calibration !== undefined) check.calibration(tables.calibration, "tables.calibration", count);
  if (tables.phrases !== undefined) check.phrases(tables.phrases, "tables.phrases");
  if (tables.clusters !== undefined && tables.engine === undefined) check.clusters(tables.clusters, "tables.clusters", count, dimension);
  if (tables.map !== undefined) check.map(tables.map, "tables.map", count);
  return data as GalleryManifest;
}

/** Whether a page may ask an address: what is sent is not to be read on the way (src/security.ts says the same to the browser). */
export function reachable(url: unknown): boolean {
  if (typeof url !== "string" || !URL.canParse(url)) return false;
  const { protocol, hostname, username, search, hash } = new URL(url);
  return (protocol === "https:" || (protocol === "http:" && hostname === "localhost")) && username + search + hash === "";
}

/** Checks of untrusted JSON that name the place, the found and the expected value. */
class Checker {
  constructor(readonly name: string) {}

  fail(at: string, expected: string, found: unknown): never {
    throw new DotlightError(
      "bad-manifest",
      `${this.name}: ${at || "the document"} should be ${expected}, found ${JSON.stringify(found)?.slice(0, 60)}.`,
      "The file is damaged or was not made by Dotlight: build the gallery again.",
    );
  }

  object(value: unknown, at: string): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.fail(at, "an object", value);
    return value as Record<string, unknown>;
  }

  text(value: unknown, at: string): void {
    if (typeof value !== "string" || value.length > 2000) this.fail(at, "a text", value);
  }

  natural(value: unknown, at: string, most: number): number {
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most) {
      this.fail(at, `a whole number from 0 to ${most}`, value);
    }
    return value as number;
  }

  vectors(value: unknown, at: string, rows: number, dimension: number): void {
    const table = this.object(value, at);
    if (table.version !== 2) {
      throw new DotlightError(
        "unsupported-version",
        `${this.name}: ${at} has version ${JSON.stringify(table.version)}, this page reads version 2.`,
        table.version === 1 ? "Build the gallery again with this version of Dotlight." : "Use a newer version of Dotlight.",
      );
    }
    const { planes } = table;
    if (!Array.isArray(planes) || planes.length < 1 || planes.length > 3) this.fail(`${at}.planes`, "a list of one to three", planes);
    const shards = (planes as unknown[]).map((plane, i) => this.files(plane, `${at}.planes[${i}]`, rows));
    const matches = (entries: FileEntry[], where: string, bytes: (of: { rows: number; dimension: number }) => number) => {
      if (entries.length !== shards[0]!.length) this.fail(where, `${shards[0]!.length} shards`, entries.length);
      for (const [i, entry] of entries.entries()) {
        if (entry.rows !== shards[0]![i]!.rows) this.fail(`${where}[${i}].rows`, String(shards[0]![i]!.rows), entry.rows);
        const size = bytes({ rows: entry.rows, dimension });
        if (entry.bytes !== size) this.fail(`${where}[${i}].bytes`, String(size), entry.bytes);
      }
    };
    for (const [i, entries] of shards.entries()) matches(entries, `${at}.planes[${i}]`, (of) => planeBytes(i + 1, of));
    if (table.exact === undefined) return;
    const exact = this.files(table.exact, `${at}.exact`, rows);
    matches(exact, `${at}.exact`, exactBytes);
    this.blocks(exact, `${at}.exact`);
  }

  engine(value: unknown, at: string, dimension: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    if (table.kind !== "chroma") this.fail(`${at}.kind`, '"chroma"', table.kind);
    if (!reachable(table.url)) this.fail(`${at}.url`, "an https address, or one of http://localhost", table.url);
    for (const text of ["collection", "digest"]) this.text(table[text], `${at}.${text}`);
    if (table.calibration !== undefined) this.text(table.calibration, `${at}.calibration`);
    const sample = this.object(table.sample, `${at}.sample`) as unknown as FileEntry;
    this.files([sample], `${at}.sample`, sample.rows);
    const bytes = exactBytes({ rows: sample.rows, dimension });
    if (sample.rows < 1 || sample.bytes !== bytes) this.fail(`${at}.sample.bytes`, String(bytes), sample.bytes);
    this.files([table.facets], `${at}.facets`, 1);
  }

  regions(value: unknown, at: string, rows: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    const shape = { count: this.natural(table.count, `${at}.count`, 4096), width: this.natural(table.width, `${at}.width`, 4096) };
    const files = this.files(table.files, `${at}.files`, rows);
    for (const [i, { rows: own, bytes }] of files.entries()) {
      if (bytes !== regionBytes(own, shape)) this.fail(`${at}.files[${i}].bytes`, String(regionBytes(own, shape)), bytes);
    }
    this.blocks(files, `${at}.files`);
  }

  calibration(value: unknown, at: string, rows: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    this.text(table.digest, `${at}.digest`);
    for (const [i, { rows: own, bytes }] of this.files(table.files, `${at}.files`, rows).entries()) {
      if (bytes !== calibrationBytes(own)) this.fail(`${at}.files[${i}].bytes`, String(calibrationBytes(own)), bytes);
    }
  }

  phrases(value: unknown, at: string): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    const rows = this.natural(this.object(table.file, `${at}.file`).rows, `${at}.file.rows`, MOST_PHRASES);
    this.files([table.file], `${at}.file`, rows);
  }

  map(value: unknown, at: string, rows: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    const [entry] = this.files([table.file], `${at}.file`, rows);
    if (entry!.bytes !== mapBytes(rows)) this.fail(`${at}.file.bytes`, String(mapBytes(rows)), entry!.bytes);
  }

  clusters(value: unknown, at: string, rows: number, dimension: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    const narrow = this.natural(table.dimension, `${at}.dimension`, dimension);
    const lists = this.natural(table.lists, `${at}.lists`, rows);
    if (narrow * lists * this.natural(table.probes, `${at}.probes`, lists) === 0) this.fail(at, "lists to read", table);
    if (!((table.deviations as number) >= 0)) this.fail(`${at}.deviations`, "at least 0", table.deviations);
    const sizes: [string, FileEntry, number][] = [["index", table.index as FileEntry, indexBytes(lists, narrow, dimension)]];
    const files = this.files(table.files, `${at}.files`, rows);
    const exact = this.files(table.exact, `${at}.exact`, rows);
    for (const [i, entry] of exact.entries()) {
      if (entry.rows !== files[i]?.rows) this.fail(`${at}.exact[${i}].rows`, String(files[i]?.rows), entry.rows);
      sizes.push([`exact[${i}]`, entry, exactBytes({ rows: entry.rows, dimension })]);
    }
    const sample = this.object(table.sample, `${at}.sample`) as unknown as FileEntry;
    sizes.push(["sample", sample, exactBytes({ rows: sample.rows, dimension })]);
    for (const [name, entry, bytes] of sizes) {
      this.files([entry], `${at}.${name}`, entry.rows);
      if (entry.bytes !== bytes) this.fail(`${at}.${name}.bytes`, String(bytes), entry.bytes);
    }
  }

  /** What is read by row has a digest for each of its blocks. */
  blocks(entries: FileEntry[], at: string): void {
    for (const [i, { blocks, bytes }] of entries.entries()) {
      const count = Math.ceil(bytes / BLOCK);
      if (blocks?.length !== count) this.fail(`${at}[${i}].blocks`, `${count} digests`, blocks?.length);
    }
  }

  fragments(value: unknown, at: string, rows: number): void {
    const table = this.object(value, at);
    if (table.version !== 1) this.fail(`${at}.version`, "1", table.version);
    const each = this.natural(table.perFragment, `${at}.perFragment`, 1_000_000);
    const entries = this.files(table.fragments, `${at}.fragments`, rows);
    for (const [i, entry] of entries.entries()) {
      const expected = Math.min(each, rows - i * each);
      if (entry.rows !== expected) this.fail(`${at}.fragments[${i}].rows`, String(expected), entry.rows);
    }
  }

  /** File entries whose rows sum to `rows`. */
  files(value: unknown, at: string, rows: number): FileEntry[] {
    if (!Array.isArray(value)) this.fail(at, "a list", value);
    let sum = 0;
    for (const [i, data] of (value as unknown[]).entries()) {
      const entry = this.object(data, `${at}[${i}]`);
      this.text(entry.file, `${at}[${i}].file`);
      safePath(entry.file as string);
      this.natural(entry.bytes, `${at}[${i}].bytes`, MOST_BYTES);
      sum += this.natural(entry.rows, `${at}[${i}].rows`, MOST_ROWS);
      const digests = [entry.sha256, ...(Array.isArray(entry.blocks) ? entry.blocks : [])];
      if (digests.some((d) => typeof d !== "string" || !/^[0-9a-f]{64}$/.test(d))) this.fail(`${at}[${i}]`, "sha256 in hex", digests[0]);
    }
    if (sum !== rows) this.fail(at, `${rows} rows in all`, sum);
    return value as FileEntry[];
  }
}
