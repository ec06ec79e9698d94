// node search.mjs GALLERY "WORDS": the five best photos.
import { createSearcher, DotlightError } from "dotlight";

const [gallery, words] = process.argv.slice(2);
try {
  const searcher = await createSearcher(gallery);
  const { photos, total } = await searcher.search(words, { k: 5 });
  for (const { score, id, title } of photos) console.log(score.toFixed(2), title ?? id);
  console.log(`of ${total} photos in ${searcher.galleries[0].name}`);
  searcher.close();
} catch (error) {
  if (!(error instanceof DotlightError)) throw error;
  console.error(`${error.message} ${error.advice}`);
  process.exitCode = 1;
}
