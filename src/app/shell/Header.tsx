import { useEffect, useState } from "react";
import { inLab } from "../address";
import type { EncoderInfo, GalleryInfo } from "../engine";
import { useTexts } from "../texts/texts";
import { DownIcon, HelpIcon, MoonIcon, SunIcon } from "./icons";
import { LanguageChoice } from "./LanguageChoice";

interface Props {
  gallery: Pick<GalleryInfo, "name"> | undefined;
  encoders: Pick<EncoderInfo, "pack"> | undefined;
  device: EncoderInfo["device"] | undefined;
  /** Shows all galleries; where it is not given the gallery is only named. */
  onGalleries?: () => void;
  /** Shows how queries are written and what keys do, where there is something to ask. */
  onHelp?: () => void;
}

export function Header({ gallery, encoders, device, onGalleries, onHelp }: Props) {
  const { shell, help } = useTexts();
  const devices = { webgpu: "WebGPU", wasm: "WASM", native: shell.native };
  const online = useOnline();
  const [dark, toggleTheme] = useTheme();
  return (
    <header className="header">
      <a className="brand" href={location.pathname}>
        <img src="./icon.svg" alt="" width="30" height="30" />
        <span>Dotlight</span>
      </a>
      <div className="facts">
        {onGalleries ? (
          <button type="button" className="gallery-name" aria-haspopup="dialog" title={shell.galleriesTitle} onClick={onGalleries}>
            <bdi>{gallery?.name ?? shell.galleries}</bdi>
            <DownIcon />
          </button>
        ) : (
          gallery && <span className="gallery-name">{gallery.name}</span>
        )}
        {device && encoders && (
          <span className="fact" data-device={device.kind} title={shell.device(encoders.pack, devices[device.kind], device.reason ?? "")}>
            {devices[device.kind]}
            {device.reason && <span className="reason">: {device.reason}</span>}
          </span>
        )}
        {!online && <span className="fact offline">{shell.offline}</span>}
      </div>
      <nav aria-label={shell.pages} className="pages">
        <a href={toSearch()} aria-current={inLab() ? undefined : "page"}>
          {shell.search}
        </a>
        <a href={toLab()} aria-current={inLab() ? "page" : undefined}>
          {shell.lab}
        </a>
      </nav>
      <LanguageChoice />
      {onHelp && (
        <button type="button" className="icon-button" aria-label={help.title} title={help.hint} onClick={onHelp}>
          <HelpIcon />
        </button>
      )}
      <button type="button" className="icon-button" aria-label={dark ? shell.light : shell.dark} onClick={toggleTheme}>
        {dark ? <SunIcon /> : <MoonIcon />}
      </button>
    </header>
  );
}

/** The other page with the same gallery on the same devices. */
function elsewhere(lab: boolean): string {
  const now = new URLSearchParams(location.search);
  const kept = ["gallery", "device", "scan"].filter((name) => now.has(name)).map((name) => `${name}=${encodeURIComponent(now.get(name)!)}`);
  return `${location.pathname}${[...(lab ? ["lab"] : []), ...kept].map((part, i) => (i === 0 ? "?" : "&") + part).join("")}`;
}

const toSearch = () => elsewhere(false);
const toLab = () => elsewhere(true);

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      removeEventListener("online", update);
      removeEventListener("offline", update);
    };
  }, []);
  return online;
}

const THEME = "dotlight-theme";

/** The system's colours until somebody chooses; the choice is kept. */
function useTheme(): [boolean, () => void] {
  const [chosen, setChosen] = useState(readTheme);
  const dark = (chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
  }, [chosen]);
  return [
    dark,
    () => {
      const next = dark ? "light" : "dark";
      setChosen(next);
      try {
        localStorage.setItem(THEME, next);
      } catch {
        // Without storage the choice lasts as long as the page.
      }
    },
  ];
}

function readTheme(): "dark" | "light" | undefined {
  try {
    const kept = localStorage.getItem(THEME);
    return kept === "dark" || kept === "light" ? kept : undefined;
  } catch {
    return undefined;
  }
}
