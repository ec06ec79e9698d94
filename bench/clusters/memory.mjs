// What the tab of a clustered gallery takes that has nothing else.
import { openTab } from "../tab/chromium.mjs";

/** Asks all queries, one after the other, and says to the host after each that it has. */
const page = (given) => `<!doctype html><title>clusters</title><script type="module">
const { queries, probes, k } = ${JSON.stringify(given)};
const worker = new Worker("/worker.js", { type: "module" });
const call = (name, given) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data);
  worker.postMessage([name, given], [port2]);
});
const say = (what, { error = "" } = {}) => fetch("/said?" + new URLSearchParams({ what, error }));
await say("empty");
await say("opened", await call("open", { url: location.origin + "/", probes }));
for (const vector of queries) await say("answered", await call("search", { vector, k }));
await say("end");
</script>`;

/** Megabytes of the tab when it is empty, with the gallery open, at most after a query, and after all of them. */
export async function memoryOf(served, queries, { probes, k }) {
  let tab;
  try {
    const ended = new Promise((done, failed) => {
      const all = [];
      served.pages.set("/memory", () => page({ queries, probes, k }));
      served.pages.set("/said", ({ searchParams }) => {
        const { what, error } = Object.fromEntries(searchParams);
        if (error) failed(new Error(error));
        else if (what === "end") done(all);
        else all.push({ what, of: tab.megabytes() });
        return "";
      });
    });
    tab = openTab(`${served.url}memory`);
    const said = await Promise.race([ended, tab.failed]);
    const [most] = [...said.at(-1).of].sort(([, a], [, b]) => b - a)[0];
    const of = (what) => said.filter((one) => one.what === what).map((one) => one.of.get(most) ?? 0);
    const answered = of("answered");
    return { queries: queries.length, empty: of("empty")[0], opened: of("opened")[0], most: Math.max(...answered), after: answered.at(-1) };
  } finally {
    await tab?.close();
  }
}
