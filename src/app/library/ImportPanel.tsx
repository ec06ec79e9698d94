import type { Imported } from "../../importer/importer";
import { CloseIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import type { Import, Importing } from "./use-import";

interface Props {
  importing: Importing;
  /** Goes on, or begins again, with the same folder or files. */
  onAgain: (forget: boolean) => void;
}

/** Of files that could not be read: more would take the page longer to lay out than anybody reads. */
const MOST_NAMED = 500;
const number = new Intl.NumberFormat("en");

/** How an import goes, and afterwards what it did. */
export function ImportPanel({ importing, onAgain }: Props) {
  const { now, pause, resume, cancel, dismiss } = importing;
  if (!now) return null;
  const { gallery, progress, current, paused, running, result, problem } = now;
  return (
    <section className="import" aria-label={`Photos of ${gallery.name}`} data-state={running ? "running" : "over"}>
      {running && (
        <>
          <div className="import-head">
            {current && <img src={current.url} alt="" width="44" height="44" />}
            <p>
              {paused ? "Paused" : doing(now)}
              {progress?.stage === "reading" && (
                <span className="muted">
                  {" "}
                  {number.format(progress.done)} of {number.format(progress.total)}
                  {progress.perSecond !== undefined && `, ${progress.perSecond.toFixed(1)} a second`}
                  {progress.secondsLeft !== undefined && progress.done < progress.total && `, ${duration(progress.secondsLeft)} left`}
                </span>
              )}
              {current && <span className="import-path muted">{current.path}</span>}
            </p>
            <button type="button" className="button" onClick={paused ? resume : pause}>
              {paused ? "Go on" : "Pause"}
            </button>
            <button type="button" className="button" onClick={cancel}>
              Stop
            </button>
          </div>
          <progress
            aria-label="Photos read"
            max={Math.max(1, progress?.total ?? 1)}
            value={progress?.stage === "reading" ? progress.done : undefined}
          />
        </>
      )}
      {result && (
        <div className="import-head">
          <p data-testid="imported">{summary(result)}</p>
          <button type="button" className="icon-button" aria-label="Close the report" onClick={dismiss}>
            <CloseIcon />
          </button>
        </div>
      )}
      {result?.cancelled && (
        <button type="button" className="button" onClick={() => onAgain(false)}>
          Go on where it stopped
        </button>
      )}
      {result && result.missing > 0 && (
        <div className="import-ask" role="alert">
          <p>
            {number.format(result.missing)} photos of this gallery are not in the folder any more. If a disk is not connected, connect it
            and look again: nothing has been forgotten.
          </p>
          <button type="button" className="button" onClick={() => onAgain(false)}>
            Look again
          </button>
          <button type="button" className="button" onClick={() => onAgain(true)}>
            Forget them
          </button>
        </div>
      )}
      {result && result.failed.length > 0 && (
        <details className="import-failed">
          <summary>
            {number.format(result.failed.length)} {result.failed.length === 1 ? "file" : "files"} could not be read
          </summary>
          <ul aria-label="Files that could not be read">
            {result.failed.slice(0, MOST_NAMED).map(({ path, reason }) => (
              <li key={path}>
                <bdi>{path}</bdi> <span className="muted">{reason}</span>
              </li>
            ))}
            {result.failed.length > MOST_NAMED && <li>and {number.format(result.failed.length - MOST_NAMED)} more</li>}
          </ul>
        </details>
      )}
      {problem && <Problem problem={problem} onRetry={() => onAgain(false)} />}
    </section>
  );
}

function doing({ progress, gallery }: Import): string {
  if (progress?.stage === "reading") return "Reading photos";
  return `Looking through ${gallery.name}${progress?.done ? `: ${number.format(progress.done)} pictures so far` : ""}`;
}

function summary({ encoded, recognised, removed, unchanged, cancelled, others }: Imported): string {
  const photos = (count: number) => `${number.format(count)} ${count === 1 ? "photo" : "photos"}`;
  const parts = [
    encoded > 0 && `${photos(encoded)} encoded`,
    recognised > 0 && `${photos(recognised)} recognised by content`,
    removed > 0 && `${photos(removed)} removed`,
    unchanged > 0 && `${number.format(unchanged)} unchanged`,
    others > 0 && `${number.format(others)} other files left alone`,
  ].filter((part) => part !== false);
  const what = parts.length > 0 ? parts.join(", ") : "There are no photos here";
  return `${cancelled ? "Stopped: " : ""}${what}.`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
