import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import { Problem } from "../shell/Problem";
import type { Case, Cases as Found, Item, LabEngine, LabResult, Outcome } from "./engine";
import { LabPicture } from "./LabPicture";
import { categoryName, count } from "./words";

interface Props {
  engine: LabEngine;
  found: LabResult;
  category: string | undefined;
  onCategory: (category: string | undefined) => void;
}

const PAGE = 6;
const ALL = "all";

/** What can have become of a caption, without re-ranking and with it. */
const ALONE: [Outcome, string][] = [
  ["missed", "Missed"],
  ["found", "Found"],
];
const RERANKED: [Outcome, string][] = [
  ["repaired", "Set right by re-ranking"],
  ["spoilt", "Spoilt by re-ranking"],
  ["missed", "Missed by both"],
  ["found", "Found by both"],
];

/** Captions one by one: their own picture, and what came first by dot product and re-ranked. */
export function Cases({ engine, found, category, onCategory }: Props) {
  const reranked = found.rerank !== undefined;
  const [chosen, setChosen] = useState<Outcome>();
  const [from, setFrom] = useState(0);
  const [shown, setShown] = useState<Found & { items: Map<number, Item>; found: LabResult }>();
  const [problem, setProblem] = useState<PlainError>();

  const outcomes = reranked ? RERANKED : ALONE;
  // Until somebody chooses, the first that there are any of.
  const some = outcomes.find(([each]) => shown?.found === found && shown.counts[each] > 0) ?? outcomes[0]!;
  const outcome = chosen ?? some[0];

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run or category begins with the first page.
  useEffect(() => setFrom(0), [found, category, outcome]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run has other outcomes.
  useEffect(() => setChosen(undefined), [found]);
  useEffect(() => {
    let over = false;
    (async () => {
      const cases = await engine.cases({ category, outcome, from, count: PAGE });
      const rows = [...new Set(cases.cases.flatMap(({ gold, dot, reranked }) => [gold, dot.first, ...(reranked ? [reranked.first] : [])]))];
      const items = await engine.items(rows);
      if (!over) setShown({ ...cases, items: new Map(rows.map((row, i) => [row, items[i]!])), found });
    })().catch((error: unknown) => !over && setProblem(toPlain(error)));
    return () => {
      over = true;
    };
  }, [engine, found, category, outcome, from]);

  const total = shown?.counts[outcome] ?? 0;
  return (
    <section className="block" aria-labelledby="cases">
      <h2 id="cases">Look at them</h2>
      <div className="case-choose">
        <fieldset className="segments">
          <legend className="visually-hidden">What became of the caption</legend>
          {outcomes.map(([each, name]) => (
            <label key={each}>
              <input type="radio" name="outcome" checked={each === outcome} onChange={() => setChosen(each)} />
              <span>
                {name} <small>{shown ? count(shown.counts[each]) : "…"}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {(found.categories ?? []).length > 0 && (
          <label className="choice">
            <span>Captions about</span>
            <select value={category ?? ALL} onChange={({ target }) => onCategory(target.value === ALL ? undefined : target.value)}>
              <option value={ALL}>anything</option>
              {found.categories!.map(({ name }) => (
                <option key={name} value={name}>
                  {categoryName(name)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {problem && <Problem problem={problem} />}
      {shown && total === 0 && <p className="muted">No caption of this kind.</p>}
      <ul className="cases">
        {shown?.cases.map((each) => (
          <CaseCard key={each.caption} of={each} items={shown.items} engine={engine} language={found.settings.language} />
        ))}
      </ul>
      {total > PAGE && (
        <div className="case-pages">
          <button type="button" className="button" disabled={from === 0} onClick={() => setFrom(from - PAGE)}>
            Previous
          </button>
          <span className="muted">
            {count(from + 1)}–{count(Math.min(total, from + PAGE))} of {count(total)}
          </span>
          <button type="button" className="button" disabled={from + PAGE >= total} onClick={() => setFrom(from + PAGE)}>
            Next
          </button>
        </div>
      )}
    </section>
  );
}

interface CardProps {
  of: Case;
  items: Map<number, Item>;
  engine: LabEngine;
  language: string;
}

function CaseCard({ of: { text, gold, dot, reranked, category }, items, engine, language }: CardProps) {
  const choices = [{ name: "by dot product", ...dot }, ...(reranked ? [{ name: "re-ranked", ...reranked }] : [])];
  return (
    <li className="case">
      <p className="case-text" lang={language || undefined}>
        {text || "(a caption without its text)"}
      </p>
      {category && <p className="muted small">{categoryName(category)}</p>}
      <div className="case-pictures">
        <figure>
          <LabPicture engine={engine} row={gold} item={items.get(gold)!} />
          <figcaption>its own</figcaption>
        </figure>
        {choices.map(({ name, first, place, fits }) => (
          <figure key={name} data-right={first === gold}>
            <LabPicture engine={engine} row={first} item={items.get(first)!} />
            <figcaption>
              first {name}
              <span className={first === gold ? "verdict right" : "verdict"}>
                {first === gold ? "right" : `its own: place ${count(place)}`}
                {fits && ", fits too"}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
    </li>
  );
}
