import { useTexts } from "../texts/texts";
import type { Loading } from "../use-gallery";

const STAGES = ["runtime", "text encoder", "vectors"] as const;

/** Bytes loaded of those the first search needs; afterwards, quietly, the pictures that are kept. */
export function LoadingBar({ loading: { gallery, progress, stage } }: { loading: Loading }) {
  const { shell } = useTexts();
  if (stage === "ready") return null;
  if (stage === "keeping") {
    const { loaded, total } = progress.pictures ?? { loaded: 0, total: 1 };
    return <progress className="keeping" aria-label={shell.keeping} max={total} value={loaded} />;
  }
  const known = STAGES.flatMap((stage) => (progress[stage] ? [{ ...progress[stage], stage }] : []));
  const loaded = known.reduce((sum, step) => sum + step.loaded, 0);
  const total = known.reduce((sum, step) => sum + step.total, 0);
  const done = STAGES.filter((stage) => progress[stage] && progress[stage].loaded >= progress[stage].total);
  const doing = known.find((step) => step.loaded < step.total)?.stage;
  const what = !gallery
    ? shell.opening
    : stage === "refining"
      ? shell.refining
      : doing
        ? shell.stages[doing]
        : done.length > 0
          ? shell.starting
          : shell.loadingEncoders;
  return (
    <div className="loading">
      <progress aria-label={shell.loading} max={Math.max(total, 1)} value={total > 0 ? loaded : undefined} />
      <p>
        {what}
        {total > 0 && <span className="muted"> {shell.megabytes(loaded, total)}</span>}
      </p>
    </div>
  );
}
