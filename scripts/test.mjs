// npm test: types, lint, units, browser and training tests. The last line counts them; the exit status is 0 only if none failed.
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installChromium, installPackages, must, root, run } from "./shared.mjs";

const reports = mkdtempSync(join(tmpdir(), "dotlight-tests-"));
const report = (name) => join(reports, name);
const total = { passed: 0, failed: 0 };

/** Runs one kind of test; `count` reads its report, and a run without one counts as one test. */
async function kind(name, command, args, { env, count } = {}) {
  const began = Date.now();
  console.log(`\n== ${name}`);
  const status = await run(command, args, env);
  let counted = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  if (count) {
    try {
      counted = count();
    } catch {
      counted = { passed: 0, failed: 1 };
    }
    // A runner that fails without a failed test (a crash, a broken set-up) has failed all the same.
    if (status !== 0 && counted.failed === 0) counted.failed = 1;
  }
  total.passed += counted.passed;
  total.failed += counted.failed;
  console.log(`${name}: ${counted.passed} passed, ${counted.failed} failed, ${Math.round((Date.now() - began) / 1000)} s`);
}

const json = (name) => JSON.parse(readFileSync(report(name), "utf8"));
const vitestCount = () => ({ passed: json("units.json").numPassedTests, failed: json("units.json").numFailedTests });
const playwrightCount = () => {
  const { expected, unexpected, flaky } = json("browser.json").stats;
  return { passed: expected, failed: unexpected + flaky };
};
const pytestCount = () => {
  const suite = readFileSync(report("training.xml"), "utf8");
  const [tests, failures, errors, skipped] = ["tests", "failures", "errors", "skipped"].map((key) =>
    Number(new RegExp(`<testsuite [^>]*\\b${key}="(\\d+)"`).exec(suite)?.[1] ?? 0),
  );
  return { passed: tests - failures - errors - skipped, failed: failures + errors };
};

await installPackages();
await installChromium();
await must("npm", ["run", "build", "--silent"]);
await kind("types", "npx", ["tsc", "--build"]);
await kind("lint", "npx", ["biome", "check", "."]);
await kind("units", "npx", ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report("units.json")}`], {
  count: vitestCount,
});
await kind("browser", "npx", ["playwright", "test", "--reporter=list,json"], {
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("browser.json") },
  count: playwrightCount,
});
const python = join(root, "training/.venv/bin/python");
if (existsSync(python)) {
  await kind("training", python, ["-m", "pytest", "training/tests", "--quiet", `--junitxml=${report("training.xml")}`], {
    count: pytestCount,
  });
} else {
  console.log("\nThe training tests are skipped: `bash scripts/training-setup.sh` makes their Python environment.");
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
