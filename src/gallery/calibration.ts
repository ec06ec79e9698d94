import type { Source } from "../files/source";
import { type Bank, type Spread, spreadOver } from "../retrieval/relevance";
import type { Vector } from "../retrieval/scan";
import type { CalibrationTable } from "./manifest";
import { beginFile, CALIBRATION, checked, HEADER, wrong } from "./shard";

/** Captions in general, and what names them: a pack's others give other spreads. */
export interface Captions {
  digest: string;
  bank: Bank;
}

/** What each photo gives to queries in general: mean and deviation, f32 x 2. */
const WIDTH = 2;

export const calibrationBytes = (rows: number): number => HEADER + rows * WIDTH * 4;

/** A file of photos' spreads. */
export function calibrationFile(spreads: Spread[]): Uint8Array<ArrayBuffer> {
  const { bytes } = beginFile(calibrationBytes(spreads.length), CALIBRATION, { rows: spreads.length, dimension: WIDTH });
  const values = new Float32Array(bytes.buffer, HEADER);
  for (const [row, { mean, deviation }] of spreads.entries()) values.set([mean, deviation], row * WIDTH);
  return bytes;
}

/** Photos' spreads, by row. */
export const spreadsOf = (vectors: Vector[], { bank }: Captions): Spread[] => vectors.map((vector) => spreadOver(bank, vector));

/** Reads a whole table: what each photo gives to queries in general, by row. @throws DotlightError "bad-shard", as Source.read */
export async function readSpreads(source: Source, { files }: CalibrationTable): Promise<(row: number) => Spread> {
  const parts = await Promise.all(
    files.map(async (entry) => {
      const [bytes, name] = [await source.read(entry.file, { expect: entry }), source.location + entry.file];
      checked(bytes, name, CALIBRATION, calibrationBytes(entry.rows), { rows: entry.rows, dimension: WIDTH });
      const values = new Float32Array(bytes.slice(HEADER).buffer);
      if (!values.every((value, i) => Number.isFinite(value) && (i % WIDTH === 0 || value >= 0))) {
        throw wrong(name, "a spread", "NaN, infinite or negative", "a mean and a deviation");
      }
      return values;
    }),
  );
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return (row) => ({ mean: all[row * WIDTH]!, deviation: all[row * WIDTH + 1]! });
}
