import type { View } from "../address";
import { GridIcon, MapIcon } from "../shell/icons";
import { useTexts } from "../texts/texts";

/** Chooses how the photos are shown: in a grid or on a map. */
export function ViewChoice({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { map } = useTexts();
  return (
    <fieldset className="choice" aria-label={map.view}>
      {(["grid", "map"] as const).map((one) => (
        <label key={one} title={map.views[one]}>
          <input type="radio" name="view" aria-label={map.views[one]} checked={one === view} onChange={() => onView(one)} />
          {one === "grid" ? <GridIcon /> : <MapIcon />}
        </label>
      ))}
    </fieldset>
  );
}
