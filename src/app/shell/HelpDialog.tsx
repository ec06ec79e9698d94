import { type Texts, useTexts } from "../texts/texts";
import { Dialog } from "./Dialog";

/** What keys do, where. */
const keysOf = ({ everywhere, field, part, grid, map, photo }: Texts["help"]): { where: string; keys: [string[], string][] }[] => [
  {
    where: everywhere.where,
    keys: [
      [["/"], everywhere.field],
      [["?"], everywhere.help],
      [["Tab"], everywhere.next],
    ],
  },
  {
    where: field.where,
    keys: [
      [["↓"], field.down],
      [["Esc"], field.empty],
      [["⌫"], field.back],
    ],
  },
  {
    where: part.where,
    keys: [
      [["Enter"], part.edit],
      [["+", "−"], part.weigh],
      [["Del"], part.remove],
    ],
  },
  {
    where: grid.where,
    keys: [
      [["←", "↑", "↓", "→"], grid.move],
      [["PgUp", "PgDn", "Home", "End"], grid.further],
      [["Enter"], grid.open],
      [["Shift", "↓"], grid.select],
    ],
  },
  {
    where: map.where,
    keys: [
      [["←", "↑", "↓", "→"], map.move],
      [["PgUp", "PgDn"], map.found],
      [["+", "−", "0"], map.zoom],
      [["Enter"], map.open],
    ],
  },
  {
    where: photo.where,
    keys: [
      [["←", "→"], photo.step],
      [["+", "−", "0"], photo.zoom],
      [["Esc"], photo.back],
    ],
  },
];

/** How queries are written, and what each key does. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { help } = useTexts();
  return (
    <Dialog title={help.title} kind="library help" onClose={onClose}>
      <section>
        <h2>{help.write}</h2>
        <dl className="help-list">
          {help.written.map(([query, means]) => (
            <div key={query}>
              <dt>
                <code>{query}</code>
              </dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </section>
      {keysOf(help).map(({ where, keys }) => (
        <section key={where}>
          <h2>{where}</h2>
          <dl className="help-list">
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{help.keys[name] ?? name}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
