// npm start: installs what is missing, builds, serves the page. --port or PORT choose another port.

import { join } from "node:path";
import { installPackages, must, root } from "./shared.mjs";

await installPackages();
await must("npm", ["run", "build", "--silent"]);
await must(process.execPath, [join(root, "dist/cli/dotlight.js"), "serve", join(root, "dist/site"), ...process.argv.slice(2)]);
