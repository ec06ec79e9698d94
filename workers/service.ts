/// <reference lib="webworker" />
/**
 * The one service worker: keeps the page for use without a network, and adds the isolation headers on hosts that cannot set them. Packs and
 * galleries are kept in IndexedDB by the caching source. Small enough that a library for it would be larger than what it replaces: the
 * isolation headers would remain ours.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

/** The page's files, and those of them that are kept only once they have been used; filled in by the build (vite.config.ts). */
declare const SHELL: { version: string; files: string[]; onUse: string[] };

const SHELL_CACHE = `shell-${SHELL.version}`;

worker.addEventListener("install", (event) => {
  const fill = async () => {
    const used = (await Promise.all(SHELL.onUse.map(async (file) => ((await caches.match(file)) ? [file] : [])))).flat();
    const cache = await caches.open(SHELL_CACHE);
    // The page itself fresh; the rest has its digest in its name, and what the page has just loaded need not be loaded again.
    await cache.addAll([...SHELL.files, ...used].map((file) => new Request(file, { cache: file === "./" ? "reload" : "default" })));
  };
  event.waitUntil(fill());
});

/** A new version waits until a page that it fits, or its visitor, calls for it. */
worker.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === "files") port?.postMessage(SHELL.files);
  if (event.data === "take over") worker.skipWaiting();
  if (Array.isArray(event.data)) event.waitUntil(keepUsed(event.data));
});

/** Keeps what a page has used before this worker was there to see it. */
async function keepUsed(loaded: string[]): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  const used = SHELL.onUse.map((file) => new URL(file, worker.registration.scope).href).filter((file) => loaded.includes(file));
  await Promise.all(used.map(async (file) => (await cache.match(file)) ?? cache.add(file)));
}

worker.addEventListener("activate", (event) => {
  const drop = async () => {
    // The version before stays: another tab may still need parts of it. Caches are named in the order in which they were made.
    const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL_CACHE);
    await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(drop());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith(new URL(worker.registration.scope).pathname)) event.respondWith(shell(request));
});

/** The page itself: from the network while there is one, so that a new version is seen at once. */
async function page(request: Request): Promise<Response> {
  try {
    return isolated(await fetch(request));
  } catch {
    return isolated((await caches.match(worker.registration.scope, { cacheName: SHELL_CACHE })) ?? Response.error());
  }
}

/**
 * A file of the page: its name holds its digest, so the kept one is right. Anything else goes to the network, and some of it is then kept. What is
 * kept is answered as it is wherever that will do: only of such answers does a browser keep the compiled code.
 */
async function shell(request: Request): Promise<Response> {
  const kept = (await caches.match(request, { cacheName: SHELL_CACHE })) ?? (await caches.match(request));
  const response = kept ?? (await fetch(request));
  const scope = worker.registration.scope;
  if (!kept && response.status === 200 && SHELL.onUse.some((file) => new URL(file, scope).href === request.url)) {
    const cache = await caches.open(SHELL_CACHE);
    await cache.put(request, response.clone());
  }
  return request.destination === "worker" ? isolated(response) : response;
}

const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** The response of a page or worker with the headers that isolate it, so that WASM may use threads; itself where the host has sent them. */
function isolated(response: Response): Response {
  if (response.type === "opaque" || response.status === 0) return response;
  if (Object.entries(ISOLATION).every(([name, value]) => response.headers.get(name) === value)) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

export {};
