import type { LabResult } from "./engine";
import { categoryName, count, percent } from "./words";

interface Props {
  found: LabResult;
  chosen: string | undefined;
  onChoose: (category: string | undefined) => void;
}

/** What each kind of caption finds, by dot product and re-ranked; the minimal pairs beside it. */
export function Categories({ found: { categories: all = [], pairs, rerank, texts }, chosen, onChoose }: Props) {
  if (all.length === 0) return null;
  const after = rerank?.by.at(-1);
  // Of a sample, both on the same captions.
  const categories = rerank?.dot.categories ?? all;
  return (
    <section className="block" aria-labelledby="categories">
      <h2 id="categories">What is hard</h2>
      {pairs && (
        <div className="pairs">
          <p>
            Of two pictures that differ only in <em>who has what</em>, the right one scores higher
          </p>
          <p className="large dot">
            <b>{percent(pairs.right)}</b> <span>% by dot product</span>
          </p>
          {rerank?.pairs && (
            <p className="large rerank">
              <b>{percent(rerank.pairs.right)}</b> <span>% re-ranked</span>
            </p>
          )}
        </div>
      )}
      <table className="categories">
        <thead>
          <tr>
            <th scope="col">Captions about</th>
            <th scope="col">R@1, text → image, by dot product</th>
            {after && <th scope="col">the first {after.m} re-ranked</th>}
          </tr>
        </thead>
        <tbody>
          {categories.map(({ name, captions, ir }) => {
            const reranked = after?.categories.find((each) => each.name === name);
            return (
              <tr key={name}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-pressed={chosen === name}
                    onClick={() => {
                      onChoose(name);
                      document.getElementById("cases")?.scrollIntoView({ block: "start" });
                    }}
                  >
                    {categoryName(name)}
                  </button>
                  <span className="muted"> {count(captions)}</span>
                </th>
                <td>
                  <Bar kind="dot" value={ir.r1} />
                </td>
                {after && <td>{reranked && <Bar kind="rerank" value={reranked.ir.r1} />}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rerank && rerank.captions < texts && (
        <p className="muted small sampled">Of the {count(rerank.captions)} captions drawn by the seed.</p>
      )}
    </section>
  );
}

function Bar({ kind, value }: { kind: string; value: number }) {
  return (
    <span className={`bar ${kind}`}>
      <span className="bar-track" aria-hidden="true">
        <span className="bar-fill" style={{ width: `${value}%` }} />
      </span>
      <span className="bar-value">{percent(value)}</span>
    </span>
  );
}
