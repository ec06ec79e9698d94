import { useTexts } from "../texts/texts";
import type { SubjectInfo } from "./engine";
import type { Lab } from "./use-lab";
import { nameOf, percent } from "./words";

/** The same captions said in other languages: what has been run of them. */
export function Languages({ lab, subject }: { lab: Lab; subject: SubjectInfo }) {
  const texts = useTexts();
  const said = texts.lab.languages;
  const languages = Object.keys(subject.languages);
  if (languages.length < 2) return null;
  const reranks = Object.values(lab.byLanguage).some(({ rerank }) => rerank);
  return (
    <section className="block" aria-labelledby="languages">
      <h2 id="languages">{said.title}</h2>
      <table className="languages">
        <thead>
          <tr>
            <th scope="col">{said.captions}</th>
            <th scope="col">{said.ar}</th>
            {reranks && <th scope="col">{said.again}</th>}
            <td />
          </tr>
        </thead>
        <tbody>
          {languages.map((language) => {
            const found = lab.byLanguage[language];
            return (
              <tr key={language}>
                <th scope="row">{nameOf(language, texts)}</th>
                <td>{found?.dot ? percent(found.dot.ar, texts) : "–"}</td>
                {reranks && <td>{found?.rerank ? percent(found.rerank.by.at(-1)!.ar, texts) : "–"}</td>}
                <td>
                  <button type="button" className="button small" disabled={lab.running} onClick={() => lab.run({ language })}>
                    {found ? said.runAgain : said.run}
                    <span className="visually-hidden"> {said.inLanguage(nameOf(language, texts))}</span>
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
