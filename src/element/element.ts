import { createSearcher } from "../api/browser.ts";
import type { Answer, Photo, Searcher } from "../api/types.ts";
import { type PlainError, toPlain } from "../files/errors.ts";
import { View } from "./view";

export type { Answer, Photo, PlainError, Searcher };

/** What the element's events tell; all of them bubble, out of shadow trees too. */
export interface DotlightEvents {
  /** Everything a search needs is there. */
  "dotlight-ready": CustomEvent<Pick<Searcher, "galleries" | "model">>;
  /** An answer is shown; a `partial` one is followed by another. */
  "dotlight-results": CustomEvent<Answer & { words: string }>;
  /** A photo was chosen; preventDefault() keeps its link from being followed. */
  "dotlight-select": CustomEvent<{ photo: Photo; place: number }>;
  /** What went wrong, in words that the element shows too. */
  "dotlight-error": CustomEvent<PlainError>;
}

const DEFAULT_K = 24;

/** On a server there are no elements; the class can be named there, not made. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<dotlight-search gallery="URL [URL …]">`: a field, and below it the photos that match what is typed. docs/own-page.md describes its
 * attributes, slots, parts and events. It loads nothing before its field is reached, unless it has a `value` or `loading="eager"`.
 */
export class DotlightSearch extends Base {
  static readonly observedAttributes = ["gallery", "packs", "k", "value", "placeholder", "label", "lang", "loading"];

  readonly #view: View;
  #loading: { searcher: Promise<Searcher>; controller: AbortController } | undefined;
  #asking: AbortController | undefined;

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: "open", delegatesFocus: true }), {
      onWords: () => this.#ask(),
      onFocus: () => this.#load(),
      onChoose: (photo, place) => this.#tell("dotlight-select", { photo, place }, true),
    });
  }

  connectedCallback(): void {
    this.#speak();
    this.#begin();
  }

  disconnectedCallback(): void {
    // An element that is moved is disconnected, too, and back before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === "value") this.#view.field.value = now ?? "";
    if (!this.isConnected) return;
    if (name === "gallery" || name === "packs") this.#end();
    if (["placeholder", "label", "lang"].includes(name)) this.#speak();
    else this.#begin();
  }

  /** The words that are searched for. */
  get value(): string {
    return this.#view.field.value;
  }

  set value(words: string) {
    this.#view.field.value = words;
    if (this.isConnected) this.#begin();
  }

  /** Loads what a search needs, if that has not begun. */
  #load(): Promise<Searcher | undefined> {
    if (!this.#loading) {
      const controller = new AbortController();
      const { signal } = controller;
      const searcher = createSearcher((this.getAttribute("gallery") ?? "").trim().split(/\s+/), {
        signal,
        onProgress: (progress) => !signal.aborted && this.#view.loading(progress),
        ...(this.hasAttribute("packs") ? { packs: this.getAttribute("packs")! } : {}),
      });
      this.#loading = { searcher, controller };
      searcher.then(
        ({ galleries, model }) => {
          if (signal.aborted) return;
          this.#view.loaded();
          this.#tell("dotlight-ready", { galleries, model });
        },
        (error) => {
          if (signal.aborted) return;
          // The next time that it is wanted is another try.
          this.#loading = undefined;
          this.#view.loaded();
          this.#fail(error);
        },
      );
    }
    return this.#loading.searcher.catch(() => undefined);
  }

  /** Does what attributes and words ask for now. */
  #begin(): void {
    if (this.value.trim() !== "" || this.#asking) this.#ask();
    else if (this.getAttribute("loading") === "eager") this.#load();
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    this.#asking = undefined;
    const words = this.value.trim();
    if (words === "") {
      this.#view.start();
      return;
    }
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const show = (answer: Answer) => {
      this.#view.answer(answer, this.querySelector<HTMLTemplateElement>(':scope > template[slot="photo"]'));
      this.#tell("dotlight-results", { ...answer, words });
    };
    const searcher = await this.#load();
    if (!searcher || signal.aborted) return;
    try {
      const k = Number(this.getAttribute("k") ?? DEFAULT_K);
      const answer = await searcher.search(words, { k, signal, onPartial: (first) => !signal.aborted && show(first) });
      if (!signal.aborted) show(answer);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** Lets everything go that it has loaded or asked for. */
  #end(): void {
    this.#asking?.abort();
    this.#loading?.controller.abort();
    this.#loading?.searcher.then(
      (searcher) => searcher.close(),
      () => {},
    );
    this.#loading = undefined;
    this.#view.loaded();
  }

  #fail(error: unknown): void {
    const plain = toPlain(error);
    this.#view.problem(plain.message, plain.advice);
    this.#tell("dotlight-error", plain);
  }

  #speak(): void {
    const language = this.closest<HTMLElement>("[lang]")?.lang ?? navigator.language;
    this.#view.speak(language, this.getAttribute("label"), this.getAttribute("placeholder"));
  }

  #tell<Name extends keyof DotlightEvents>(name: Name, detail: DotlightEvents[Name]["detail"], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
  }
}

const NAME = "dotlight-search";

// A page may load this twice, from two copies; the first wins.
if (globalThis.customElements && !customElements.get(NAME)) customElements.define(NAME, DotlightSearch);

declare global {
  interface HTMLElementTagNameMap {
    "dotlight-search": DotlightSearch;
  }
  interface HTMLElementEventMap extends DotlightEvents {}
}
