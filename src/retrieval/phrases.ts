/** Words of a phrase that is suggested. */
const [FEWEST, MOST] = [2, 7];
/** Captions that are looked at; more say nothing new. */
const CAPTIONS = 20_000;
/** Phrases that are kept, and their characters. */
const [KEPT, CHARACTERS] = [1_500, 40_000];
/** Words that end no phrase ("in", "the", "red") end less than such a share of what is said with them, where that was said often enough to tell. */
const [ENDING, OFTEN] = [0.05, 5];
/** A phrase says nothing that a longer one does not, if so much of its captions have the longer one. */
const SAME = 0.8;

/** Lower case, in NFC, with single spaces. */
export const plainWords = (text: string): string => text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ");

/** What a caption says between its signs, each as words. */
const clausesOf = (caption: string): string[][] =>
  plainWords(caption)
    .split(/[^\p{L}\p{N}\p{M}'’ -]+/u)
    .map((clause) => clause.split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word)));

/** Collects what a gallery's captions say again and again: what a query may be completed with. */
export class Phrases {
  readonly #captions: string[][][] = [];

  add(caption: string): void {
    if (this.#captions.length < CAPTIONS) this.#captions.push(clausesOf(caption));
  }

  /** The phrases that tell the most, those of most captions and words first; none where there are no captions. */
  list(): string[] {
    const open = this.#openWords();
    const counts = new Map<string, number>();
    for (const clauses of this.#captions) {
      const own = new Set<string>();
      for (const words of clauses) {
        for (let from = 0; from < words.length; from++) {
          for (let to = from + FEWEST; to <= Math.min(words.length, from + MOST); to++) {
            if (!open.has(words[to - 1]!)) own.add(words.slice(from, to).join(" "));
          }
        }
      }
      for (const phrase of own) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
    const least = this.#captions.length < 200 ? 1 : 3;
    const frequent = [...counts].filter(([, count]) => count >= least);
    const within = new Map<string, number>();
    for (const [phrase, count] of frequent) {
      const words = phrase.split(" ");
      for (const part of [words.slice(0, -1), words.slice(1)]) {
        const text = part.join(" ");
        within.set(text, Math.max(within.get(text) ?? 0, count));
      }
    }
    const telling = frequent.filter(([phrase, count]) => (within.get(phrase) ?? 0) < SAME * count);
    const worth = ([phrase, count]: [string, number]) => Math.log(1 + count) * phrase.split(" ").length;
    telling.sort((a, b) => worth(b) - worth(a) || (a[0] < b[0] ? -1 : 1));
    let characters = 0;
    return telling
      .slice(0, KEPT)
      .map(([phrase]) => phrase)
      .filter((phrase) => {
        characters += phrase.length;
        return characters <= CHARACTERS;
      });
  }

  /** Words after which a clause goes on. */
  #openWords(): Set<string> {
    const counts = new Map<string, { all: number; last: number }>();
    for (const words of this.#captions.flat()) {
      for (const [i, word] of words.entries()) {
        const count = counts.get(word) ?? { all: 0, last: 0 };
        counts.set(word, { all: count.all + 1, last: count.last + (i === words.length - 1 ? 1 : 0) });
      }
    }
    return new Set([...counts].filter(([, { all, last }]) => all >= OFTEN && last < ENDING * all).map(([word]) => word));
  }
}

/**
 * Texts that a typed one may become, at most `most`: what its last words begin, at first the longest part of it that begins any phrase; no two of them
 * go on with the same word as long as there are others.
 */
export function completions(typed: string, phrases: readonly string[], most: number): string[] {
  const text = plainWords(typed).trimStart();
  const starts = [...text.matchAll(/(?<=^| )(?=\S)/gu)].map(({ index }) => index);
  for (const start of starts) {
    const tail = text.slice(start);
    // A single letter begins too much to help.
    if (tail.length < 2) break;
    const going = phrases.filter((phrase) => phrase.startsWith(tail) && phrase.length > tail.trimEnd().length);
    if (going.length === 0) continue;
    const next = (phrase: string) => phrase.slice(0, `${phrase} `.indexOf(" ", tail.length + 1));
    const apart = new Map(going.toReversed().map((phrase) => [next(phrase), phrase]));
    const chosen = going.filter((phrase) => apart.get(next(phrase)) === phrase);
    return [...new Set([...chosen, ...going])].slice(0, most).map((phrase) => text.slice(0, start) + phrase);
  }
  return [];
}
