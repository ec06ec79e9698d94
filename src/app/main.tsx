import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { inLab } from "./address";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/search.css";
import "./styles/photo.css";
import "./styles/library.css";

const Lab = lazy(() => import("./lab/Lab"));

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    {inLab() ? (
      <Suspense>
        <Lab />
      </Suspense>
    ) : (
      <App />
    )}
  </StrictMode>,
);

// Not on the development server: it would keep files that are being edited.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(new URL("service.js", document.baseURI)).catch((error: unknown) => {
    console.warn("The page will not work offline:", error);
  });
}
