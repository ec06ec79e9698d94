import { PLACES, type PlaceName, type Time } from "./places/index.ts";
import type { Air } from "./places/place.ts";

const EVENING: Air = { zenith: 0x5b4a9c, horizon: 0xff9d52, tint: 0xf6c7a6 };

/** Between two sRGB colours, `share` of the second. */
function mixed(one: number, other: number, share: number): number {
  const channel = (shift: number) => {
    const [a, b] = [(one >> shift) & 255, (other >> shift) & 255];
    return Math.round(a + (b - a) * share) << shift;
  };
  return channel(16) | channel(8) | channel(0);
}

/** The sky and the light of a place at a time; the evening is the day, reddened. */
export function airOf(place: PlaceName, time: Time): Air {
  const { day, night } = PLACES[place];
  if (time !== "evening") return time === "day" ? day : night;
  return {
    zenith: mixed(day.zenith, EVENING.zenith, 0.6),
    horizon: mixed(day.horizon, EVENING.horizon, 0.65),
    tint: mixed(day.tint, EVENING.tint, 0.45),
  };
}
