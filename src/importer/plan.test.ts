import { describe, expect, it } from "vitest";
import type { Failure, StoredPhoto } from "../store/records";
import type { ListedFile } from "./listing";
import { plan, suspicious } from "./plan";

const listed = (path: string, size = 1, modified = 1): ListedFile => ({
  path,
  size,
  modified,
  open: () => Promise.reject(new Error("not here")),
});
const stored = (path: string, number: number, fingerprint = "p"): StoredPhoto => ({
  gallery: "g",
  number,
  path,
  size: 1,
  modified: 1,
  digest: path,
  fingerprint,
  item: {},
});
const failure = (path: string): Failure => ({ gallery: "g", path, size: 1, modified: 1, reason: "bad" });

describe("a plan", () => {
  it("reads what is new, changed or encoded by another pack, and nothing else", () => {
    const { read, unchanged, gone } = plan(
      [listed("new"), listed("same"), listed("larger", 2), listed("touched", 1, 2), listed("other pack")],
      [stored("same", 0), stored("larger", 1), stored("touched", 2), stored("other pack", 3, "q"), stored("gone", 4)],
      [],
      "p",
      true,
    );
    expect(read.map(({ file, stored: known }) => [file.path, known?.number])).toEqual([
      ["new", undefined],
      ["larger", 1],
      ["touched", 2],
      ["other pack", 3],
    ]);
    expect(unchanged).toBe(1);
    expect(gone.map(({ path }) => path)).toEqual(["gone"]);
  });

  it("does not miss what a part of the files cannot hold", () => {
    const { gone, failedGone } = plan([listed("a")], [stored("b", 0)], [failure("c")], "p", false);
    expect([gone, failedGone]).toEqual([[], []]);
  });

  it("tries a failure again only when its file has changed", () => {
    const { read, failed, failedGone } = plan(
      [listed("same"), listed("mended", 2)],
      [],
      [failure("same"), failure("mended"), failure("gone")],
      "p",
      true,
    );
    expect(read.map(({ file }) => file.path)).toEqual(["mended"]);
    expect(failed.map(({ path }) => path)).toEqual(["same"]);
    expect(failedGone).toEqual(["gone"]);
  });

  it("takes a few missing photos as they are, and asks when much is missing", () => {
    expect(suspicious(4, 4)).toBe(false);
    expect(suspicious(5, 20)).toBe(true);
    expect(suspicious(50, 1000)).toBe(false);
    expect(suspicious(250, 1000)).toBe(true);
  });
});
