/** The element's own style: quiet, in the page's font and colours; parts and three custom properties change it. */
const CSS = `
:host {
  display: block;
  --line: color-mix(in srgb, currentColor 25%, transparent);
  --soft: color-mix(in srgb, currentColor 8%, transparent);
  --accent: var(--dotlight-accent, #985a00);
}
:host([hidden]), [hidden] { display: none; }
* { box-sizing: border-box; }
input {
  width: 100%;
  padding: 0.6em 0.9em;
  border: 1px solid var(--line);
  border-radius: 0.6em;
  background: transparent;
  color: inherit;
  font: inherit;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
p { margin: 0.5em 0; font-size: 0.875em; }
p:empty { display: none; }
progress { width: 100%; height: 0.25em; accent-color: var(--accent); }
ul {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(var(--dotlight-tile, 10em), 100%), 1fr));
  gap: var(--dotlight-gap, 0.5em);
  margin: 0.5em 0;
  padding: 0;
  list-style: none;
}
.tile {
  display: block;
  width: 100%;
  height: 100%;
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}
.tile img {
  display: block;
  width: 100%;
  aspect-ratio: 1;
  height: auto;
  border-radius: 0.4em;
  background: var(--soft);
  object-fit: cover;
}
.title { display: block; overflow: hidden; font-size: 0.8em; text-overflow: ellipsis; white-space: nowrap; }
`;

let sheet: CSSStyleSheet | undefined;

/** Adopted, not written into the tree: a strict content security policy allows no style that stands in a document. */
export function adoptStyle(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
