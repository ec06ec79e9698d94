import type { PlainError } from "../../../files/errors";
import { Problem } from "../../shell/Problem";
import { useTexts } from "../../texts/texts";
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

/** Why a photo is where it is: how likely it matches, its places, which words mattered, and, by pressing one, where it looks. */
export function WhyPhoto({ photo: { probability, before }, place, reasons, problem, pointed, onPoint }: Props) {
  const { why } = useTexts();
  const looks = reasons?.some(({ look }) => look) ?? false;
  return (
    <section aria-label={why.title} className="why">
      <h2>{why.title}</h2>
      <dl className="why-facts">
        {probability !== undefined && (
          <div>
            <dt>{why.matches}</dt>
            <dd>{why.likely(probability)}</dd>
          </div>
        )}
        {before !== undefined && (
          <div>
            <dt>{why.place}</dt>
            <dd>{why.places(before + 1, place + 1)}</dd>
          </div>
        )}
      </dl>
      {problem && <Problem problem={problem} />}
      {reasons?.length === 0 && <p className="muted">{why.noWords}</p>}
      {reasons?.map((reason, phrase) => {
        const words = wordsOf(reason);
        const most = Math.max(...words.map(({ gain = 0 }) => Math.abs(gain)), Number.MIN_VALUE);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two phrases may be equal, and their order is the query's.
          <ul key={phrase} className="why-words" aria-label={why.words(reason.words)}>
            {words.map(({ text, gain, heat }, word) => {
              const here = pointed?.phrase === phrase && pointed.word === word;
              const says = gain === undefined ? undefined : gain < 0 ? why.lowers(-gain) : why.raises(gain);
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
          {reasons.some(({ gains }) => gains.length > 0) && why.bars}
          {looks ? why.looks : why.noLooks}
        </p>
      )}
    </section>
  );
}
