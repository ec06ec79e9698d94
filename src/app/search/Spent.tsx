import type { Found, GalleryInfo } from "../engine";
import type { Rerank } from "./use-rerank";
import { RERANKED, type Search } from "./use-search";

interface Props {
  search: Search;
  /** Photos that are shown. */
  count: number;
  gallery: GalleryInfo | undefined;
  rerank: Rerank;
  on: boolean;
  onRerank: (on: boolean) => void;
}

const number = new Intl.NumberFormat("en");

/** What the answer's order can be relied on for. */
function meaning({ partial, exact, of, coarse, total, scanner }: Found): string {
  if (scanner.kind === "engine") {
    return `Found by ${scanner.name}, which looks at a part of its pictures only: a few of the best may be missing. It ranks by one vector, so that what is left out is taken from what is looked for.`;
  }
  if (partial) return `${number.format(total)} pictures have arrived, not yet in full precision: the order may change.`;
  if (coarse) return "Only four bits of each vector fit in this device's memory: the best by those were scored in full precision.";
  if (!exact) return "Pictures that are very unlikely to be among the best were passed over.";
  const rows = of === "full" ? "the full-precision vectors" : `vectors of ${of}, which is all that this gallery has`;
  return `No picture can have been missed: this is the order of ${rows}.`;
}

const SCANNERS = { webgpu: "on WebGPU", wasm: "on WASM" } as const;

/** What found the pictures. */
function finder(scanner: Found["scanner"]): string {
  if (scanner.kind === "engine") return `by ${scanner.name}, the way there and back included`;
  return `${SCANNERS[scanner.kind]}${scanner.reason ? `: ${scanner.reason}` : ""}`;
}

/** Where the milliseconds of the last query went. */
export function Spent({ search: { found, painted }, count, gallery, rerank, on, onRerank }: Props) {
  if (!gallery) return <p className="spent" />;
  if (!found) {
    return (
      <p className="spent">
        {count > 0 && `${number.format(gallery.count)} ${gallery.count === 1 ? "picture" : "pictures"}, in the order of the gallery`}
      </p>
    );
  }
  const { tokenize, encode, scan } = found.timings;
  const steps = [
    { name: "tokenize", ms: tokenize },
    { name: "encode", ms: encode },
    { name: "scan", ms: scan, title: finder(found.scanner) },
  ];
  const again = rerank.spent !== undefined ? `${rerank.spent.toFixed(0)} ms` : rerank.problem ? "–" : "…";
  return (
    <div className="spent" data-testid="spent">
      <span>
        Best {number.format(count)} of {number.format(found.total)},{" "}
        <span className="certainty" title={meaning(found)}>
          {found.partial ? "more on their way" : found.exact ? "exact" : "fast"}
        </span>
        {found.truncated && " (only the query's beginning was read: it is longer than the model reads)"}
      </span>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        className="switch"
        title={`The cross-encoder reads each of the best ${RERANKED} pictures together with the words, and orders them anew`}
        onClick={() => onRerank(!on)}
      >
        Re-rank
      </button>
      <dl className="steps">
        {steps.map(({ name, ms, title }) => (
          <div key={name} className={`step ${name}`} title={title}>
            <dt>{name}</dt>
            <dd>{ms.toFixed(1)} ms</dd>
          </div>
        ))}
        {on && (
          <div className="step rerank" title={`The best ${RERANKED}, after the first order was shown`}>
            <dt>re-rank</dt>
            <dd>{again}</dd>
          </div>
        )}
        <div className="step painted">
          <dt>key to screen</dt>
          <dd>{painted === undefined ? "…" : `${painted.toFixed(0)} ms`}</dd>
        </div>
      </dl>
    </div>
  );
}
