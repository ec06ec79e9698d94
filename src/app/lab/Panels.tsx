import { useState } from "react";
import type { Recall } from "../../retrieval/recall";
import type { Lab } from "./use-lab";
import { count, percent } from "./words";

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
  const { found, step, subject, settings } = lab;
  const [chosen, setChosen] = useState<number>();
  const ms = found?.rerank?.by.map(({ m }) => m) ?? (step?.doing === "re-ranking" ? step.ms : [settings.m]);
  const m = chosen !== undefined && ms.includes(chosen) ? chosen : ms.at(-1)!;
  const why = found?.notReranked ?? subject?.notReranked;
  return (
    <section className="panels" aria-label="Recall" aria-live="off">
      <Figures panel={dotPanel(lab)} kind="dot" />
      <Figures panel={rerankPanel(lab, m, ms, why)} kind="rerank">
        {ms.length > 1 && (
          <fieldset className="segments">
            <legend className="visually-hidden">How many are re-ranked</legend>
            {ms.map((each) => (
              <label key={each}>
                <input type="radio" name="m" checked={each === m} onChange={() => setChosen(each)} />
                <span>{each}</span>
              </label>
            ))}
          </fieldset>
        )}
      </Figures>
      <Figures panel={fullPanel(lab, why)} kind="full" />
    </section>
  );
}

function dotPanel({ found, step }: Lab): Panel {
  const live = step?.doing === "dot product" ? step : undefined;
  return {
    name: "Dot product",
    about: "one vector a picture, one a caption",
    large: found?.dot?.ar,
    of: "AR",
    ir: found?.dot?.ir ?? live?.ir,
    tr: found?.dot?.tr,
    note: found?.dot?.oracle && `A perfect ranker reaches ${percent(found.dot.oracle.ar)}: some captions fit several pictures.`,
    live: live !== undefined,
  };
}

function rerankPanel({ found, step, settings }: Lab, m: number, ms: number[], why: string | undefined): Panel {
  const live = step?.doing === "re-ranking" ? step.interim : undefined;
  const done = found?.rerank?.by.find((each) => each.m === m);
  const now = live?.recalls[ms.indexOf(m)];
  const drawn = found?.rerank && found.rerank.captions < found.texts;
  return {
    name: "Re-ranked",
    about: `the first ${m} by a cross-encoder`,
    large: done?.ar,
    of: "AR",
    ir: done?.ir ?? (live?.task === "ir" ? now : undefined),
    tr: done?.tr ?? (live?.task === "tr" ? now : undefined),
    note:
      why ??
      (drawn
        ? `Of ${count(found.rerank!.captions)} captions and ${count(found.rerank!.photos)} pictures, on which the dot product has AR ${percent(found.rerank!.dot.ar)}.`
        : found?.rerank
          ? "Of all captions and pictures."
          : settings.sample > 0
            ? `Of ${count(settings.sample)} captions and pictures, drawn by the seed.`
            : "Of all captions and pictures."),
    live: live !== undefined,
  };
}

function fullPanel({ found, step, settings }: Lab, why: string | undefined): Panel {
  const live = step?.doing === "full cross-attention" ? step : undefined;
  const ir = found?.full?.ir ?? live?.ir;
  return {
    name: "Full cross-attention",
    about: "every picture by the cross-encoder",
    large: ir?.r1,
    of: "R@1 text → image",
    ir,
    note:
      why ??
      (found?.full
        ? `Of ${count(found.full.captions)} captions, on which the dot product has R@1 ${percent(found.full.dot.r1)}. The other way round it would take ${count(found.texts)} captions a picture.`
        : settings.full === 0
          ? "Not asked for."
          : `Of ${count(settings.full)} captions, drawn by the seed: this is the slow way.`),
    live: live !== undefined,
  };
}

function Figures({ panel, kind, children }: { panel: Panel; kind: string; children?: React.ReactNode }) {
  const { name, about, large, of, ir, tr, note, live } = panel;
  return (
    <article className={`panel ${kind}`} data-live={live} aria-label={name}>
      <header>
        <h2>{name}</h2>
        <p className="muted">{about}</p>
        {children}
      </header>
      <p className="large">
        <b className={large === undefined ? "waiting" : ""}>{large === undefined ? "–" : percent(large)}</b> <span>{of}</span>
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
          <Row name="text → image" recall={ir} />
          <Row name="image → text" recall={tr} />
        </tbody>
      </table>
      <p className="note muted">{note}</p>
    </article>
  );
}

function Row({ name, recall }: { name: string; recall: Recall | undefined }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {(["r1", "r5", "r10"] as const).map((at) => (
        <td key={at} data-value={recall?.[at].toFixed(2)}>
          {recall ? percent(recall[at]) : "–"}
        </td>
      ))}
    </tr>
  );
}
