import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { field, openPage, openToSearch, search } from "./support";

const language = (page: Page) => page.locator(".language select");
const spoken = (page: Page) => page.evaluate(() => document.documentElement.lang);

async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id }) => id)).toEqual([]);
}

async function expectNothingBeside(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}

test.describe("in Japanese", () => {
  test.use({ locale: "ja-JP", viewport: { width: 390, height: 844 } });

  test("the page speaks the browser's language, changes it on the spot and remembers that", async ({ page }) => {
    await openToSearch(page);
    await expect(field(page)).toHaveAttribute("placeholder", "画像の内容を入力");
    await search(page, "赤い車");
    await expect(page.getByTestId("spent")).toContainText("1,000 枚中の上位 48 枚");
    expect(await spoken(page)).toBe("ja");
    await expectNothingBeside(page);
    await expectNoFault(page);
    await language(page).selectOption("zh");
    await expect(page.getByTestId("spent")).toContainText("1,000 张中的前 48 张");
    // What was asked stands as it did.
    await expect(field(page)).toHaveValue("赤い車");
    await page.reload();
    await expect(field(page)).toHaveAttribute("placeholder", "描述一张图片");
    await language(page).selectOption("ja");
    await expect(field(page)).toHaveAttribute("placeholder", "画像の内容を入力");
    expect(await spoken(page)).toBe("ja");
  });
});

test.describe("in German", () => {
  test.use({ locale: "de-DE", viewport: { width: 390, height: 844 } });

  test("numbers and texts are German, and the address's language comes before all others", async ({ page }) => {
    await openToSearch(page);
    await expect(field(page)).toHaveAttribute("placeholder", "Ein Bild beschreiben");
    await search(page, "ein rotes Auto");
    await expect(page.getByTestId("spent")).toContainText("Die besten 48 von 1.000");
    expect(await spoken(page)).toBe("de");
    await expectNothingBeside(page);
    await expectNoFault(page);
    for (const [lang, words] of [
      ["fr", "Décrivez une image"],
      ["cs", "Popište obrázek"],
    ] as const) {
      await page.goto(`/?lang=${lang}`);
      await expect(field(page)).toHaveAttribute("placeholder", words);
      await expectNothingBeside(page);
    }
    await page.goto("/?lang=toString");
    await expect(field(page)).toHaveAttribute("placeholder", "Ein Bild beschreiben");
  });

  test("the Lab speaks it too, its figures and what it saves for a slide", async ({ page }) => {
    await page.goto("/?lab&sample=20&m=10&full=0");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Das Labor");
    await expectNothingBeside(page);
    await page.getByRole("button", { name: "Messen", exact: true }).click();
    await expect(page.locator("[data-state=finished]")).toBeVisible({ timeout: 60_000 });
    const panel = page.getByRole("article", { name: "Skalarprodukt" });
    await expect(panel).toContainText(/\d,\d\s*AR/);
    await expectNothingBeside(page);
    await expectNoFault(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "SVG für eine Folie" }).click();
    const slide = await readFile(await (await download).path(), "utf8");
    expect(slide).toContain("1.000 Bilder, 5.000 Beschreibungen · Englisch");
    expect(slide).toContain("erste 10 neu geordnet");
  });

  test("its texts are there without a network after the first visit", async ({ page, context }) => {
    await openPage(page);
    await page.waitForFunction(async () => {
      for (const name of await caches.keys()) {
        const files = name.startsWith("shell-") ? await (await caches.open(name)).keys() : [];
        if (files.some(({ url }) => /\/de-[\w-]+\.js$/.test(url))) return true;
      }
      return false;
    });
    await context.setOffline(true);
    await page.reload();
    await expect(field(page)).toHaveAttribute("placeholder", "Ein Bild beschreiben");
  });
});

test("a visitor in English downloads no other language's texts", async ({ page, context }) => {
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  await openPage(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(asked.some((url) => url.includes("/assets/"))).toBe(true);
  expect(asked.filter((url) => /\/(de|fr|cs|ja|zh)-[\w-]+\.js$/.test(url))).toEqual([]);
});
