import type { PlainError } from "../../../files/errors";
import { Problem } from "../../shell/Problem";
import type { Shown } from "../use-search";
import type { Reason } from "./use-why";

/** A word of a phrase, by their places. */
export interface Pointed {
  phrase: number;
  word: number;
}

interface Props {
  photo: Shown;
  /** From 0. */
  place: number;
  reasons: Reason[] | undefined;
  problem: PlainError | undefined;
  /** The word whose look is shown; of none that of all. */
  pointed: Pointed | undefined;
  onPoint: (pointed: Pointed | undefined) => void;
}

/** The look that is shown of some reasons: a word's, or that of all phrases. */
export function lookShown(
  reasons: Reason[] | undefined,
  pointed: Pointed | undefined,
): { heat: number[]; grid: [number, number] } | undefined {
  const looks = reasons?.flatMap(({ look }) => look ?? []) ?? [];
  const [first] = looks;
  if (!first) return undefined;
  const word = pointed && wordsOf(reasons![pointed.phrase]!)[pointed.word];
  const heat = word?.heat ?? first.heat.map((_, i) => looks.reduce((sum, look) => sum + look.heat[i]!, 0) / looks.length);
  return { heat, grid: first.grid };
}

interface Word {
  text: string;
  gain: number | undefined;
  heat: number[] | undefined;
}

function wordsOf({ words, gains, look }: Reason): Word[] {
  const heats = new Map(look?.words.map(({ start, heat }) => [start, heat]));
  if (gains.length === 0)
    return look?.words.map(({ start, end, heat }) => ({ text: words.slice(start, end), gain: undefined, heat })) ?? [];
  return gains.map(({ start, end, gain }) => ({ text: words.slice(start, end), gain, heat: heats.get(start) }));
}

const percent = (share: number) => `${share < 0.01 ? "under 1" : share > 0.99 ? "over 99" : Math.round(100 * share)} %`;

/** Why a photo is where it is: how likely it matches, its places, which words mattered, and, by pressing one, where it looks. */
export function WhyPhoto({ photo: { probability, before }, place, reasons, problem, pointed, onPoint }: Props) {
  const looks = reasons?.some(({ look }) => look) ?? false;
  return (
    <section aria-label="Why this photo" className="why">
      <h2>Why this photo</h2>
      <dl className="why-facts">
        {probability !== undefined && (
          <div>
            <dt>matches</dt>
            <dd>{percent(probability)} likely</dd>
          </div>
        )}
        {before !== undefined && (
          <div>
            <dt>place</dt>
            <dd>
              {before + 1} by the dot score, {place + 1} re-ranked
            </dd>
          </div>
        )}
      </dl>
      {problem && <Problem problem={problem} />}
      {reasons?.length === 0 && <p className="muted">The query has no words to look for; the photo is like those it is steered by.</p>}
      {reasons?.map((reason, phrase) => {
        const words = wordsOf(reason);
        const most = Math.max(...words.map(({ gain = 0 }) => Math.abs(gain)), Number.MIN_VALUE);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two phrases may be equal, and their order is the query's.
          <ul key={phrase} className="why-words" aria-label={`Words of “${reason.words}”`}>
            {words.map(({ text, gain, heat }, word) => {
              const here = pointed?.phrase === phrase && pointed.word === word;
              const says = gain === undefined ? undefined : `${gain < 0 ? "lowers" : "raises"} the score by ${Math.abs(gain).toFixed(2)}`;
              const inside = (
                <>
                  <span>{text}</span>
                  {gain !== undefined && (
                    <span className={gain < 0 ? "gain against" : "gain"} style={{ inlineSize: `${(100 * Math.abs(gain)) / most}%` }} />
                  )}
                </>
              );
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a word may stand there twice, and their order is the phrase's.
                <li key={word}>
                  {heat ? (
                    <button
                      type="button"
                      className="why-word"
                      aria-pressed={here}
                      title={says}
                      onClick={() => onPoint(here ? undefined : { phrase, word })}
                    >
                      {inside}
                    </button>
                  ) : (
                    <span className="why-word" title={says}>
                      {inside}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        );
      })}
      {reasons && reasons.length > 0 && (
        <p className="why-note">
          {reasons.some(({ gains }) => gains.length > 0) && "The longer a word's bar, the more the score loses without it. "}
          {looks
            ? "What the words look at is bright in the picture; press a word to see its own."
            : "Where in the picture the words look, this model does not say."}
        </p>
      )}
    </section>
  );
}
