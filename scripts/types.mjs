// node scripts/types.mjs: the published package's types, dist/types: the declarations of its entries and of what those name, nothing else.
// The sources name such files with their endings (./types.ts), since declarations are read by resolvers that guess none.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { root } from "./shared.mjs";

const ENTRIES = ["api/browser.ts", "element/element.ts"];
/** The TypeScript project that each folder of src/ belongs to, where it is another than the shared one. */
const PROJECTS = { "api/browser.ts": "page", "element/element.ts": "element" };
const IMPORT = /(from "|import\(")(\.[^"]+)\.ts"/g;

execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--build", join(root, "src/element")], { stdio: "inherit" });
const out = join(root, "dist/types");
rmSync(out, { recursive: true, force: true });
const wanted = [...ENTRIES];
for (const file of wanted) {
  const built = join(root, ".tsbuild", PROJECTS[file] ?? "shared", "src", file.replace(/\.ts$/, ".d.ts"));
  const text = readFileSync(built, "utf8");
  const guessed = /from "(\.[^"]*(?<!\.ts))"/.exec(text);
  if (guessed) throw new Error(`${built} names ${guessed[1]} without its ending: the published types would not resolve.`);
  for (const [, , named] of text.matchAll(IMPORT)) {
    const other = posix.join(posix.dirname(file), `${named}.ts`);
    if (!wanted.includes(other)) wanted.push(other);
  }
  const target = join(out, file.replace(/\.ts$/, ".d.ts"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(IMPORT, '$1$2.js"'));
}
