import type { Imported } from "../../importer/importer";
import { CloseIcon } from "../shell/icons";
import { Problem } from "../shell/Problem";
import { type Texts, useTexts } from "../texts/texts";
import { CurrentPhoto } from "./CurrentPhoto";
import type { Import, Importing } from "./use-import";

interface Props {
  importing: Importing;
  /** Goes on, or begins again, with the same folder or files. */
  onAgain: (forget: boolean) => void;
}

/** Of files that could not be read: more would take the page longer to lay out than anybody reads. */
const MOST_NAMED = 500;

/** How an import goes, and afterwards what it did. */
export function ImportPanel({ importing, onAgain }: Props) {
  const { import: texts } = useTexts();
  const { now, pause, resume, cancel, dismiss } = importing;
  if (!now) return null;
  const { gallery, progress, current, paused, running, result, problem } = now;
  return (
    <section className="import" aria-label={texts.label(gallery.name)} data-state={running ? "running" : "over"}>
      {running && (
        <>
          <div className="import-head">
            {current && <CurrentPhoto photo={current.thumbnail} />}
            <p>
              {paused ? texts.paused : doing(now, texts)}
              {progress?.stage === "reading" && (
                <span className="muted">
                  {" "}
                  {texts.progress(progress.done, progress.total)}
                  {progress.perSecond !== undefined && `, ${texts.rate(progress.perSecond)}`}
                  {progress.secondsLeft !== undefined &&
                    progress.done < progress.total &&
                    `, ${texts.left(duration(progress.secondsLeft, texts))}`}
                </span>
              )}
              {current && <span className="import-path muted">{current.path}</span>}
            </p>
            <button type="button" className="button" onClick={paused ? resume : pause}>
              {paused ? texts.goOn : texts.pause}
            </button>
            <button type="button" className="button" onClick={cancel}>
              {texts.stop}
            </button>
          </div>
          <progress
            aria-label={texts.read}
            max={Math.max(1, progress?.total ?? 1)}
            value={progress?.stage === "reading" ? progress.done : undefined}
          />
        </>
      )}
      {result && (
        <div className="import-head">
          <p data-testid="imported">{summary(result, texts)}</p>
          <button type="button" className="icon-button" aria-label={texts.close} onClick={dismiss}>
            <CloseIcon />
          </button>
        </div>
      )}
      {result?.cancelled && (
        <button type="button" className="button" onClick={() => onAgain(false)}>
          {texts.goOnWhere}
        </button>
      )}
      {result && result.missing > 0 && (
        <div className="import-ask" role="alert">
          <p>{texts.missing(result.missing)}</p>
          <button type="button" className="button" onClick={() => onAgain(false)}>
            {texts.lookAgain}
          </button>
          <button type="button" className="button" onClick={() => onAgain(true)}>
            {texts.forget}
          </button>
        </div>
      )}
      {result && result.failed.length > 0 && (
        <details className="import-failed">
          <summary>{texts.failed(result.failed.length)}</summary>
          <ul aria-label={texts.failedList}>
            {result.failed.slice(0, MOST_NAMED).map(({ path, reason }) => (
              <li key={path}>
                <bdi>{path}</bdi> <span className="muted">{reason}</span>
              </li>
            ))}
            {result.failed.length > MOST_NAMED && <li>{texts.more(result.failed.length - MOST_NAMED)}</li>}
          </ul>
        </details>
      )}
      {problem && <Problem problem={problem} onRetry={() => onAgain(false)} />}
    </section>
  );
}

function doing({ progress, gallery }: Import, texts: Texts["import"]): string {
  if (progress?.stage === "reading") return texts.reading;
  return progress?.done ? texts.lookingSoFar(gallery.name, progress.done) : texts.looking(gallery.name);
}

function summary({ encoded, recognised, removed, unchanged, cancelled, others }: Imported, texts: Texts["import"]): string {
  const parts = [
    encoded > 0 && texts.encoded(encoded),
    recognised > 0 && texts.recognised(recognised),
    removed > 0 && texts.removed(removed),
    unchanged > 0 && texts.unchanged(unchanged),
    others > 0 && texts.others(others),
  ].filter((part) => part !== false);
  const what = parts.length > 0 ? texts.listed(parts) : texts.none;
  return cancelled ? texts.stopped(what) : texts.done(what);
}

function duration(seconds: number, texts: Texts["import"]): string {
  if (seconds < 60) return texts.seconds(Math.max(1, Math.round(seconds)));
  if (seconds < 3600) return texts.minutes(Math.round(seconds / 60));
  return texts.hours(Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60));
}
