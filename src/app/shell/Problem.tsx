import type { PlainError } from "../../files/errors";

interface Props {
  problem: PlainError;
  onRetry?: () => void;
}

/** What happened, what it means and what to do next. */
export function Problem({ problem: { code, message, advice }, onRetry }: Props) {
  return (
    <div className="problem" role="alert" data-code={code}>
      <p className="what">{message}</p>
      <p>{advice}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
