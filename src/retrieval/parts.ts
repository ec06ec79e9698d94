/** Words of a query: with a weight above 0 looked for, below 0 left out. */
export interface WordsPart {
  words: string;
  weight: number;
}

/** A photo of the gallery, by its id: with a weight above 0 its like is looked for, below 0 kept away. */
export interface PhotoPart {
  photo: string;
  weight: number;
}

export type Part = WordsPart | PhotoPart;

/** More are not read: each costs a text encoding, and nobody has written them. */
export const MOST_PARTS = 12;
/** Weights beyond these drown what they stand beside, or do nothing. */
export const [LEAST_WEIGHT, MOST_WEIGHT] = [0.1, 10];

/** Quotation marks as keyboards and phones write them. */
const QUOTES = '"“”„';
/**
 * One token, up to white space: a sign of what is left out (a hyphen, or a minus as Japanese keyboards and type-setting have it), `like:` for a
 * photo, words in quotation marks, in which a backslash stands before a quotation mark, or as they are, and a weight. Quotation marks that
 * are not closed yet reach to the end.
 */
const TOKEN = new RegExp(
  `(?<minus>[-−－](?=[${QUOTES}\\p{L}\\p{N}]))?(?<like>like:(?=\\S))?` +
    `(?:[${QUOTES}](?<quoted>(?:\\\\.|[^\\\\${QUOTES}])*)(?:[${QUOTES}]|$)|(?<bare>\\S+?))` +
    "(?:\\^(?<weight>\\d*\\.?\\d+))?(?=\\s|$)",
  "suy",
);

/**
 * Reads a query as it is typed: `a red car -snow "at night"^2 like:photo.jpg`. Words that stand free are one phrase, wherever they stand;
 * words in quotation marks and words with a weight are phrases of their own. What is no sign of anything is a word.
 * @returns `cut`: there were more than MOST_PARTS
 */
export function parseParts(text: string): { parts: Part[]; cut: boolean } {
  const parts: Part[] = [];
  const free: string[] = [];
  let at = text.search(/\S/);
  while (at >= 0 && at < text.length) {
    TOKEN.lastIndex = at;
    const { minus, like, quoted, bare, weight } = readToken(text);
    at = TOKEN.lastIndex;
    at += text.slice(at).search(/\S|$/);
    const said = quoted === undefined ? bare! : quoted.replace(/\\(.)/gsu, "$1").trim();
    if (said === "") continue;
    const signed = (minus ? -1 : 1) * bounded(weight === undefined ? 1 : Number(weight));
    if (like) parts.push({ photo: said, weight: signed });
    else if (minus || weight !== undefined || quoted !== undefined) parts.push({ words: said, weight: signed });
    else if (free.push(said) === 1) parts.push({ words: "", weight: 1 });
  }
  const whole = parts.map((part) => ("words" in part && part.words === "" ? { ...part, words: free.join(" ") } : part));
  return { parts: whole.slice(0, MOST_PARTS), cut: whole.length > MOST_PARTS };
}

/** Takes the photos that a query begins with from what comes after them, which is left as it was typed. */
export function takePhotos(text: string): { photos: PhotoPart[]; rest: string } {
  const photos: PhotoPart[] = [];
  let rest = text;
  for (;;) {
    TOKEN.lastIndex = 0;
    const token = TOKEN.exec(rest);
    if (!token?.groups?.like || photos.length === MOST_PARTS) return { photos, rest };
    photos.push(...(parseParts(token[0]).parts as PhotoPart[]));
    rest = rest.slice(token[0].length).trimStart();
  }
}

/** The query as `parseParts` reads it; its parts have words, and weights within the bounds. */
export function writeParts(parts: readonly Part[]): string {
  let free = true;
  const tokens = parts.map((part) => {
    const [like, said] = "photo" in part ? ["like:", part.photo] : ["", part.words];
    const size = Math.abs(part.weight);
    const [before, after] = [(part.weight < 0 ? "-" : "") + like, size === 1 ? "" : `^${size}`];
    const plain = before + said + after;
    const alone = before !== "" || after !== "";
    // What begins as if quoted may reach into the next token.
    if ((alone || free) && !QUOTES.includes(said[0]!) && samePart(parseParts(plain).parts, part)) {
      free &&= alone;
      return plain;
    }
    return `${before}"${said.replace(new RegExp(`[\\\\${QUOTES}]`, "g"), "\\$&")}"${after}`;
  });
  return tokens.join(" ");
}

/** What the token at TOKEN's place consists of; what has a weight but neither a letter nor a digit is a word as it stands. */
function readToken(text: string): Record<string, string | undefined> {
  const { 0: token, groups } = TOKEN.exec(text)!;
  const { like, quoted, bare, weight } = groups!;
  const sign = !like && quoted === undefined && weight !== undefined && !/[\p{L}\p{N}]/u.test(bare!);
  return sign ? { bare: token } : groups!;
}

/** To two decimals, as people write them. */
export const bounded = (weight: number): number => Math.round(Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight)) * 100) / 100;

function samePart(parts: Part[], part: Part): boolean {
  const [only] = parts;
  return parts.length === 1 && only!.weight === part.weight && saidOf(only!) === saidOf(part) && "photo" in only! === "photo" in part;
}

const saidOf = (part: Part): string => ("photo" in part ? part.photo : part.words);
