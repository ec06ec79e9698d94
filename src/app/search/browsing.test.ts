import { expect, test } from "vitest";
import { Browsing } from "./browsing";
import type { Photos } from "./photos";

/** A gallery of a million photos whose pieces arrive when the test says so. */
function slow() {
  const asked: number[] = [];
  let arrive = () => {};
  let photos: Photos | undefined;
  let changed = () => {};
  new Browsing(
    async (from, to) => {
      asked.push(from);
      await new Promise<void>((done) => {
        arrive = done;
      });
      const rows = Array.from({ length: to - from }, (_, i) => from + i);
      return { total: 1_000_000, rows, items: rows.map((row) => ({ id: `photo ${row}` })) };
    },
    {
      change: (now) => {
        photos = now;
        changed();
      },
      problem: (error) => {
        throw error;
      },
    },
  );
  const next = async (): Promise<Photos> => {
    const change = new Promise<void>((done) => {
      changed = done;
    });
    arrive();
    await change;
    return photos!;
  };
  return { asked, next };
}

test("what was scrolled past while a piece was on its way is not read", async () => {
  const { asked, next } = slow();
  const photos = await next();
  expect([photos.count, photos.at(63)?.row, photos.at(64)]).toEqual([1_000_000, 63, undefined]);
  for (let place = 1000; place <= 900_000; place += 1000) photos.want(place, place + 40);
  expect((await next()).at(1000)?.row).toBe(1000);
  expect((await next()).at(900_000)?.item.id).toBe("photo 900000");
  expect(asked).toEqual([0, 960, 899_968, 900_032]);
});

test("however far one scrolls, only the last pieces are held", async () => {
  const { next } = slow();
  let photos = await next();
  for (let place = 64; place < 64 * 300; place += 64) {
    photos.want(place, place + 64);
    photos = await next();
  }
  const held = Array.from({ length: 300 }, (_, piece) => photos.at(piece * 64)).filter(Boolean);
  expect(held).toHaveLength(100);
  expect(photos.at(299 * 64)?.row).toBe(299 * 64);
});
