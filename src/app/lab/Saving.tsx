import { Chart } from "./Chart";
import { curveOf, savingOf } from "./curve";
import type { LabResult } from "./engine";
import { count, milliseconds, times } from "./words";

/** What the dot product saves, and what each M costs. */
export function Saving({ found }: { found: LabResult }) {
  if (!found.times) return null;
  const { encode = 0, scan, queries } = found.times;
  const saving = savingOf(found);
  const curve = curveOf(found);
  const largest = found.rerank?.by.at(-1);
  return (
    <section className="block saving" aria-labelledby="saving">
      <h2 id="saving">What it saves</h2>
      <div className="saving-body">
        <div className="saving-numbers">
          {saving ? (
            <>
              <p className="large">
                <b>{times(saving.dot)}×</b> <span>less time than scoring every picture by the cross-encoder</span>
              </p>
              <p className="muted">
                {milliseconds(encode + scan)} ms a query ({milliseconds(encode)} to encode, {milliseconds(scan)} to scan{" "}
                {count(found.images)} pictures) against {milliseconds(found.full!.ms)} ms.
              </p>
              {largest && (
                <p className="muted">
                  With the first {largest.m} re-ranked, {milliseconds(encode + scan + largest.ms)} ms: <b>{times(saving.reranked!)}×</b>{" "}
                  less.
                </p>
              )}
            </>
          ) : (
            <>
              <p className="large">
                <b>{milliseconds(encode + scan)}</b> <span>ms a query</span>
              </p>
              <p className="muted">
                {found.times.encode === undefined
                  ? `To scan ${count(found.images)} pictures; these vectors came without their encoder.`
                  : `${milliseconds(encode)} to encode the words, ${milliseconds(scan)} to scan ${count(found.images)} pictures.`}{" "}
                {largest && `Re-ranking the first ${largest.m} adds ${milliseconds(largest.ms)} ms.`}
              </p>
            </>
          )}
          <p className="muted small">
            The middle of {queries} captions as queries{found.device ? `, on ${found.device.kind === "webgpu" ? "WebGPU" : "WASM"}` : ""},
            in this tab.
          </p>
        </div>
        {curve.length > 1 && <Chart curve={curve} />}
      </div>
    </section>
  );
}
