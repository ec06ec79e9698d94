import type { Loading } from "../use-gallery";

const STAGES = ["runtime", "text encoder", "vectors"] as const;

/** Bytes loaded of those the first search needs; afterwards, quietly, the pictures that are kept. */
export function LoadingBar({ loading: { gallery, progress, stage } }: { loading: Loading }) {
  if (stage === "ready") return null;
  if (stage === "keeping") {
    const { loaded, total } = progress.pictures ?? { loaded: 0, total: 1 };
    return <progress className="keeping" aria-label="Keeping the pictures for offline use" max={total} value={loaded} />;
  }
  const known = STAGES.map((stage) => progress[stage]).filter((step) => step !== undefined);
  const loaded = known.reduce((sum, step) => sum + step.loaded, 0);
  const total = known.reduce((sum, step) => sum + step.total, 0);
  const done = STAGES.filter((stage) => progress[stage] && progress[stage].loaded >= progress[stage].total);
  const doing = known.find((step) => step.loaded < step.total)?.stage;
  const what = !gallery
    ? "Opening the gallery"
    : stage === "refining"
      ? "Ready; the finer bits of the vectors are still loading"
      : doing
        ? `Loading the ${doing}`
        : done.length > 0
          ? "Starting the encoder"
          : "Loading the encoders";
  return (
    <div className="loading">
      <progress aria-label="Loading" max={Math.max(total, 1)} value={total > 0 ? loaded : undefined} />
      <p>
        {what}
        {total > 0 && (
          <span className="muted">
            {" "}
            {megabytes(loaded)} of {megabytes(total)} MB
          </span>
        )}
      </p>
    </div>
  );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
