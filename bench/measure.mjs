// One set, every engine: built one by one, then asked in turns, round by round.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const K = 10;
const QUERIES = 4;
const WARM_UP = 2;
/** An engine slower than this answers one query a round in place of four, and is not asked the rest. */
const SLOW_MS = 250;

/** The share of `found` whose true score is at least the K-th best: a tie with it is no mistake. */
export function recall(found, truth, query, k = K) {
  const kept = Math.min(k, truth.rows[query].length);
  const floor = truth.scores[query][kept - 1];
  const good = new Set(truth.rows[query].filter((_row, i) => truth.scores[query][i] >= floor));
  return new Set(found.slice(0, k).filter((row) => good.has(row))).size / kept;
}

/** The value below which `share` of the values lie (nearest rank). */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

class Entrant {
  ms = [];
  /** The recall of each query asked so far. */
  recalls = new Map();

  constructor(instance, host, built) {
    Object.assign(this, { instance, host, built });
  }

  async ask(queries, truth, timed) {
    const { ms, rows } = await this.host.search(this.instance, queries, K);
    if (timed) this.ms.push(...ms);
    queries.forEach((query, i) => {
      this.recalls.set(query, recall(rows[i], truth, query));
    });
    return quantile(ms, 0.5);
  }

  row(set) {
    const { engine, mode, threads } = this.instance;
    const mean = [...this.recalls.values()].reduce((a, b) => a + b, 0) / this.recalls.size;
    return {
      engine,
      mode,
      n: set.n,
      dim: set.dim,
      threads,
      ms: rounded(quantile(this.ms, 0.5)),
      p99: rounded(quantile(this.ms, 0.99)),
      // What finds nothing has no recall.
      recall10: engine === "read-limit" ? null : Number(mean.toFixed(4)),
      bytesPerRow: Math.round(this.built.bytesPerRow),
      buildMs: rounded(this.built.buildMs),
      set: set.set,
      queries: this.recalls.size,
    };
  }
}

const rounded = (value) => Number(value.toPrecision(4));
export const label = ({ engine, mode, threads }) => `${engine}${mode ? ` (${mode})` : ""}, ${threads} thread${threads > 1 ? "s" : ""}`;

/** Builds every instance and asks it a first time; what fails at that is left out, and said. */
async function enter(instances, hosts, set, truth, log) {
  const entrants = [];
  const missing = [];
  for (const instance of instances) {
    log(`  building ${label(instance)}`);
    const host = hosts[instance.host];
    try {
      const entrant = new Entrant(instance, host, await host.build(instance));
      entrant.slow = (await entrant.ask(some(set, 0, WARM_UP), truth, false)) > SLOW_MS;
      entrants.push(entrant);
    } catch (error) {
      const why = error.message.split("\n")[0].replace(/^page\.evaluate: Error: /, "");
      missing.push({ instance, why });
      log(`  ${label(instance)} is not measured: ${why}`);
    }
  }
  return { entrants, missing };
}

/** The numbers of `count` of the set's queries from `first` on, beginning again at the end. */
const some = (set, first, count) => Array.from({ length: Math.min(count, set.queries) }, (_, i) => (first + i) % set.queries);

/**
 * Measures every instance on the set; returns the rows and what could not be measured. Each round all engines answer the same
 * queries, and another one begins. Queries left over are asked afterwards, for recall alone.
 */
export async function measure(set, instances, hosts, rounds, log) {
  const truth = JSON.parse(readFileSync(join(set.folder, "truth.json"), "utf8"));
  for (const name of new Set(instances.map(({ host }) => host))) await hosts[name].load(set);
  const { entrants, missing } = await enter(instances, hosts, set, truth, log);
  log(`  asking ${entrants.length} engines in ${rounds} rounds`);
  for (let round = 0; round < rounds; round++) {
    const turn = round % entrants.length;
    for (const entrant of [...entrants.slice(turn), ...entrants.slice(0, turn)]) {
      await entrant.ask(some(set, round * QUERIES, entrant.slow ? 1 : QUERIES), truth, true);
      // So that no thread of the one still spins while the next is timed.
      await pause(5);
    }
  }
  for (const entrant of entrants.filter(({ slow }) => !slow)) {
    const rest = some(set, 0, set.queries).filter((query) => !entrant.recalls.has(query));
    if (rest.length > 0) await entrant.ask(rest, truth, false);
  }
  const own = entrants.some(({ instance }) => instance.id === "dotlight");
  return { rows: entrants.map((entrant) => entrant.row(set)), missing, checks: own ? await hosts.browser.check() : undefined };
}
