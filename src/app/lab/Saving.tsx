import { useTexts } from "../texts/texts";
import { Chart } from "./Chart";
import { curveOf, savingOf } from "./curve";
import type { LabResult } from "./engine";
import { milliseconds, times } from "./words";

/** What the dot product saves, and what each M costs. */
export function Saving({ found }: { found: LabResult }) {
  const texts = useTexts();
  if (!found.times) return null;
  const { encode = 0, scan, queries } = found.times;
  const { saving: said } = texts.lab;
  const ms = (value: number) => milliseconds(value, texts);
  const saving = savingOf(found);
  const curve = curveOf(found);
  const largest = found.rerank?.by.at(-1);
  return (
    <section className="block saving" aria-labelledby="saving">
      <h2 id="saving">{said.title}</h2>
      <div className="saving-body">
        <div className="saving-numbers">
          {saving ? (
            <>
              <p className="large">
                <b>{times(saving.dot, texts)}×</b> <span>{said.less}</span>
              </p>
              <p className="muted">{said.against(ms(encode + scan), ms(encode), ms(scan), found.images, ms(found.full!.ms))}</p>
              {largest && (
                <p className="muted">
                  {said.again(largest.m, ms(encode + scan + largest.ms), <b key="times">{times(saving.reranked!, texts)}×</b>)}
                </p>
              )}
            </>
          ) : (
            <>
              <p className="large">
                <b>{ms(encode + scan)}</b> <span>{said.query}</span>
              </p>
              <p className="muted">
                {found.times.encode === undefined ? said.scanned(found.images) : said.spent(ms(encode), ms(scan), found.images)}{" "}
                {largest && said.adds(largest.m, ms(largest.ms))}
              </p>
            </>
          )}
          <p className="muted small">
            {found.device ? said.middleOn(queries, found.device.kind === "webgpu" ? "WebGPU" : "WASM") : said.middle(queries)}
          </p>
        </div>
        {curve.length > 1 && <Chart curve={curve} />}
      </div>
    </section>
  );
}
