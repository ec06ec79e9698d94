import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { inLab } from "./address";
import { UpdateNotice } from "./shell/UpdateNotice";
import { firstLanguage } from "./texts/language";
import { loadTexts, TextsProvider } from "./texts/texts";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/search.css";
import "./styles/parts.css";
import "./styles/matches.css";
import "./styles/map.css";
import "./styles/photo.css";
import "./styles/why.css";
import "./styles/help.css";
import "./styles/library.css";
import "./styles/models.css";
import "./styles/own-gallery.css";
import "./styles/selection.css";

const Lab = lazy(() => import("./lab/Lab"));

// Nothing is drawn before its language is there: no other language flashes by.
loadTexts(firstLanguage()).then((first) =>
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <TextsProvider first={first}>
        {inLab() ? (
          <Suspense>
            <Lab />
          </Suspense>
        ) : (
          <App />
        )}
        <UpdateNotice />
      </TextsProvider>
    </StrictMode>,
  ),
);
