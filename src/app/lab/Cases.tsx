import { useEffect, useState } from "react";
import { type PlainError, toPlain } from "../../files/errors";
import { Problem } from "../shell/Problem";
import { type Texts, useTexts } from "../texts/texts";
import type { Case, Cases as Found, Item, LabEngine, LabResult, Outcome } from "./engine";
import { LabPicture } from "./LabPicture";
import { categoryName } from "./words";

interface Props {
  engine: LabEngine;
  found: LabResult;
  category: string | undefined;
  onCategory: (category: string | undefined) => void;
}

const PAGE = 6;
const ALL = "all";

/** What can have become of a caption, without re-ranking and with it. */
const ALONE: [Outcome, keyof Texts["lab"]["cases"]["outcomes"]][] = [
  ["missed", "missed"],
  ["found", "found"],
];
const RERANKED: typeof ALONE = [
  ["repaired", "repaired"],
  ["spoilt", "spoilt"],
  ["missed", "missedBoth"],
  ["found", "foundBoth"],
];

/** Captions one by one: their own picture, and what came first by dot product and re-ranked. */
export function Cases({ engine, found, category, onCategory }: Props) {
  const texts = useTexts();
  const { number } = texts;
  const { cases } = texts.lab;
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
      const read = await engine.cases({ category, outcome, from, count: PAGE });
      const rows = [...new Set(read.cases.flatMap(({ gold, dot, reranked }) => [gold, dot.first, ...(reranked ? [reranked.first] : [])]))];
      const items = await engine.items(rows);
      if (!over) setShown({ ...read, items: new Map(rows.map((row, i) => [row, items[i]!])), found });
    })().catch((error: unknown) => !over && setProblem(toPlain(error)));
    return () => {
      over = true;
    };
  }, [engine, found, category, outcome, from]);

  const total = shown?.counts[outcome] ?? 0;
  return (
    <section className="block" aria-labelledby="cases">
      <h2 id="cases">{cases.title}</h2>
      <div className="case-choose">
        <fieldset className="segments">
          <legend className="visually-hidden">{cases.label}</legend>
          {outcomes.map(([each, name]) => (
            <label key={each}>
              <input type="radio" name="outcome" checked={each === outcome} onChange={() => setChosen(each)} />
              <span>
                {cases.outcomes[name]} <small>{shown ? number(shown.counts[each]) : "…"}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {(found.categories ?? []).length > 0 && (
          <label className="setting">
            <span>{cases.about}</span>
            <select value={category ?? ALL} onChange={({ target }) => onCategory(target.value === ALL ? undefined : target.value)}>
              <option value={ALL}>{cases.anything}</option>
              {found.categories!.map(({ name }) => (
                <option key={name} value={name}>
                  {categoryName(name, texts)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {problem && <Problem problem={problem} />}
      {shown && total === 0 && <p className="muted">{cases.none}</p>}
      <ul className="cases">
        {shown?.cases.map((each) => (
          <CaseCard key={each.caption} of={each} items={shown.items} engine={engine} language={found.settings.language} />
        ))}
      </ul>
      {total > PAGE && (
        <div className="case-pages">
          <button type="button" className="button" disabled={from === 0} onClick={() => setFrom(from - PAGE)}>
            {cases.previous}
          </button>
          <span className="muted">{cases.page(from + 1, Math.min(total, from + PAGE), total)}</span>
          <button type="button" className="button" disabled={from + PAGE >= total} onClick={() => setFrom(from + PAGE)}>
            {cases.next}
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
  const texts = useTexts();
  const { cases } = texts.lab;
  const choices = [{ name: cases.byDot, ...dot }, ...(reranked ? [{ name: cases.again, ...reranked }] : [])];
  return (
    <li className="case">
      <p className="case-text" lang={language || undefined}>
        {text || cases.textless}
      </p>
      {category && <p className="muted small">{categoryName(category, texts)}</p>}
      <div className="case-pictures">
        <figure>
          <LabPicture engine={engine} row={gold} item={items.get(gold)!} />
          <figcaption>{cases.own}</figcaption>
        </figure>
        {choices.map(({ name, first, place, fits }) => (
          <figure key={name} data-right={first === gold}>
            <LabPicture engine={engine} row={first} item={items.get(first)!} />
            <figcaption>
              {name}
              <span className={first === gold ? "verdict right" : "verdict"}>
                {first === gold ? cases.right : cases.place(place)}
                {fits && `, ${cases.fits}`}
              </span>
            </figcaption>
          </figure>
        ))}
      </div>
    </li>
  );
}
