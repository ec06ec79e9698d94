// What a person does in the page that is measured: waits for the answer to the address's query; or brings in photos, opens them again and again, and
// at last chooses the same folder once more.
const AGAIN = 5;

const say = (figures) => fetch(`/said?${new URLSearchParams({ json: JSON.stringify(figures) })}`);

/** Resolves to what `found` finds, as soon as the page shows it. */
const shown = (found) =>
  new Promise((done) => {
    const look = () => {
      const it = found();
      if (!it) return;
      watching.disconnect();
      done(it);
    };
    const watching = new MutationObserver(look);
    watching.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });

/** Gives n photographs to the page as a chosen folder's; resolves to how many of them went in a second. @throws unless the report is `expected` */
async function bringIn(n, expected) {
  (await shown(() => document.querySelector(".own-more summary, .gallery-name"))).click();
  const input = await shown(() => document.querySelector("[data-testid=folder-input]"));
  const files = new DataTransfer();
  for (let i = 0; i < n; i++) {
    const content = await (await fetch(`/photo/${i}`)).blob();
    files.items.add(new File([content], `${String(i).padStart(5, "0")}.jpg`, { type: "image/jpeg", lastModified: 0 }));
  }
  const began = performance.now();
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const { textContent } = await shown(() => document.querySelector("[data-testid=imported]"));
  if (textContent !== `${n.toLocaleString("en")} ${expected}.`) throw new Error(textContent);
  return Number(((n / (performance.now() - began)) * 1000).toFixed(1));
}

/** Resolves when the first answer is painted, to the milliseconds since the page was asked for. */
const answered = () =>
  new Promise((done) => {
    new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName("dotlight:query-to-paint");
      if (first) done(Math.round(first.startTime + first.duration));
    }).observe({ type: "measure", buffered: true });
  });

/** Photos, then their gallery with a query, from an empty page each time; what has been measured so far waits in the session. */
async function ownPhotos(asked) {
  const kept = JSON.parse(sessionStorage.getItem("kept") ?? "null");
  if (!kept) {
    const aSecond = await bringIn(Number(asked.get("photos")), "photos encoded");
    await say({ opening: true });
    const own = new URL(location.href);
    own.searchParams.delete("photos");
    own.searchParams.set("q", own.searchParams.get("words"));
    sessionStorage.setItem("kept", JSON.stringify({ photos: asked.get("photos"), aSecond, address: own.href, again: [] }));
  } else if (location.pathname === "/pause") return location.assign(kept.address);
  else {
    kept.again.push(await answered());
    sessionStorage.setItem("kept", JSON.stringify(kept));
    if (kept.again.length === AGAIN) {
      await bringIn(Number(kept.photos), "unchanged");
      return say({ aSecond: kept.aSecond, again: kept.again.sort((a, b) => a - b) });
    }
  }
  location.assign("/pause");
}

try {
  const asked = new URLSearchParams(location.search);
  if (sessionStorage.getItem("kept") || asked.has("photos")) await ownPhotos(asked);
  else await say({ answered: await answered() });
} catch (error) {
  await say({ error: error.message });
}
