/** A folder's address, by what a person calls it; one that names a gallery's manifest means its folder. */
export function folderUrl(named: string, base: string): string {
  const url = new URL(named.replace(/gallery\.json$/, ""), base);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url.href;
}
