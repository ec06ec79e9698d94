/** A page that no developer tools look at; see chromium.mjs. */
export interface Tab {
  profile: string;
  failed: Promise<never>;
  /** Private megabytes of each process that draws pages, by its number. */
  megabytes(): Map<number, number>;
  close(): Promise<void>;
}

export function openTab(url: string, ...more: string[]): Tab;
