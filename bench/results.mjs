// bench/results.json and the table: what was measured, and its ratios to the two references.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/shared.mjs";

export const resultsFile = join(root, "bench/results.json");

export const machine = () => `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`;
const key = ({ engine, mode, n, dim, threads, set }) => [engine, mode, n, dim, threads, set].join("|");

/** Puts the rows in the place of those they measure anew. Rows of another machine are dropped: they cannot be compared. */
export function merge(old, rows, { machine, date }, check) {
  const fresh = new Set(rows.map(key));
  const kept = old?.machine === machine ? old.rows.filter((row) => !fresh.has(key(row))) : [];
  const order = (a, b) => a.set.localeCompare(b.set) || a.n - b.n || a.dim - b.dim;
  const same = (one, other) => one.set === other.set && one.n === other.n && one.dim === other.dim;
  const checks = (old?.machine === machine ? (old.checks ?? []) : []).filter((one) => !check || !same(one, check));
  if (check) checks.push({ ...check, date });
  return { machine, date, rows: [...kept, ...rows.map((row) => ({ ...row, date }))].toSorted(order), checks: checks.toSorted(order) };
}

export function readResults() {
  return existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : undefined;
}

/** A row a line, so that a new run reads well as a change. */
export function writeResults({ machine, date, rows, checks }) {
  const lines = (list) => list.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  writeFileSync(
    resultsFile,
    `{\n  "machine": ${JSON.stringify(machine)},\n  "date": ${JSON.stringify(date)},\n  "rows": [\n${lines(rows)}\n  ],\n  "checks": [\n${lines(checks)}\n  ]\n}\n`,
  );
}

const COLUMNS = [
  ["engine", ({ engine, mode }) => (mode ? `${engine} (${mode})` : engine)],
  ["threads", ({ threads }) => threads],
  ["ms", ({ ms }) => number(ms)],
  ["p99", ({ p99 }) => number(p99)],
  ["recall@10", ({ recall10 }) => (recall10 === null ? "-" : recall10.toFixed(3))],
  ["of reading", (row, rows) => ratio(row, rows, "read-limit", row.threads)],
  ["of 8-bit scan", (row, rows) => ratio(row, rows, "8-bit relaxed scan", row.threads)],
  ["of it with 1 thread", (row, rows) => ratio(row, rows, "8-bit relaxed scan", 1)],
  ["bytes/row", ({ bytesPerRow }) => bytesPerRow],
  ["build s", ({ buildMs }) => number(buildMs / 1000)],
];

const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function ratio(row, rows, engine, threads) {
  const reference = rows.find((other) => other.engine === engine && other.threads === threads);
  return reference ? `${number(row.ms / reference.ms)}x` : "-";
}

/** The rows of one set in one run as lines, fastest first. */
export function table(rows) {
  const cells = [COLUMNS.map(([title]) => title)];
  for (const row of rows.toSorted((a, b) => a.ms - b.ms)) cells.push(COLUMNS.map(([, cell]) => String(cell(row, rows))));
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "))
    .join("\n");
}
