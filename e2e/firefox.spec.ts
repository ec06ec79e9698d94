import { rmSync } from "node:fs";
import { test } from "@playwright/test";
import { Firefox, systemFirefox } from "./marionette";
import { searchesTwice } from "./other-engine";
import { temporary } from "./support";

const path = systemFirefox();
test.skip(!path, "there is no Firefox here (apt-get install firefox-esr)");
test.skip(!process.env.DOTLIGHT_ACCEPT, "a minute: npm run accept");

test("Firefox searches, and on its second visit without the host", async () => {
  test.setTimeout(240_000);
  const profile = temporary();
  const first = await Firefox.start(path!, profile);
  await searchesTwice(first, async () => {
    await first.close();
    return Firefox.start(path!, profile);
  });
  rmSync(profile, { recursive: true });
});
