import { useEffect, useState } from "react";
import { useTexts } from "../texts/texts";

/** Keeps the page for visits without a network, and says when a newer version of it is kept and waits. */
export function UpdateNotice() {
  const { shell } = useTexts();
  const [waiting, setWaiting] = useState<ServiceWorker>();

  useEffect(() => {
    // Not on the development server: it would keep files that are being edited.
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    let over = false;
    const consider = async (worker: ServiceWorker) => {
      // A page that has just come from the host is the new version already: nothing is in the middle of anything.
      if (await holdsThisPage(worker)) worker.postMessage("take over");
      else if (!over) setWaiting(worker);
    };
    navigator.serviceWorker.addEventListener("controllerchange", tellUsed);
    tellUsed();
    navigator.serviceWorker.register(new URL("service.js", document.baseURI)).then(
      (registration) => {
        if (registration.waiting) consider(registration.waiting);
        registration.addEventListener("updatefound", () => {
          const { installing } = registration;
          installing?.addEventListener("statechange", () => {
            if (installing.state === "installed" && registration.active) consider(installing);
          });
        });
      },
      (error: unknown) => console.warn("The page will not work offline:", error),
    );
    return () => {
      over = true;
      navigator.serviceWorker.removeEventListener("controllerchange", tellUsed);
    };
  }, []);

  if (!waiting) return null;
  const change = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  return (
    <p className="update" role="status">
      {shell.newVersion}
      <button type="button" className="button" onClick={change}>
        {shell.loadNow}
      </button>
    </p>
  );
}

/** Names what this page has loaded so far to the worker, which keeps some files only when they are used. */
const tellUsed = () => navigator.serviceWorker.controller?.postMessage(performance.getEntriesByType("resource").map(({ name }) => name));

/** The page's main script. */
const script = document.querySelector<HTMLScriptElement>('script[type="module"]')?.src;

/** Whether this page's own script is one of the worker's files. */
function holdsThisPage(worker: ServiceWorker): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<string[]>) => {
      port1.close();
      resolve(data.some((file) => new URL(file, document.baseURI).href === script));
    };
    worker.postMessage("files", [port2]);
  });
}
