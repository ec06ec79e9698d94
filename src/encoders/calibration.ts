import { sha256 } from "../files/digest";
import { DotlightError } from "../files/errors";
import { readJson } from "../files/source";
import { type Bank, type Calibration, FEATURES } from "../retrieval/relevance";
import type { Pack } from "./pack";

/** Vectors in a pack's calibration: signed bytes, to be multiplied by `scale`, in base64, row after row. */
interface CodedBank {
  rows: number;
  scale: number;
  codes: string;
}

export const CALIBRATION = "calibration.json";
const FORMAT = "dotlight-calibration";
const VERSION = 1;
const MOST_ROWS = 4096;

/** What the pack's scores mean; undefined for a pack that does not say it. @throws DotlightError "bad-manifest", "unsupported-version", as Source.read */
export async function readCalibration(pack: Pack): Promise<Calibration | undefined> {
  const expect = pack.manifest.files[CALIBRATION];
  if (!expect) return undefined;
  return parseCalibration(
    await readJson(pack.source, CALIBRATION, { expect }),
    pack.source.location + CALIBRATION,
    pack.manifest.dimension,
  );
}

/** Checks and decodes an untrusted calibration.json of vectors of this dimension. */
export function parseCalibration(data: unknown, name: string, dimension: number): Calibration {
  const bad = (what: string) =>
    new DotlightError("bad-manifest", `${name} is not a usable calibration: ${what}.`, "Make it again: dotlight pack calibrate.");
  const coded = data as {
    format?: unknown;
    version?: unknown;
    photos: CodedBank;
    captions: CodedBank;
    dot: unknown;
    match?: unknown;
  } | null;
  if (typeof coded !== "object" || coded?.format !== FORMAT) throw bad(`its format is not "${FORMAT}"`);
  if (coded.version !== VERSION) {
    throw new DotlightError(
      "unsupported-version",
      `${name} has version ${JSON.stringify(coded.version)}, this page reads version ${VERSION}.`,
      "Use a version of Dotlight and of the pack that go together.",
    );
  }
  const weights = (value: unknown, size: number, what: string): number[] => {
    if (Array.isArray(value) && value.length === size && value.every(Number.isFinite)) return value;
    throw bad(`${what} should be ${size} numbers`);
  };
  const bank = (value: CodedBank, what: string): Bank => {
    const { rows, scale, codes } = value ?? {};
    if (!Number.isInteger(rows) || rows < 2 || rows > MOST_ROWS) throw bad(`${what} should have 2 to ${MOST_ROWS} rows`);
    if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) throw bad(`the scale of ${what} is no positive number`);
    const size = rows * dimension;
    if (typeof codes !== "string" || codes.length !== Math.ceil(size / 3) * 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(codes)) {
      throw bad(`${what} should hold ${rows} x ${dimension} codes`);
    }
    const values = Float32Array.from(atob(codes), (c) => ((c.charCodeAt(0) << 24) >> 24) * scale);
    if (values.length !== size) throw bad(`${what} should hold ${rows} x ${dimension} codes`);
    return Array.from({ length: rows }, (_, row) => values.subarray(row * dimension, (row + 1) * dimension));
  };
  return {
    photos: bank(coded.photos, "photos"),
    captions: bank(coded.captions, "captions"),
    dot: weights(coded.dot, FEATURES + 1, "dot"),
    ...(coded.match === undefined ? {} : { match: weights(coded.match, FEATURES + 2, "match") }),
  };
}

/** calibration.json of a calibration; its banks lose what eight bits do not hold. */
export function writeCalibration({ photos, captions, dot, match }: Calibration): Uint8Array<ArrayBuffer> {
  const rounded = (weights: number[]) => weights.map((weight) => Number(weight.toPrecision(6)));
  const coded = {
    format: FORMAT,
    version: VERSION,
    dot: rounded(dot),
    ...(match ? { match: rounded(match) } : {}),
    photos: code(photos),
    captions: code(captions),
  };
  return new TextEncoder().encode(`${JSON.stringify(coded)}\n`);
}

/** Names a bank: what was scored with it stays comparable when the weights are fitted anew. */
export function bankDigest(bank: Bank): Promise<string> {
  const values = Float32Array.from(bank.flatMap((vector) => [...vector]));
  return sha256(new Uint8Array(values.buffer));
}

function code(bank: Bank): CodedBank {
  let most = 0;
  for (const vector of bank) for (const value of vector) most = Math.max(most, Math.abs(value));
  const scale = Number((most / 127 || 1).toPrecision(6));
  const codes = bank.map((vector) => String.fromCharCode(...Array.from(vector, (value) => clamp(Math.round(value / scale)) & 255)));
  return { rows: bank.length, scale, codes: btoa(codes.join("")) };
}

const clamp = (code: number): number => Math.max(-127, Math.min(127, code));
