import { Dialog } from "./Dialog";

/** What can be written. */
const WRITTEN: [string, string][] = [
  ["a red car -snow", "a red car, and no snow"],
  ['a dog "at night"', "a phrase of its own, as important as the rest"],
  ["castle^2 -fog^0.5", "weights, from 0.1 to 10"],
  ["like:ID at night", "a photo of the gallery, but at night"],
];

/** What keys do, where. */
const KEYS: { where: string; keys: [string[], string][] }[] = [
  {
    where: "Everywhere",
    keys: [
      [["/"], "to the search field"],
      [["?"], "this help"],
      [["Tab"], "to the next control"],
    ],
  },
  {
    where: "In the search field",
    keys: [
      [["↓"], "to the parts of the query, then to the pictures"],
      [["Esc"], "empties it, then the rest of the query"],
      [["⌫"], "in an empty field, to the photos of the query"],
    ],
  },
  {
    where: "On a part of the query",
    keys: [
      [["Enter"], "edit"],
      [["+", "−"], "weigh more or less"],
      [["Del"], "take it away"],
    ],
  },
  {
    where: "In the pictures",
    keys: [
      [["←", "↑", "↓", "→"], "from one to the next, and up to the field"],
      [["PgUp", "PgDn", "Home", "End"], "further"],
      [["Enter"], "look at it"],
      [["Shift", "↓"], "select, in your own galleries"],
    ],
  },
  {
    where: "Looking at one",
    keys: [
      [["←", "→"], "the one before, the next"],
      [["+", "−", "0"], "larger, smaller, the whole"],
      [["Esc"], "back"],
    ],
  },
];

/** How queries are written, and what each key does. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Help" kind="library help" onClose={onClose}>
      <section>
        <h2>What you can write</h2>
        <dl className="help-list">
          {WRITTEN.map(([query, means]) => (
            <div key={query}>
              <dt>
                <code>{query}</code>
              </dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </section>
      {KEYS.map(({ where, keys }) => (
        <section key={where}>
          <h2>{where}</h2>
          <dl className="help-list">
            {keys.map(([names, does]) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
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
