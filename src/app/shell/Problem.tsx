import type { PlainError } from "../../files/errors";
import { useTexts } from "../texts/texts";

interface Props {
  problem: PlainError;
  onRetry?: () => void;
}

/** What happened, what it means and what to do next. */
export function Problem({ problem: { code, message, advice }, onRetry }: Props) {
  const texts = useTexts();
  return (
    <div className="problem" role="alert" data-code={code}>
      <p className="what">{message}</p>
      <p>{advice}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {texts.shell.again}
        </button>
      )}
    </div>
  );
}
