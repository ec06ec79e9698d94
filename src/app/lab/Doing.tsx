import { useTexts } from "../texts/texts";
import type { Lab } from "./use-lab";

/** What takes long: how far it is, how fast it goes, and how long it will still take. */
export function Doing({ lab: { going, indexing, running, stopped, subject, problem, found } }: { lab: Lab }) {
  const { number, fixed, lab } = useTexts();
  const { doing, setup } = lab;
  const now = indexing ?? going;
  if (!now) {
    const idle = problem
      ? ""
      : stopped
        ? doing.stopped
        : !subject
          ? setup.opening
          : running
            ? doing.starting
            : found
              ? doing.finished
              : doing.idle;
    return (
      <p className="doing" role="status">
        {idle}
      </p>
    );
  }
  const { what, done, total, began } = now;
  const seconds = (performance.now() - began) / 1000;
  const rate = done / Math.max(seconds, 0.001);
  const left = done > 0 ? Math.ceil((total - done) / rate) : undefined;
  return (
    <div className="doing">
      <progress aria-label={doing.what[what]} {...(total > 0 ? { max: total, value: done } : {})} />
      <p>
        <span role="status">{doing.what[what]}</span>
        {total > 0 && (
          <span className="muted">
            {" "}
            {doing.of(done, total)}
            {seconds > 0.5 && done > 0 && `, ${doing.rate(rate < 10 ? fixed(rate, 1) : number(Math.round(rate)))}`}
            {seconds > 0.5 && left !== undefined && `, ${left < 90 ? doing.seconds(left) : doing.minutes(Math.round(left / 60))}`}
          </span>
        )}
      </p>
    </div>
  );
}
