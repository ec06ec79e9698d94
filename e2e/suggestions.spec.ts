import { expect, test } from "@playwright/test";
import { field, openToSearch, results, search } from "./support";

test("what is typed is completed from the gallery's captions, by mouse and by keys", async ({ page }) => {
  await openToSearch(page);
  const suggestions = page.getByRole("list", { name: "Suggestions" }).getByRole("button");
  await field(page).pressSequentially("a purple c");
  await expect(suggestions.first()).toHaveText(/^a purple c/);
  const told = await suggestions.first().textContent();
  await field(page).press("Tab");
  while (!(await suggestions.first().evaluate((one) => one === document.activeElement))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue(told!);
  await expect(field(page)).toBeFocused();
  await expect(page.getByTestId("spent")).toBeVisible();
  // Words that begin nothing leave the line empty; what is above the pictures does not move. (They themselves are folded away once nothing matches.)
  const top = async () => (await page.locator(".above-grid").boundingBox())!.y;
  const before = await top();
  await field(page).fill("xyzzy");
  await expect(suggestions).toHaveCount(0);
  expect(await top()).toBe(before);
});

test("searches are remembered and saved, in this browser, and can be forgotten", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a blue boat");
  await page.getByRole("button", { name: "Save this search" }).click();
  await expect(page.getByRole("button", { name: "Save this search" })).toHaveAttribute("aria-pressed", "true");
  await search(page, "two dogs -snow");
  // Looking at a photo says that the search was meant.
  await results(page).getByRole("button").first().click();
  await page.keyboard.press("Escape");
  await page.goto("/");
  const earlier = page.getByRole("list", { name: "Earlier searches and examples" }).getByRole("button");
  await expect(earlier.nth(0)).toHaveText("a blue boat");
  await expect(earlier.nth(1)).toHaveText("two dogs -snow");
  await page.getByRole("button", { name: "Searches" }).click();
  const dialog = page.getByRole("dialog", { name: "Searches" });
  await expect(dialog.getByRole("region", { name: "Saved" }).getByRole("listitem")).toHaveText(["a blue boat"]);
  await dialog.getByRole("button", { name: "two dogs -snow", exact: true }).click();
  await expect(field(page)).toHaveValue("two dogs -snow");
  await expect(page.getByRole("button", { name: /snow: left out/ })).toBeVisible();
  await field(page).fill("");
  await page.getByRole("button", { name: "Searches" }).click();
  await dialog.getByRole("button", { name: "Forget the recent ones" }).click();
  await expect(dialog.getByRole("region", { name: "Recent" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Save “a blue boat”" }).click();
  await dialog.getByRole("button", { name: "Forget “a blue boat”" }).click();
  await expect(dialog).toContainText("What you search for in this gallery is listed here");
});

test("'?' tells the keys and how a query is written, and what is found is told to who does not see it", async ({ page }) => {
  await openToSearch(page);
  await search(page, "a blue boat?");
  // Typed, it is a sign like others.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByTestId("told")).toHaveText(/(match|The best \d+ pictures).* First: ./);
  await field(page).press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Help" });
  await expect(help).toContainText("a red car, and no snow");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  // Where the browser would send the voice elsewhere, it is not listened to.
  await expect(page.getByRole("button", { name: "Say what you look for" })).toHaveCount(0);
});
