import type { Answer, Photo, Progress } from "../api/types";
import { gridStep } from "../page/grid-keys";
import { adoptStyle } from "./style";
import { tileOf } from "./tile";
import { type Words, wordsFor } from "./words";

export interface ViewEvents {
  /** Other words stand in the field. */
  onWords(): void;
  /** The field has been reached. */
  onFocus(): void;
  /** A photo was chosen; false keeps its link from being followed. */
  onChoose(photo: Photo, place: number): boolean;
}

/** What the element shows: the field, what goes on, the photos. It knows nothing of how they are found. */
export class View {
  readonly field = make("input", "field");
  readonly #progress = make("progress", "progress");
  readonly #status = make("p", "status");
  readonly #problem = make("p", "problem");
  readonly #start = document.createElement("slot");
  readonly #list = make("ul", "results");
  #photos: Photo[] = [];
  #words: Words = wordsFor("en");
  #loaded = new Map<string, Progress>();

  constructor(
    root: ShadowRoot,
    readonly events: ViewEvents,
  ) {
    adoptStyle(root);
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    this.#status.role = "status";
    this.#problem.role = "alert";
    this.#progress.hidden = true;
    this.#list.hidden = true;
    root.append(this.field, this.#progress, this.#status, this.#problem, this.#start, this.#list);
    this.field.addEventListener("input", () => events.onWords());
    this.field.addEventListener("focus", () => events.onFocus());
    this.field.addEventListener("keydown", (event) => this.#fieldKey(event));
    this.#list.addEventListener("keydown", (event) => this.#listKey(event));
    this.#list.addEventListener("focusin", (event) => this.#stopAt(event.target as HTMLElement));
    this.#list.addEventListener("click", (event) => this.#choose(event));
  }

  /** The language of what the element says, and what the page says instead. */
  speak(language: string, label: string | null, placeholder: string | null): void {
    this.#words = wordsFor(language);
    this.field.placeholder = placeholder ?? this.#words.placeholder;
    this.field.ariaLabel = label ?? this.#words.label;
    this.#list.ariaLabel = this.#words.results;
  }

  loading(progress: Progress): void {
    this.#loaded.set(progress.stage, progress);
    const all = [...this.#loaded.values()];
    const [loaded, total] = [all.reduce((sum, one) => sum + one.loaded, 0), all.reduce((sum, one) => sum + one.total, 0)];
    this.#progress.hidden = false;
    this.#progress.value = total > 0 ? loaded / total : 0;
    this.#progress.ariaLabel = this.#words.loading(Math.floor(100 * this.#progress.value));
  }

  loaded(): void {
    this.#progress.hidden = true;
    this.#loaded.clear();
  }

  /** Nothing has been asked. */
  start(): void {
    this.#show([]);
    this.#start.hidden = false;
  }

  answer({ photos, total }: Answer, template: HTMLTemplateElement | null): void {
    this.#show(photos, template);
    this.#status.textContent = this.#words.found(photos.length, total);
  }

  problem(message: string, advice: string): void {
    this.#show([]);
    this.#problem.textContent = `${message} ${advice}`;
  }

  #show(photos: Photo[], template: HTMLTemplateElement | null = null): void {
    this.#photos = photos;
    this.#status.textContent = "";
    this.#problem.textContent = "";
    this.#start.hidden = true;
    this.#list.hidden = photos.length === 0;
    const items = photos.map((photo, place) => {
      const item = make("li", "photo");
      const tile = tileOf(photo, place, template);
      tile.tabIndex = place === 0 ? 0 : -1;
      item.append(tile);
      return item;
    });
    this.#list.replaceChildren(...items);
  }

  get #tiles(): HTMLElement[] {
    return [...this.#list.children].map((item) => item.firstElementChild as HTMLElement);
  }

  #fieldKey(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" && this.#photos.length > 0) {
      event.preventDefault();
      this.#tiles.find((tile) => tile.tabIndex === 0)?.focus();
    }
    if (event.key === "Escape" && this.field.value !== "") {
      event.preventDefault();
      this.field.value = "";
      this.events.onWords();
    }
  }

  #listKey(event: KeyboardEvent): void {
    const tiles = this.#tiles;
    // Not offsetTop: a list item that may stay unpainted is its own frame of reference.
    const top = (tile: HTMLElement) => tile.getBoundingClientRect().top;
    const columns = tiles.filter((tile) => top(tile) === top(tiles[0]!)).length;
    const beside = (place: number, rows: number) => Math.max(-1, Math.min(place + rows * columns, tiles.length - 1));
    const to = gridStep({ count: tiles.length, beside }, tiles.indexOf(event.target as HTMLElement), event.key);
    if (to === undefined) return;
    event.preventDefault();
    (to < 0 ? this.field : tiles[to]!).focus();
  }

  /** One of the tiles is in the tab order: the last that was reached. */
  #stopAt(reached: HTMLElement): void {
    for (const tile of this.#tiles) tile.tabIndex = tile === reached ? 0 : -1;
  }

  #choose(event: MouseEvent): void {
    const place = this.#tiles.findIndex((tile) => event.composedPath().includes(tile));
    const photo = this.#photos[place];
    if (photo && !this.events.onChoose(photo, place)) event.preventDefault();
  }
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, part: string): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.part.add(part);
  return element;
}
