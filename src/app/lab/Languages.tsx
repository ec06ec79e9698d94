import type { SubjectInfo } from "./engine";
import type { Lab } from "./use-lab";
import { languageName, percent } from "./words";

/** The same captions said in other languages: what has been run of them. */
export function Languages({ lab, subject }: { lab: Lab; subject: SubjectInfo }) {
  const languages = Object.keys(subject.languages);
  if (languages.length < 2) return null;
  const reranks = Object.values(lab.byLanguage).some(({ rerank }) => rerank);
  return (
    <section className="block" aria-labelledby="languages">
      <h2 id="languages">In other languages</h2>
      <table className="languages">
        <thead>
          <tr>
            <th scope="col">Captions in</th>
            <th scope="col">AR by dot product</th>
            {reranks && <th scope="col">re-ranked</th>}
            <td />
          </tr>
        </thead>
        <tbody>
          {languages.map((language) => {
            const found = lab.byLanguage[language];
            return (
              <tr key={language}>
                <th scope="row">{languageName(language)}</th>
                <td>{found?.dot ? percent(found.dot.ar) : "–"}</td>
                {reranks && <td>{found?.rerank ? percent(found.rerank.by.at(-1)!.ar) : "–"}</td>}
                <td>
                  <button type="button" className="button small" disabled={lab.running} onClick={() => lab.run({ language })}>
                    {found ? "Run again" : "Run"}
                    <span className="visually-hidden"> in {languageName(language)}</span>
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
