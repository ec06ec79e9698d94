// npm run bench -- tab [GALLERY ...]: what the tab of the built page takes with a query answered, while own photos are brought in, and how soon these are
// there again.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join, resolve } from "node:path";
import { must, root } from "../../scripts/shared.mjs";
import { machine } from "../results.mjs";
import { openTab } from "./chromium.mjs";

const SITE = join(root, "dist/site");
/** Own photographs are these again and again. */
const PHOTOS = resolve(root, process.env.DOTLIGHT_DATA ?? "../shared/data", "coco/photos");
const COUNTS = [200, 2000];
const QUERY = "two people beside a red car";
/** Milliseconds between two looks at the tab's memory, and after which a browser has given back what is no longer needed. */
const [EVERY, LATER] = [200, 60_000];
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".css": "text/css",
  ".json": "application/json",
};
const HEADERS = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const PERSON = '<script type="module" src="/person.js"></script>';
const PAGES = ["/begin", "/pause"];

/** The same few photographs of full size, each copy with another end, so that none is known by its content. */
const photographs = () => {
  const files = readdirSync(PHOTOS).map((name) => join(PHOTOS, name));
  return (i) => Buffer.concat([readFileSync(files[i % files.length]), Buffer.from(String(i))]);
};

/**
 * The site, `galleries` below /g/N/, photographs below /photo/N, and at /begin and /pause the page and an empty one with a script that does what a
 * person does; `said` hears what came of it.
 */
async function host(galleries, said) {
  const photo = photographs();
  const fileOf = (path) => {
    const [, g, rest] = /^\/g\/(\d+)\/(.*)$/.exec(path) ?? [];
    return g === undefined ? join(SITE, path === "/" ? "index.html" : path) : join(galleries[g], rest);
  };
  /** What is no file: undefined. */
  const contentOf = (path) => {
    if (path === "/person.js") return readFileSync(join(root, "bench/tab/person.js"));
    if (path.startsWith("/photo/")) return photo(Number(path.slice(7)));
    if (path === "/pause") return Buffer.from(PERSON);
    if (path !== "/begin") return undefined;
    const page = readFileSync(join(SITE, "index.html"), "utf8").replace("</head>", `${PERSON}</head>`);
    return Buffer.from(page);
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(pathname);
    if (path === "/said") {
      said(JSON.parse(searchParams.get("json")));
      return response.writeHead(204, HEADERS).end();
    }
    try {
      const content = contentOf(path);
      const size = content?.length ?? statSync(fileOf(path)).size;
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
      const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, size - 1];
      response.writeHead(range ? 206 : 200, {
        ...HEADERS,
        "content-type": TYPES[PAGES.includes(path) ? ".html" : extname(path)] ?? "application/octet-stream",
        ...(range ? { "content-range": `bytes ${start}-${end}/${size}` } : {}),
      });
      if (content) response.end(content);
      else createReadStream(fileOf(path), { start, end }).pipe(response);
    } catch {
      response.writeHead(404, HEADERS).end();
    }
  });
  await new Promise((done) => server.listen(0, "localhost", done));
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() };
}

/** Of one page: the tab's megabytes at most and a minute after all was done, and what the page said of it. `query` is of its address. */
export async function measured(galleries, query) {
  let looking;
  let heard;
  const said = new Promise((resolved) => {
    // Opening again is timed: looking at the memory holds the tab up.
    heard = (figures) => (figures.opening ? clearInterval(looking) : resolved(figures));
  });
  const served = await host(galleries, heard);
  const tab = openTab(`${served.url}/begin?${new URLSearchParams(query)}`);
  let most = 0;
  const look = () => {
    const now = Math.max(0, ...tab.megabytes().values());
    most = Math.max(most, now);
    return now;
  };
  looking = setInterval(look, EVERY);
  try {
    const { error, ...figures } = await Promise.race([said, tab.failed]);
    if (error) throw new Error(`The page did not do it: ${error}`);
    await new Promise((waited) => setTimeout(waited, LATER));
    return { most: Math.round(most), later: Math.round(look()), ...figures };
  } finally {
    clearInterval(looking);
    await tab.close();
    served.close();
  }
}

/** The address's query for so many of them, brought in, opened again and chosen again. */
export const ownPhotographs = (count) => ({ photos: String(count), words: QUERY });

export async function tab(galleries) {
  if (!existsSync(PHOTOS)) throw new Error(`The tab is not measured: ${PHOTOS} is not there (DOTLIGHT_DATA names the folder).`);
  await must("npm", ["run", "build", "--silent"]);
  const cases = [
    ["the embedded gallery, a query answered", { q: QUERY }],
    ...galleries.map((folder, i) => [`${basename(folder)}, a query answered`, { q: QUERY, gallery: `/g/${i}/` }]),
    ...COUNTS.map((count) => [`${count} own photographs brought in`, ownPhotographs(count)]),
  ];
  const rows = [];
  for (const [what, query] of cases) {
    const row = { what, ...(await measured(galleries, query)) };
    rows.push(row);
    console.log(JSON.stringify(row));
  }
  const found = { machine: machine(), date: new Date().toISOString(), rows };
  writeFileSync(join(root, "bench/tab.json"), `${JSON.stringify(found, null, 2)}\n`);
}
