import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type StandinHub, standinHub } from "./standins/hub";
import { dotlight, GALLERY, temporary } from "./support";

let hub: StandinHub;
test.beforeAll(async () => {
  hub = await standinHub();
});
test.afterAll(() => hub.stop());
test.beforeEach(() => hub.faults.clear());

/** Three photographs' worth of pictures. */
function photos(): string {
  const folder = temporary();
  const thumbs = join(GALLERY, "thumbs");
  mkdirSync(folder, { recursive: true });
  for (const name of ["000001.webp", "000002.webp", "000003.webp"]) copyFileSync(join(thumbs, name), join(folder, name));
  return folder;
}

test("the list says size, languages, licence and how far a pack is known", async () => {
  const { stdout } = await dotlight("pack", "list", "--packs", temporary());
  expect(stdout).toMatch(/clip-vit-b32 +156 MB +en +layout-tested +MIT/);
  const rows = JSON.parse((await dotlight("pack", "list", "--json", "--packs", temporary())).stdout) as { id: string; added: boolean }[];
  expect(rows.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["clip-vit-b16", "mobileclip-s2-f16", "siglip-b16", "jina-clip-v1", "uform-vl-small"]),
  );
  expect(rows.every(({ added }) => !added)).toBe(true);
});

test("a pack is added from a mirror, indexes photos, finds them, and is removed", async () => {
  const packs = temporary();
  const added = await dotlight("pack", "add", "uform-vl-small", "--hub", hub.url, "--packs", packs);
  expect(added.stdout).toContain("UForm-VL small");
  expect(added.status).toBe(0);
  const gallery = temporary();
  const pack = join(packs, "uform-vl-small");
  expect((await dotlight("index", photos(), "--out", gallery, "--pack", pack)).status).toBe(0);
  const found = JSON.parse((await dotlight("search", gallery, "two dogs", "--pack", pack, "--json")).stdout) as { hits: unknown[] };
  expect(found.hits.length).toBe(3);
  await dotlight("pack", "remove", "uform-vl-small", "--packs", packs);
  expect(existsSync(pack)).toBe(false);
});

test("what broke off is gone on with; a mirror's error page ends in a sentence and leaves nothing", async () => {
  const packs = temporary();
  hub.faults.set("onnx/vision_model_quantized.onnx", "cut");
  const broken = await dotlight("pack", "add", "siglip-b16", "--hub", hub.url, "--packs", packs);
  expect(broken.status).toBe(1);
  expect(broken.stderr).toMatch(/broke off after \d+ of \d+ bytes/);
  hub.faults.clear();
  hub.requests.length = 0;
  expect((await dotlight("pack", "add", "siglip-b16", "--hub", hub.url, "--packs", packs)).status).toBe(0);
  expect(hub.requests).toEqual([expect.stringMatching(/vision_model_quantized.onnx \d+-$/)]);
  hub.faults.set("text_model_quantized.onnx", "page");
  const page = await dotlight("pack", "add", "clip-vit-b32", "--hub", hub.url, "--packs", packs);
  expect(page.stderr).toMatch(/text_model_quantized.onnx is not there: the host answered with a web page instead/);
  expect(existsSync(join(packs, ".clip-vit-b32.arriving"))).toBe(false);
});

test("pinning writes revision, sizes and digests of a model that holds against its references, and of no other", async () => {
  const pins = join(temporary(), "pins.json");
  writeFileSync(pins, "{}");
  const pinned = await dotlight("pack", "pin", "uform3-small", "--hub", hub.url, "--packs", temporary(), "--pins", pins);
  expect(pinned.stderr).toContain('holds: a red disc is found by "a red circle"');
  expect(pinned.status).toBe(0);
  const { "uform3-small": pin } = JSON.parse(readFileSync(pins, "utf8"));
  expect(pin.revision).toBe("0123456789abcdef0123456789abcdef01234567");
  expect(pin.files["text_encoder.onnx"]).toEqual({ bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  // The stand-in of another one has seen no colours.
  const refused = await dotlight("pack", "pin", "jina-clip-v1", "--hub", hub.url, "--packs", temporary(), "--pins", pins);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/It was not pinned/);
  expect(Object.keys(JSON.parse(readFileSync(pins, "utf8")))).toEqual(["uform3-small"]);
});

test("an unknown pack, a form that there is not, and a pack that was not added are said", async () => {
  expect((await dotlight("pack", "add", "nonsense")).stderr).toContain('There is no public pack "nonsense"');
  expect((await dotlight("pack", "add", "uform3-small", "--dtype", "q8")).stderr).toContain("does not come in q8");
  expect((await dotlight("pack", "add", "clip-vit-b32", "--dtype", "q4")).stderr).toContain("--dtype takes one of q8, f16, f32");
  const missing = await dotlight("index", photos(), "--out", temporary(), "--pack", "clip-vit-b32");
  expect(missing.stderr).toContain("dotlight pack add clip-vit-b32");
});
