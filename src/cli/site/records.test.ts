import { appendFileSync, mkdtempSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type PhotoRecord, Records, Seen } from "./records";

const temporary = (): string => mkdtempSync(join(tmpdir(), "dotlight-"));
const DIGEST = "ab".repeat(32);

test("a record comes back as it was put, one that was cut short does not", async () => {
  const folder = temporary();
  const picture = { file: "thumbs/ab/x.avif", bytes: 5, sha256: DIGEST, width: 2, height: 1 };
  const record: PhotoRecord = {
    shown: { thumb: picture, large: picture, color: "#102030", details: { width: 2, height: 1, type: "jpeg" } },
    texts: { caption: "line\nbreak, ünïcode" },
    vector: Float32Array.of(1.5, -2, 3e-38),
    regions: Float32Array.of(4, 5),
  };
  const records = new Records(folder, "made");
  await records.put(DIGEST, record);
  expect(await records.get(DIGEST)).toEqual(record);
  expect(await new Records(folder, "made otherwise").get(DIGEST)).toBeUndefined();
  const file = join(folder, "made/ab", DIGEST);
  truncateSync(file, readFileSync(file).length - 4);
  expect(await records.get(DIGEST)).toBeUndefined();
  truncateSync(file, 10);
  expect(await records.get(DIGEST)).toBeUndefined();
});

test("what was seen is known by name, size and time, also after an interruption in the middle of a line", async () => {
  const folder = temporary();
  const photo = (id: string, modified = 1) => ({ path: `/photos/${id}`, id, bytes: 10, modified });
  const seen = await Seen.open(folder);
  await seen.add(photo("a\nb"), "one");
  appendFileSync(join(folder, "seen.jsonl"), '\n["10 1 c","tw');
  const again = await Seen.open(folder);
  await again.add(photo("d"), "three");
  const third = await Seen.open(folder);
  expect(["a\nb", "c", "d"].map((id) => third.digest(photo(id)))).toEqual(["one", undefined, "three"]);
  expect(third.digest(photo("d", 2))).toBeUndefined();
  await third.keep([photo("d")]);
  expect(readFileSync(join(folder, "seen.jsonl"), "utf8").trim()).toBe('["10 1 d","three"]');
});
