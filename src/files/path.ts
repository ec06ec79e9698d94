import { DotlightError } from "./errors";

/**
 * Checks a path named by a manifest or an item: relative, '/'-separated, staying inside its folder.
 * @throws DotlightError "bad-path"
 */
export function safePath(path: string): string {
  const parts = path.split("/");
  const bad =
    path.length === 0 ||
    path.length > 512 ||
    /[\\:?#%]/.test(path) ||
    /^ | $/.test(path) || // URLs drop spaces at either end: " /a" would become "/a", outside
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
    /[\u0000-\u001f]/.test(path) ||
    parts.some((part) => part === "" || part === "." || part === "..");
  if (bad) {
    throw new DotlightError(
      "bad-path",
      `The path ${JSON.stringify(path.slice(0, 80))} is not a plain path inside its folder.`,
      "The folder was damaged or made to mislead: do not use it; build it again from its photos.",
    );
  }
  return path;
}
