import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { between, type Camera, extent, moved, seeing, toFrame, WHOLE, zoomed } from "./camera";

const FRAME = { width: 800, height: 500 };
const MOST = 60;
const share = fc.double({ min: 0, max: 1, noNaN: true });
const px = fc.double({ min: -2000, max: 2000, noNaN: true });
/** Cameras as moving and zooming make them. */
const camera = fc
  .array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), px, px), { maxLength: 5 })
  .map((steps) => steps.reduce<Camera>((now, [factor, x, y]) => moved(zoomed(now, FRAME, factor, x, y, MOST), FRAME, x, y), WHOLE));

describe("the map's camera", () => {
  it("shows the whole map within the frame at first", () => {
    const { width, height } = extent(FRAME);
    const [left, top] = toFrame(WHOLE, FRAME, 0, 0);
    const [right, bottom] = toFrame(WHOLE, FRAME, 1, 1);
    expect([right - left, bottom - top]).toEqual([width, height]);
    expect(left).toBeGreaterThan(0);
    expect(top).toBeGreaterThan(0);
  });

  it("never leaves the map, nor comes nearer or goes further than it may", () => {
    fc.assert(
      fc.property(camera, ({ x, y, zoom }) => {
        expect(zoom).toBeGreaterThanOrEqual(1);
        expect(zoom).toBeLessThanOrEqual(MOST);
        for (const at of [x, y]) expect(Math.abs(at - 0.5)).toBeLessThanOrEqual((1 - 1 / zoom) / 2 + 1e-9);
      }),
    );
  });

  it("leaves what is under the pointer where it is while it zooms in", () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 1, max: 8, noNaN: true }), (x, y, factor) => {
        const before = zoomed(WHOLE, FRAME, 3, 400, 250, MOST);
        const [atX, atY] = toFrame(before, FRAME, 0.4 + 0.2 * x, 0.4 + 0.2 * y);
        const [nowX, nowY] = toFrame(zoomed(before, FRAME, factor, atX, atY, MOST), FRAME, 0.4 + 0.2 * x, 0.4 + 0.2 * y);
        expect(nowX).toBeCloseTo(atX, 6);
        expect(nowY).toBeCloseTo(atY, 6);
      }),
    );
  });

  it("sees every place that it is told to see, and stays where it sees it already", () => {
    fc.assert(
      fc.property(camera, share, share, (from, x, y) => {
        const to = seeing(from, FRAME, x, y, 40);
        const [atX, atY] = toFrame(to, FRAME, x, y);
        expect(Math.min(atX, atY, FRAME.width - atX, FRAME.height - atY)).toBeGreaterThanOrEqual(40 - 1e-6);
        const again = seeing(to, FRAME, x, y, 40);
        expect(again.x).toBeCloseTo(to.x, 9);
        expect(again.y).toBeCloseTo(to.y, 9);
      }),
    );
  });

  it("glides from one to the other", () => {
    fc.assert(
      fc.property(camera, camera, (from, to) => {
        for (const [at, end] of [
          [0, from],
          [1, to],
        ] as const) {
          const now = between(from, to, at);
          for (const of of ["x", "y", "zoom"] as const) expect(now[of]).toBeCloseTo(end[of], 6);
        }
      }),
    );
  });
});
