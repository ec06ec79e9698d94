import type { Settings } from "./engine";

/** What the Lab's address says of a run, beside `?gallery=`; `&run` starts it. */
export interface LabAddress extends Settings {
  run: boolean;
}

export const DEFAULTS: Settings = { language: "", m: 50, sample: 200, full: 10, seed: 1 };
const NUMBERS = ["m", "sample", "full", "seed"] as const;

export function readLabAddress(): LabAddress {
  const search = new URLSearchParams(location.search);
  const numbers = NUMBERS.map((name) => {
    const value = Number(search.get(name) ?? Number.NaN);
    return [name, Number.isInteger(value) && value >= (name === "m" ? 1 : 0) ? value : DEFAULTS[name]] as const;
  });
  return {
    language: search.get("language") ?? DEFAULTS.language,
    ...(Object.fromEntries(numbers) as Pick<Settings, (typeof NUMBERS)[number]>),
    run: search.has("run"),
  };
}

/** The address that makes this run again. */
export function addressOf(settings: Settings): string {
  const url = new URL(location.href);
  url.searchParams.set("language", settings.language);
  for (const name of NUMBERS) url.searchParams.set(name, String(settings[name]));
  url.searchParams.set("run", "");
  return url.href.replace(/([?&](?:lab|run))=(?=&|$)/g, "$1");
}
