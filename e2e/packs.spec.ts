import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { publicPack, publicPacks } from "../src/encoders/registry/registry";
import { chooseFolder, imported, makeFolder, openLibrary } from "./library-support";
import { type StandinHub, standinHub } from "./standins/hub";
import { GALLERY, ready, results, search } from "./support";

let hub: StandinHub;
test.beforeAll(async () => {
  hub = await standinHub();
});
test.afterAll(() => hub.stop());
test.beforeEach(() => {
  hub.faults.clear();
  hub.requests.length = 0;
});

const THUMBS = ["000010.webp", "000020.webp", "000030.webp"];

async function openModels(page: Page): Promise<void> {
  await openLibrary(page);
  await page.getByRole("button", { name: "Models" }).click();
  await expect(page.getByRole("dialog", { name: "Models" })).toBeVisible();
}
const close = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
const row = (page: Page, entry: string) => page.locator(`.model[data-model^="${entry}"]`);

/** Names of what the Cache API holds of packs. */
const kept = (page: Page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("dotlight-")).sort());

async function open(page: Page): Promise<void> {
  // No gallery: the embedded one would take its time to load.
  await page.goto(`/?device=wasm&mine=none&hub=${hub.url}`);
  await page.locator(".gallery-name").waitFor();
  await makeFolder(page, "shelf", Object.fromEntries(THUMBS.map((name) => [name, { file: join(GALLERY, "thumbs", name) }])));
}

test("size, languages, licence and how far it is known stand before a download", async ({ page }) => {
  await open(page);
  await openModels(page);
  const clip = row(page, "clip-vit-b32");
  await expect(clip).toContainText("about 156 MB · English · MIT");
  await expect(clip).toContainText("layout-tested");
  await expect(row(page, "uform3-multilingual")).toContainText("21 languages");
  await expect(clip.getByRole("combobox")).toHaveValue("q8");
  await expect(clip.getByRole("option", { name: "8 bits, 156 MB (for this device)" })).toBeAttached();
  // Nothing was asked of any host.
  expect(hub.requests).toEqual([]);
});

test("the model for photographs comes with the page: it reads a folder, and nothing is downloaded from a hub", async ({ page }) => {
  await open(page);
  await openModels(page);
  const model = row(page, "photos-small");
  await expect(model).toContainText("with the page");
  await expect(model).toContainText("for research use only");
  // It reads photographs unless another model is chosen.
  await expect(model.getByRole("button", { name: "Reads new galleries" })).toBeVisible();
  await close(page);
  await chooseFolder(page, "shelf");
  expect(await imported(page)).toBe(`${THUMBS.length} photos encoded.`);
  await search(page, "a dog on the beach");
  await expect(results(page).getByRole("img")).toHaveCount(THUMBS.length);
  // Its vectors are of length 1; the other built-in model's are not.
  const vector = await page.evaluate(async () => [...(await window.dotlight!.textVector("a dog"))]);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
  expect(hub.requests).toEqual([]);
});

// Each takes a quarter of a minute: all of them in `npm run accept`, here one of each side's layout and re-ranking in halves. Node loads all, always.
const all = [...new Set(publicPacks().map(({ entry }) => entry.id)), "uform-vl-small-f16"];
const forms = process.env.DOTLIGHT_ACCEPT ? all : ["clip-vit-b32", "uform-vl-small-f16"];
for (const id of forms) {
  test(`${id} is downloaded, reads photos, answers, and is removed`, async ({ page }) => {
    const pack = publicPacks().find((each) => each.id === id) ?? publicPack(id);
    await open(page);
    await openModels(page);
    const model = row(page, pack.entry.id);
    await model.getByRole("button", { name: "Use for new galleries" }).waitFor({ state: "detached" });
    if ((await model.getByRole("combobox").count()) > 0) await model.getByRole("combobox").selectOption(pack.dtype);
    await model.getByRole("button", { name: /^Download/ }).click();
    await model.getByRole("button", { name: "Use for new galleries" }).click();
    await expect(model.getByRole("button", { name: "Reads new galleries" })).toBeVisible();
    expect(await kept(page)).toEqual([`dotlight-pack-${id}`]);
    await close(page);
    hub.requests.length = 0;
    await chooseFolder(page, "shelf");
    expect(await imported(page)).toBe(`${THUMBS.length} photos encoded.`);
    await ready(page);
    await search(page, "two dogs on the beach");
    await expect(results(page).getByRole("img")).toHaveCount(THUMBS.length);
    const vector = await page.evaluate(async () => [...(await window.dotlight!.textVector("two dogs"))]);
    expect(vector.length).toBe(pack.entry.dimension);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 3);
    // What is here is not asked for again.
    expect(hub.requests).toEqual([]);
    await openModels(page);
    await row(page, pack.entry.id)
      .getByRole("button", { name: /^Remove/ })
      .click();
    await expect(row(page, pack.entry.id).getByRole("button", { name: /^Download/ })).toBeVisible();
    expect(await kept(page)).toEqual([]);
  });
}

for (const [what, fault, says] of [
  ["a missing file", "missing", "is not there: the host answered 404"],
  ["a web page instead of a model", "page", "the host answered with a web page instead"],
  ["a web page that is served as a model", "page as a file", "the host answered with a web page instead"],
] as const) {
  test(`${what} is said, and nothing of it is kept`, async ({ page }) => {
    hub.faults.set("image_encoder.onnx", fault);
    await open(page);
    await openModels(page);
    const model = row(page, "uform3-small");
    await model.getByRole("button", { name: /^Download/ }).click();
    await expect(model.getByRole("alert")).toContainText(`image_encoder.onnx ${says.startsWith("is") ? says : `is not there: ${says}`}`);
    expect(await kept(page)).toEqual([]);
    await expect(model.getByRole("button", { name: /^Download/ })).toHaveText("Download");
  });
}

test("a download that broke off is gone on with, also after a reload, and asks for no byte twice", async ({ page }) => {
  hub.faults.set("image_encoder.onnx", "cut");
  await open(page);
  await openModels(page);
  const model = row(page, "uform3-small");
  await model.getByRole("button", { name: /^Download/ }).click();
  await expect(model.getByRole("alert")).toContainText(/image_encoder.onnx broke off after \d+ of \d+ bytes/);
  expect(await kept(page)).toEqual(["dotlight-arriving-uform3-small"]);
  hub.faults.clear();
  hub.requests.length = 0;
  await page.reload();
  await openModels(page);
  await expect(model.getByRole("button", { name: /^Download/ })).toHaveText("Go on downloading");
  await model.getByRole("button", { name: /^Download/ }).click();
  await expect(model.getByRole("button", { name: "Use for new galleries" })).toBeVisible();
  expect(hub.requests).toEqual([expect.stringMatching(/image_encoder.onnx \d+-$/)]);
  expect(await kept(page)).toEqual(["dotlight-pack-uform3-small"]);
});

test("a downloaded file that was altered afterwards is refused by name", async ({ page }) => {
  await open(page);
  await openModels(page);
  const model = row(page, "uform3-small");
  await model.getByRole("button", { name: /^Download/ }).click();
  await model.getByRole("button", { name: "Use for new galleries" }).click();
  await close(page);
  await page.evaluate(async () => {
    const cache = await caches.open("dotlight-pack-uform3-small");
    const key = (await cache.keys()).find(({ url }) => url.endsWith("image_encoder.onnx"))!;
    const bytes = new Uint8Array(await (await cache.match(key))!.arrayBuffer());
    bytes[bytes.length >> 1]! ^= 1;
    await cache.put(key, new Response(bytes));
  });
  await chooseFolder(page, "shelf");
  await expect(page.getByRole("alert").first()).toContainText("image_encoder.onnx is not the file it should be");
});

test("another model reads a gallery again, and the page searches with that one", async ({ page }) => {
  await open(page);
  await openModels(page);
  await row(page, "uform3-small")
    .getByRole("button", { name: /^Download/ })
    .click();
  await expect(row(page, "uform3-small").getByRole("button", { name: "Use for new galleries" })).toBeVisible();
  await close(page);
  await chooseFolder(page, "shelf");
  expect(await imported(page)).toBe(`${THUMBS.length} photos encoded.`);
  await page.getByRole("button", { name: "Close the report" }).click();
  await openModels(page);
  await row(page, "uform3-small").getByRole("button", { name: "Read “shelf” again with it" }).click();
  await expect(page.getByTestId("imported")).toHaveText(`${THUMBS.length} photos encoded.`);
  await ready(page);
  await search(page, "two dogs");
  await expect(results(page).getByRole("img")).toHaveCount(THUMBS.length);
  expect(await page.evaluate(async () => Math.hypot(...(await window.dotlight!.textVector("red"))))).toBeCloseTo(1, 3);
  // Without its model the gallery says what it lacks.
  await openModels(page);
  await row(page, "uform3-small")
    .getByRole("button", { name: /^Remove/ })
    .click();
  await close(page);
  await page.reload();
  await expect(page.getByRole("alert").first()).toContainText('The model "UForm 3 small" (uform3-small)');
});
