import { useEffect, useState } from "react";
import type { Counts } from "../../gallery/facets";
import type { Engine, FacetCounts, GalleryInfo, PhotoFilter } from "../engine";
import { useTexts } from "../texts/texts";

interface Props {
  engine: Engine;
  gallery: GalleryInfo | undefined;
  filter: PhotoFilter;
  onChange: (filter: PhotoFilter) => void;
}

type Listed = "folder" | "type" | "shape" | "place";

const LISTED: Listed[] = ["folder", "type", "shape", "place"];

/** Which photos are looked at, of the visitor's own or of those that an engine filters; only what there is a choice in is shown, each value with the number of its photos. */
export function Filters({ engine, gallery, filter, onChange }: Props) {
  const { filters } = useTexts();
  const [counts, setCounts] = useState<FacetCounts>();
  const filtered = gallery !== undefined && gallery.count > 0 && (gallery.own !== undefined || gallery.engine !== undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: when photos came or went there are others to count.
  useEffect(() => {
    if (!filtered) {
      setCounts(undefined);
      return;
    }
    let over = false;
    engine.facets(filter).then(
      (found) => !over && setCounts(found),
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [engine, gallery, filtered, filter]);

  if (!counts) return null;
  const set = (name: keyof PhotoFilter, value: string) => {
    const { [name]: _, ...rest } = filter;
    onChange(value === "" ? rest : { ...rest, [name]: value });
  };
  const lists = LISTED.filter((name) => counts[name].length > 1 || filter[name] !== undefined);
  const { days } = counts;
  const hasDays = days && days[0] !== days[1];
  if (lists.length === 0 && !hasDays) return null;
  return (
    <fieldset className="filters">
      <legend>{filters.legend}</legend>
      {lists.map((name) => (
        <Choice key={name} name={name} counts={counts[name]} value={filter[name] ?? ""} onChoose={(value) => set(name, value)} />
      ))}
      {hasDays && (
        <>
          <label>
            {filters.from}{" "}
            <input
              type="date"
              min={days[0]}
              max={days[1]}
              value={filter.from ?? ""}
              onChange={(event) => set("from", event.target.value)}
            />
          </label>
          <label>
            {filters.to}{" "}
            <input type="date" min={days[0]} max={days[1]} value={filter.to ?? ""} onChange={(event) => set("to", event.target.value)} />
          </label>
        </>
      )}
      {Object.keys(filter).length > 0 && (
        <button type="button" className="chip" onClick={() => onChange({})}>
          {filters.left(counts.kept, counts.more ?? false)}
        </button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  name: Listed;
  counts: Counts;
  value: string;
  onChoose: (value: string) => void;
}

function Choice({ name, counts, value, onChoose }: ChoiceProps) {
  const { filters } = useTexts();
  const { label, all } = filters[name];
  const nameOf = (one: string) => (name === "shape" ? (filters.shapes[one] ?? one) : one);
  return (
    <select aria-label={label} data-chosen={value !== ""} value={value} onChange={(event) => onChoose(event.target.value)}>
      <option value="">{all}</option>
      {counts.map(([one, photos]) => (
        <option key={one} value={one}>
          {filters.value(nameOf(one), photos)}
        </option>
      ))}
      {value !== "" && !counts.some(([one]) => one === value) && <option value={value}>{filters.value(nameOf(value), 0)}</option>}
    </select>
  );
}
