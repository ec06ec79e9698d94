import { useTexts } from "../texts/texts";
import type { LabResult } from "./engine";
import { categoryName, percent } from "./words";

interface Props {
  found: LabResult;
  chosen: string | undefined;
  onChoose: (category: string | undefined) => void;
}

/** What each kind of caption finds, by dot product and re-ranked; the minimal pairs beside it. */
export function Categories({ found: { categories: all = [], pairs, rerank, texts: captions }, chosen, onChoose }: Props) {
  const texts = useTexts();
  if (all.length === 0) return null;
  const { hard } = texts.lab;
  const after = rerank?.by.at(-1);
  // Of a sample, both on the same captions.
  const categories = rerank?.dot.categories ?? all;
  return (
    <section className="block" aria-labelledby="categories">
      <h2 id="categories">{hard.title}</h2>
      {pairs && (
        <div className="pairs">
          <p>{hard.pairs(<em key="whom">{hard.whoHasWhat}</em>)}</p>
          <p className="large dot">
            <b>{percent(pairs.right, texts)}</b> <span>{hard.byDot}</span>
          </p>
          {rerank?.pairs && (
            <p className="large rerank">
              <b>{percent(rerank.pairs.right, texts)}</b> <span>{hard.again}</span>
            </p>
          )}
        </div>
      )}
      <table className="categories">
        <thead>
          <tr>
            <th scope="col">{hard.about}</th>
            <th scope="col">{hard.r1}</th>
            {after && <th scope="col">{hard.first(after.m)}</th>}
          </tr>
        </thead>
        <tbody>
          {categories.map(({ name, captions: many, ir }) => {
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
                    {categoryName(name, texts)}
                  </button>
                  <span className="muted"> {texts.number(many)}</span>
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
      {rerank && rerank.captions < captions && <p className="muted small sampled">{hard.drawn(rerank.captions)}</p>}
    </section>
  );
}

function Bar({ kind, value }: { kind: string; value: number }) {
  const texts = useTexts();
  return (
    <span className={`bar ${kind}`}>
      <span className="bar-track" aria-hidden="true">
        <span className="bar-fill" style={{ width: `${value}%` }} />
      </span>
      <span className="bar-value">{percent(value, texts)}</span>
    </span>
  );
}
