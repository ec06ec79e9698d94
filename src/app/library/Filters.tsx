import { useEffect, useState } from "react";
import type { Counts } from "../../gallery/facets";
import type { Engine, FacetCounts, GalleryInfo, PhotoFilter } from "../engine";

interface Props {
  engine: Engine;
  gallery: GalleryInfo | undefined;
  filter: PhotoFilter;
  onChange: (filter: PhotoFilter) => void;
}

type Listed = "folder" | "type" | "shape" | "place";

const LABELS: Record<Listed, [label: string, all: string]> = {
  folder: ["Folder", "All folders"],
  type: ["Type", "All types"],
  shape: ["Orientation", "All orientations"],
  place: ["Place", "All places"],
};

const number = new Intl.NumberFormat("en");

/** Which photos are looked at, of the visitor's own or of those that an engine filters; only what there is a choice in is shown, each value with the number of its photos. */
export function Filters({ engine, gallery, filter, onChange }: Props) {
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
  const lists = (Object.keys(LABELS) as Listed[]).filter((name) => counts[name].length > 1 || filter[name] !== undefined);
  const { days } = counts;
  const hasDays = days && days[0] !== days[1];
  if (lists.length === 0 && !hasDays) return null;
  return (
    <fieldset className="filters">
      <legend>Filters</legend>
      {lists.map((name) => (
        <Choice key={name} name={name} counts={counts[name]} value={filter[name] ?? ""} onChoose={(value) => set(name, value)} />
      ))}
      {hasDays && (
        <>
          <label>
            From{" "}
            <input
              type="date"
              min={days[0]}
              max={days[1]}
              value={filter.from ?? ""}
              onChange={(event) => set("from", event.target.value)}
            />
          </label>
          <label>
            to <input type="date" min={days[0]} max={days[1]} value={filter.to ?? ""} onChange={(event) => set("to", event.target.value)} />
          </label>
        </>
      )}
      {Object.keys(filter).length > 0 && (
        <button type="button" className="chip" onClick={() => onChange({})}>
          {number.format(counts.kept)}
          {counts.more && " or more"} {counts.kept === 1 ? "photo" : "photos"} left: show all again
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
  const [label, all] = LABELS[name];
  return (
    <select aria-label={label} data-chosen={value !== ""} value={value} onChange={(event) => onChoose(event.target.value)}>
      <option value="">{all}</option>
      {counts.map(([one, photos]) => (
        <option key={one} value={one}>
          {one}
          {photos !== undefined && ` (${number.format(photos)})`}
        </option>
      ))}
      {value !== "" && !counts.some(([one]) => one === value) && <option value={value}>{value} (0)</option>}
    </select>
  );
}
