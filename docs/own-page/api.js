// A module of a page that has <input> and <ul>: searches two galleries at once, at every key.
import { createSearcher } from "./dotlight/dotlight.js";

const searcher = await createSearcher(["gallery/", "other/"]);
const [input, list] = [document.querySelector("input"), document.querySelector("ul")];
let asking = new AbortController();

function show({ photos }) {
  list.replaceChildren(
    ...photos.map(({ thumbnail, title, id }) => {
      const image = Object.assign(document.createElement("img"), { src: thumbnail.url, alt: title ?? id });
      const item = document.createElement("li");
      item.append(image);
      return item;
    }),
  );
}

input.addEventListener("input", async () => {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  if (input.value.trim() === "") return list.replaceChildren();
  try {
    show(await searcher.search(input.value, { k: 10, signal, onPartial: show }));
  } catch (error) {
    if (!signal.aborted) list.textContent = `${error.message} ${error.advice ?? ""}`;
  }
});
input.disabled = false;
