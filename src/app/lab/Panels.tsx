import { useState } from "react";
import type { Recall } from "../../retrieval/recall";
import { type Texts, useTexts } from "../texts/texts";
import type { Lab } from "./use-lab";
import { percent } from "./words";

interface Panel {
  name: string;
  about: string;
  /** The large number, and what it is. */
  large: number | undefined;
  of: string;
  ir?: Recall | undefined;
  tr?: Recall | undefined;
  /** Why there is no figure, or what to know of it. */
  note?: string | undefined;
  /** Its figures are still changing. */
  live: boolean;
}

/** The three ways to rank, side by side: their figures fill in as they are found. */
export function Panels({ lab }: { lab: Lab }) {
  const texts = useTexts();
  const { label, many } = texts.lab.panels;
  const { found, step, subject, settings } = lab;
  const [chosen, setChosen] = useState<number>();
  const ms = found?.rerank?.by.map(({ m }) => m) ?? (step?.doing === "re-ranking" ? step.ms : [settings.m]);
  const m = chosen !== undefined && ms.includes(chosen) ? chosen : ms.at(-1)!;
  const why = found?.notReranked ?? subject?.notReranked;
  return (
    <section className="panels" aria-label={label} aria-live="off">
      <Figures panel={dotPanel(lab, texts)} kind="dot" />
      <Figures panel={rerankPanel(lab, m, ms, why, texts)} kind="rerank">
        {ms.length > 1 && (
          <fieldset className="segments">
            <legend className="visually-hidden">{many}</legend>
            {ms.map((each) => (
              <label key={each}>
                <input type="radio" name="m" checked={each === m} onChange={() => setChosen(each)} />
                <span>{texts.number(each)}</span>
              </label>
            ))}
          </fieldset>
        )}
      </Figures>
      <Figures panel={fullPanel(lab, why, texts)} kind="full" />
    </section>
  );
}

function dotPanel({ found, step }: Lab, texts: Texts): Panel {
  const { panels } = texts.lab;
  const live = step?.doing === "dot product" ? step : undefined;
  return {
    name: panels.dot,
    about: panels.dotAbout,
    large: found?.dot?.ar,
    of: "AR",
    ir: found?.dot?.ir ?? live?.ir,
    tr: found?.dot?.tr,
    note: found?.dot?.oracle && panels.oracle(percent(found.dot.oracle.ar, texts)),
    live: live !== undefined,
  };
}

function rerankPanel({ found, step, settings }: Lab, m: number, ms: number[], why: string | undefined, texts: Texts): Panel {
  const { panels } = texts.lab;
  const live = step?.doing === "re-ranking" ? step.interim : undefined;
  const done = found?.rerank?.by.find((each) => each.m === m);
  const now = live?.recalls[ms.indexOf(m)];
  const drawn = found?.rerank && found.rerank.captions < found.texts;
  return {
    name: panels.rerank,
    about: panels.rerankAbout(m),
    large: done?.ar,
    of: "AR",
    ir: done?.ir ?? (live?.task === "ir" ? now : undefined),
    tr: done?.tr ?? (live?.task === "tr" ? now : undefined),
    note:
      why ??
      (drawn
        ? panels.ofDrawn(found.rerank!.captions, found.rerank!.photos, percent(found.rerank!.dot.ar, texts))
        : found?.rerank
          ? panels.ofAll
          : settings.sample > 0
            ? panels.willDraw(settings.sample)
            : panels.ofAll),
    live: live !== undefined,
  };
}

function fullPanel({ found, step, settings }: Lab, why: string | undefined, texts: Texts): Panel {
  const { panels, toPictures } = texts.lab;
  const live = step?.doing === "full cross-attention" ? step : undefined;
  const ir = found?.full?.ir ?? live?.ir;
  return {
    name: panels.full,
    about: panels.fullAbout,
    large: ir?.r1,
    of: `R@1 ${toPictures}`,
    ir,
    note:
      why ??
      (found?.full
        ? panels.ofFull(found.full.captions, percent(found.full.dot.r1, texts), found.texts)
        : settings.full === 0
          ? panels.notAsked
          : panels.willScore(settings.full)),
    live: live !== undefined,
  };
}

function Figures({ panel, kind, children }: { panel: Panel; kind: string; children?: React.ReactNode }) {
  const texts = useTexts();
  const { toPictures, toCaptions } = texts.lab;
  const { name, about, large, of, ir, tr, note, live } = panel;
  return (
    <article className={`panel ${kind}`} data-live={live} aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p className="muted">{about}</p>
        {children}
      </header>
      <p className="large">
        <b className={large === undefined ? "waiting" : ""}>{large === undefined ? "–" : percent(large, texts)}</b> <span>{of}</span>
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">R@1</th>
            <th scope="col">R@5</th>
            <th scope="col">R@10</th>
          </tr>
        </thead>
        <tbody>
          <Row name={toPictures} recall={ir} />
          <Row name={toCaptions} recall={tr} />
        </tbody>
      </table>
      <p className="note muted">{note}</p>
    </article>
  );
}

function Row({ name, recall }: { name: string; recall: Recall | undefined }) {
  const texts = useTexts();
  return (
    <tr>
      <th scope="row">{name}</th>
      {(["r1", "r5", "r10"] as const).map((at) => (
        <td key={at} data-value={recall?.[at].toFixed(2)}>
          {recall ? percent(recall[at], texts) : "–"}
        </td>
      ))}
    </tr>
  );
}
