export const WEATHERS = ["clear", "rain", "fog", "snowfall"] as const;
export type Weather = (typeof WEATHERS)[number];
