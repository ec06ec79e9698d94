import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCalibration, writeCalibration } from "./calibration";

const written = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const bankOf = (rows: number, dimension: number, seed = 0) =>
  Array.from({ length: rows }, (_, row) => Float32Array.from({ length: dimension }, (_, i) => Math.sin(seed + row * 31 + i) * 5));
const good = () => ({ photos: bankOf(3, 5), captions: bankOf(2, 5, 9), dot: [1, 2, 3, 4, 5, 6], match: [1, 2, 3, 4, 5, 6, 7] });

describe("a pack's calibration", () => {
  it("comes back, each number of its banks within half a step of the largest", () => {
    const sizes = fc.record({ rows: fc.integer({ min: 2, max: 9 }), dimension: fc.integer({ min: 1, max: 20 }), seed: fc.nat(1000) });
    fc.assert(
      fc.property(sizes, ({ rows, dimension, seed }) => {
        const photos = bankOf(rows, dimension, seed);
        const { photos: found, match } = parseCalibration(
          written(writeCalibration({ ...good(), photos, captions: photos })),
          "c",
          dimension,
        );
        const most = Math.max(...photos.flatMap((row) => [...row].map(Math.abs)));
        expect(found.length).toBe(rows);
        for (const [r, row] of photos.entries())
          for (const [i, value] of row.entries()) expect(Math.abs(found[r]![i]! - value)).toBeLessThanOrEqual((most / 127) * 0.501);
        expect(match).toEqual(good().match);
      }),
    );
  });

  it("may know nothing of match logits", () => {
    const { match: _, ...dotOnly } = good();
    expect(parseCalibration(written(writeCalibration(dotOnly)), "c", 5).match).toBeUndefined();
  });

  it.each([
    ["nothing", () => null, /its format is not/],
    ["another format", (c: any) => ({ ...c, format: "dotlight-pack" }), /its format is not/],
    ["too few weights", (c: any) => ({ ...c, dot: [1, 2] }), /dot should be 6 numbers/],
    ["a weight that is no number", (c: any) => ({ ...c, match: [1, 2, 3, 4, 5, 6, null] }), /match should be 7 numbers/],
    ["no photos", (c: any) => ({ ...c, photos: undefined }), /photos should have 2 to 4096 rows/],
    ["a million rows", (c: any) => ({ ...c, photos: { ...c.photos, rows: 1e6 } }), /photos should have 2 to 4096 rows/],
    ["a row too few", (c: any) => ({ ...c, photos: { ...c.photos, rows: 2 } }), /photos should hold 2 x 5 codes/],
    ["codes that are no base64", (c: any) => ({ ...c, captions: { ...c.captions, codes: "<script>=====" } }), /captions should hold 2 x 5/],
    ["a scale of 0", (c: any) => ({ ...c, captions: { ...c.captions, scale: 0 } }), /scale of captions/],
  ])("with %s is refused", (_, change, message) => {
    const data = change(written(writeCalibration(good())));
    expect(() => parseCalibration(data, "c", 5)).toThrow(
      expect.objectContaining({ code: "bad-manifest", message: expect.stringMatching(message) }),
    );
  });

  it("of a later version, or for vectors of another length, is refused", () => {
    const data = written(writeCalibration(good()));
    expect(() => parseCalibration({ ...data, version: 2 }, "c", 5)).toThrow(expect.objectContaining({ code: "unsupported-version" }));
    expect(() => parseCalibration(data, "c", 6)).toThrow(/photos should hold 3 x 6 codes/);
  });
});
