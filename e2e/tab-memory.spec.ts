import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, expect, test } from "@playwright/test";
import { openTab } from "../bench/tab/chromium.mjs";
import { pictures } from "./support";

test.skip(!process.env.DOTLIGHT_ACCEPT || process.platform !== "linux", "takes over a minute, and reads memory from /proc: npm run accept");

/** Seconds after which the browser has collected what loading left behind; it begins after about half of them. */
const SETTLED = 60;

test("the whole page, its gallery open and a query answered, takes less than 150 MB", async ({ baseURL }) => {
  test.setTimeout(180_000);
  const tab = openTab(`${baseURL}/?q=a+red+car`, "--remote-debugging-port=0");
  try {
    await pause(SETTLED * 1000);
    const settled = Math.max(...tab.megabytes().values());
    console.log(`the whole page's tab: ${settled.toFixed(0)} MB after ${SETTLED} seconds`);
    // Only now, since what is attached would be measured too.
    const port = readFileSync(join(tab.profile, "DevToolsActivePort"), "utf8").split("\n")[0];
    const attached = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = attached.contexts()[0]!.pages()[0]!;
    await expect(page.getByTestId("spent")).toContainText("Best 48 of 1,000");
    await expect(pictures(page).first()).toBeVisible();
    await attached.close();
    expect(settled).toBeLessThan(150);
  } finally {
    await tab.close();
  }
});
