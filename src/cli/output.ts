import { DotlightError } from "../files/errors";

/** Progress on standard error, rewritten in place on a terminal, with rate and time left. */
export function progressLine(): (done: number, total: number, what: string) => void {
  let began = performance.now();
  let current = "";
  return (done, total, what) => {
    if (what !== current) {
      current = what;
      began = performance.now();
    }
    const seconds = (performance.now() - began) / 1000;
    const left = Math.ceil(((total - done) * seconds) / Math.max(1, done));
    const line = `${done} / ${total} ${what}, ${(done / Math.max(seconds, 0.001)).toFixed(1)} a second, ${left} s left`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}   ${done === total ? "\n" : ""}`);
    else if (done === total) process.stderr.write(`${line}\n`);
  };
}

export function usage(message: string): DotlightError {
  return new DotlightError("usage", message, "Try `dotlight --help`.");
}

/** A whole number from the command line. @throws DotlightError "usage" */
export function natural(option: string, text: string, least = 1): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw usage(`--${option} takes a whole number of at least ${least}, not "${text}".`);
  return value;
}
