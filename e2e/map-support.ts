import { expect, type Page } from "@playwright/test";

export const view = (page: Page, name: "Grid" | "Map") => page.getByRole("radio", { name });
export const map = (page: Page) => page.getByRole("application", { name: "Map of the gallery" });
export const canvas = (page: Page) => map(page).locator("canvas");

/** Of the canvas' pixels those in the colour that marks what matches, and the share of those that are far from the ground's colour. */
export const pixels = (page: Page) =>
  canvas(page).evaluate((element: HTMLCanvasElement) => {
    const { backgroundColor, caretColor } = getComputedStyle(element);
    const [ground, accent] = [backgroundColor, caretColor].map((css) => css.match(/\d+/g)!.map(Number));
    const { data } = element.getContext("2d")!.getImageData(0, 0, element.width, element.height);
    const far = (at: number, [red, green, blue]: number[]) =>
      Math.max(Math.abs(data[at]! - red!), Math.abs(data[at + 1]! - green!), Math.abs(data[at + 2]! - blue!));
    const found = { accent: 0, vivid: 0 };
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3]! < 128) continue;
      if (far(at, accent!) < 12) found.accent++;
      if (far(at, ground!) > 110) found.vivid++;
    }
    return found;
  });

/** Waits until all pictures that are seen are there. */
export async function drawn(page: Page): Promise<void> {
  let before = -1;
  await expect(async () => {
    const { vivid } = await pixels(page);
    const same = vivid === before;
    before = vivid;
    expect(same && vivid > 0).toBe(true);
  }).toPass();
}
