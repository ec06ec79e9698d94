import type { Lab } from "./use-lab";
import { count } from "./words";

/** What takes long: how far it is, how fast it goes, and how long it will still take. */
export function Doing({ lab: { going, indexing, running, stopped, subject, problem, found } }: { lab: Lab }) {
  const now = indexing ?? going;
  if (!now) {
    const idle = problem
      ? ""
      : stopped
        ? "Stopped: what had been found by then stays below."
        : !subject
          ? "Opening …"
          : running
            ? "Starting …"
            : found
              ? "Finished."
              : "Press Run: the figures fill in as they are found.";
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
      <progress aria-label={what} {...(total > 0 ? { max: total, value: done } : {})} />
      <p>
        <span role="status">{what}</span>
        {total > 0 && (
          <span className="muted">
            {" "}
            {count(done)} of {count(total)}
            {seconds > 0.5 && done > 0 && `, ${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))} a second`}
            {seconds > 0.5 && left !== undefined && `, ${duration(left)} left`}
          </span>
        )}
      </p>
    </div>
  );
}

const duration = (seconds: number): string => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
