/** A text in which what stands between backticks is code. */
export function Coded({ text }: { text: string }) {
  let next = 0;
  return text.split(/(`[^`]*`)/).map((part) => (part.startsWith("`") ? <code key={next++}>{part.slice(1, -1)}</code> : part));
}
