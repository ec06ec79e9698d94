// npm run accept: what is slow or large. Prints the figures that the issues ask for, with machine and date; fails if one is missed.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { installChromium, installPackages, must, root, run } from "./shared.mjs";

await installPackages();
await installChromium();
await must("npm", ["run", "build", "--silent"]);

const cli = join(root, "dist/cli/dotlight.js");
const dotlight = (...args) =>
  JSON.parse(execFileSync(process.execPath, [cli, ...args, "--json"], { encoding: "utf8", maxBuffer: 1 << 26 }));
const data = process.env.DOTLIGHT_DATA ?? join(root, "../shared/data");
const figures = [];
let missed = 0;
function figure(name, value, reached = true) {
  if (!reached) missed++;
  figures.push(`${reached ? "  " : "! "}${name.padEnd(52)} ${value}`);
}

const { images, texts, ir, tr, ar, oracle, pairs } = dotlight("eval", join(root, "public/galleries/diorama"));
figure("embedded gallery", `${images} images, ${texts} captions`, images === 1000 && texts === 5000);
figure("IR at 1, 5, 10", [ir.r1, ir.r5, ir.r10].join(" "));
figure("TR at 1, 5, 10", [tr.r1, tr.r5, tr.r10].join(" "));
figure("AR by dot product (0.94 of a perfect ranker's)", `${ar}, a perfect ranker's ${oracle.ar}`, ar >= 0.94 * oracle.ar);

const pack = JSON.parse(readFileSync(join(root, "public/packs/diorama/dotlight.json"), "utf8"));
const crossMb = pack.files[pack.cross.file].bytes / 1e6;
figure("cross-encoder (at most 6 MB)", `${crossMb.toFixed(1)} MB`, crossMb <= 6);
console.log("Re-ranking the best 50 of every caption and photo, about ten minutes …");
const { rerank } = dotlight("eval", join(root, "public/galleries/diorama"), "--rerank", "50");
figure("AR re-ranked, M = 50 (0.98 of a perfect ranker's)", `${rerank.ar}, by dot product ${ar}`, rerank.ar >= 0.98 * oracle.ar);
figure("minimal pairs, the right one first (90 %)", `${rerank.pairs.right} %, by dot product ${pairs.right} %`, rerank.pairs.right >= 90);

if (existsSync(join(data, "coco/photos"))) {
  const began = performance.now();
  const { photos, device } = dotlight("index", join(data, "coco/photos"), "--out", mkdtempSync(join(tmpdir(), "dotlight-")));
  const rate = (photos / (performance.now() - began)) * 1000;
  figure("photographs indexed", `${photos} on ${device.kind}, ${rate.toFixed(1)} a second`, photos === 76);
} else {
  figure("photographs indexed", `skipped: ${data}/coco/photos is not here (DOTLIGHT_DATA)`);
}

if (images === 1000) {
  for (const language of ["de", "fr", "cs", "ja", "zh"]) {
    const other = dotlight("eval", join(root, "public/galleries/diorama"), "--language", language);
    figure(`AR in ${language} (within 3 points of English)`, `${other.ar}, English ${ar}`, Math.abs(other.ar - ar) <= 3);
  }
}

// WebGPU against WASM, Node against the browser, query to paint: these print their own figures.
const browser = await run("npx", ["playwright", "test", "e2e/device.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("WebGPU, WASM, Node and the page agree; paint < 50 ms", browser === 0 ? "yes, see above" : "no, see above", browser === 0);

const again = await run("npx", ["playwright", "test", "e2e/rerank.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("the best 50 re-ranked in under 200 ms", again === 0 ? "yes, see above" : "no, see above", again === 0);

const large = await run("npx", ["playwright", "test", "e2e/large.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("a million cached photos ready in under 3 s", large === 0 ? "yes, see above" : "no, see above", large === 0);

const own = await run("npx", ["playwright", "test", "e2e/library-large.spec.ts", "e2e/library-changes.spec.ts", "--reporter=list"], {
  DOTLIGHT_ACCEPT: "1",
});
figure("2,000 own photos: memory flat, opened again in 1 s", own === 0 ? "yes, see above" : "no, see above", own === 0);

const tab = await run("npx", ["playwright", "test", "e2e/tab-memory.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("the whole page in under 150 MB", tab === 0 ? "yes, see above" : "no, see above", tab === 0);

const many = await run("npx", ["playwright", "test", "e2e/library-many.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("50,000 files at once: the page stays at hand", many === 0 ? "yes, see above" : "no, see above", many === 0);

if (existsSync(join(data, "coco/photos"))) {
  const nouns = await run("npx", ["playwright", "test", "e2e/library-nouns.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
  figure("nouns find own photos as in the index", nouns === 0 ? "yes, see above" : "no, see above", nouns === 0);
} else {
  figure("nouns find own photos as in the index", `skipped: ${data}/coco/photos is not here (DOTLIGHT_DATA)`);
}

const built = await run("npx", ["vitest", "run", "src/cli/site/build-large.test.ts"], { DOTLIGHT_ACCEPT: "1" });
figure("a site of 7,000 photos in 1.15 of their work", built === 0 ? "yes, see above" : "no, see above", built === 0);

const visit = await run("npx", ["playwright", "test", "e2e/build-bytes.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("10,000 photos: 12 MB until the first answer", visit === 0 ? "yes, see above" : "no, see above", visit === 0);

const scrolled = await run("npx", ["playwright", "test", "e2e/grid-million.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("a million photos scrolled, no frame over 32 ms", scrolled === 0 ? "yes, see above" : "no, see above", scrolled === 0);

const tokenizers = await run("npx", ["vitest", "run", "src/encoders/tokenizer.test.ts"], { DOTLIGHT_ACCEPT: "1" });
figure("two tokenizers agree on COCO's captions, every kind", tokenizers === 0 ? "yes, see above" : "no, see above", tokenizers === 0);
const packs = await run("npx", ["playwright", "test", "e2e/packs.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("every public model's stand-in read in the page", packs === 0 ? "yes, see above" : "no, see above", packs === 0);

const installed = await run("npx", ["playwright", "test", "e2e/package.spec.ts", "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
figure("the package in an empty project: CLI, API, element", installed === 0 ? "yes, see above" : "no, see above", installed === 0);

await run("bash", ["scripts/chroma-setup.sh"]);
const behind = await run("npx", ["playwright", "test", "e2e/engine.spec.ts", "e2e/ways.spec.ts", "--reporter=list"], {
  DOTLIGHT_ACCEPT: "1",
});
figure("the same photos by Chroma; its bad days told", behind === 0 ? "yes, see above" : "no, see above", behind === 0);

// Engines that Playwright does not drive.
const engines = [
  { name: "Firefox", spec: "firefox", programs: ["/usr/bin/firefox-esr", "/usr/bin/firefox"], install: "firefox-esr" },
  { name: "WebKit", spec: "webkit", programs: ["/usr/bin/WebKitWebDriver"], install: "webkit2gtk-driver xvfb" },
];
for (const { name, spec, programs, install } of engines) {
  const title = `${name} searches, and offline on its second visit`;
  if (programs.some(existsSync)) {
    const status = await run("npx", ["playwright", "test", `e2e/${spec}.spec.ts`, "--reporter=list"], { DOTLIGHT_ACCEPT: "1" });
    figure(title, status === 0 ? "yes, see above" : "no, see above", status === 0);
  } else {
    figure(title, `skipped: there is no ${name} here (apt-get install ${install})`);
  }
}

console.log(`\n${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model.trim()}, ${cpus().length} cores\n${figures.join("\n")}`);
process.exitCode = missed === 0 ? 0 : 1;
