import type { GalleryInfo } from "../engine";
import type { Search } from "./use-search";

interface Props {
  search: Search;
  gallery: GalleryInfo | undefined;
}

const number = new Intl.NumberFormat("en");

/** Where the milliseconds of the last query went. */
export function Spent({ search: { found, shown, painted }, gallery }: Props) {
  if (!gallery) return <p className="spent" />;
  if (!found) {
    return (
      <p className="spent">
        {shown.length > 0 && `${number.format(gallery.count)} ${gallery.count === 1 ? "picture" : "pictures"}, in the order of the gallery`}
      </p>
    );
  }
  const { tokenize, encode, scan } = found.timings;
  const steps = [
    { name: "tokenize", ms: tokenize },
    { name: "encode", ms: encode },
    { name: "scan", ms: scan },
  ];
  return (
    <div className="spent" data-testid="spent">
      <span>
        Best {shown.length} of {number.format(found.total)}
        {found.partial && `, ${number.format(gallery.count - found.total)} more on their way`}
        {found.truncated && " (only the query's beginning was read: it is longer than the model reads)"}
      </span>
      <dl className="steps">
        {steps.map(({ name, ms }) => (
          <div key={name} className={`step ${name}`}>
            <dt>{name}</dt>
            <dd>{ms.toFixed(1)} ms</dd>
          </div>
        ))}
        <div className="step painted">
          <dt>key to screen</dt>
          <dd>{painted === undefined ? "…" : `${painted.toFixed(0)} ms`}</dd>
        </div>
      </dl>
    </div>
  );
}
