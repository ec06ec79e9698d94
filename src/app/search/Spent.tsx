import type { Found, GalleryInfo } from "../engine";
import { type Texts, useTexts } from "../texts/texts";
import type { Rerank } from "./use-rerank";
import { RERANKED, type Search } from "./use-search";

interface Props {
  search: Search;
  /** Photos that are shown. */
  count: number;
  /** They are shown one after the other. */
  ordered: boolean;
  gallery: GalleryInfo | undefined;
  rerank: Rerank;
  on: boolean;
  onRerank: (on: boolean) => void;
}

/** What the answer's order can be relied on for. */
function meaning({ partial, exact, of, coarse, total, scanner }: Found, spent: Texts["spent"]): string {
  if (scanner.kind === "engine") return spent.engineMeans(scanner.name);
  if (partial) return spent.partialMeans(total);
  if (coarse) return spent.coarseMeans;
  if (!exact) return spent.fastMeans;
  return of === "full" ? spent.fullMeans : spent.exactMeans(Number.parseInt(of, 10));
}

/** What found the pictures. */
function finder(scanner: Found["scanner"], spent: Texts["spent"]): string {
  if (scanner.kind === "engine") return spent.byEngine(scanner.name);
  return `${spent.scanner[scanner.kind]}${scanner.reason ? `: ${scanner.reason}` : ""}`;
}

/** Where the milliseconds of the last query went. */
export function Spent({ search: { found, painted }, count, ordered, gallery, rerank, on, onRerank }: Props) {
  const { spent, milliseconds } = useTexts();
  if (!gallery) return <p className="spent" />;
  if (!found) {
    return <p className="spent">{count > 0 && (ordered ? spent.inOrder : spent.all)(gallery.count)}</p>;
  }
  const { tokenize, encode, scan } = found.timings;
  const steps = [
    { name: "tokenize" as const, ms: tokenize },
    { name: "encode" as const, ms: encode },
    { name: "scan" as const, ms: scan, title: finder(found.scanner, spent) },
  ];
  const again = rerank.spent !== undefined ? milliseconds(rerank.spent, 0) : rerank.problem ? "–" : "…";
  return (
    <div className="spent" data-testid="spent">
      <span>
        {spent.best(count, found.total)}{" "}
        <span className="certainty" title={meaning(found, spent)}>
          {found.partial ? spent.partial : found.exact ? spent.exact : spent.fast}
        </span>
        {found.truncated && ` ${spent.truncated}`}
      </span>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        className="switch"
        title={spent.rerankTitle(RERANKED)}
        onClick={() => onRerank(!on)}
      >
        {spent.rerank}
      </button>
      <dl className="steps">
        {steps.map(({ name, ms, title }) => (
          <div key={name} className={`step ${name}`} title={title}>
            <dt>{spent.steps[name]}</dt>
            <dd>{milliseconds(ms, 1)}</dd>
          </div>
        ))}
        {on && (
          <div className="step rerank" title={spent.rerankStep(RERANKED)}>
            <dt>{spent.steps.rerank}</dt>
            <dd>{again}</dd>
          </div>
        )}
        <div className="step painted">
          <dt>{spent.steps.painted}</dt>
          <dd>{painted === undefined ? "…" : milliseconds(painted, 0)}</dd>
        </div>
      </dl>
    </div>
  );
}
