import type { Photo } from "../api/types";

/** What a photo is called. */
const nameOf = ({ title, captions, id }: Photo): string => title ?? captions?.[0] ?? id;

/**
 * A photo as a link to the largest there is of it (a button where there is nothing to link to). What is in it comes from the page's
 * `<template slot="photo">`, whose elements with a `data-field` are filled; without one it is the thumbnail and the title.
 */
export function tileOf(photo: Photo, place: number, template: HTMLTemplateElement | null): HTMLElement {
  const href = photo.original ?? photo.large?.url ?? photo.thumbnail?.url;
  const tile = document.createElement(href ? "a" : "button");
  if (href) tile.setAttribute("href", href);
  else tile.setAttribute("type", "button");
  tile.className = "tile";
  tile.part.add("tile");
  tile.append(template ? document.importNode(template.content, true) : ownContent(photo));
  for (const field of tile.querySelectorAll<HTMLElement>("[data-field]")) fillField(field, photo, place);
  return tile;
}

function ownContent({ title }: Photo): DocumentFragment {
  const content = document.createDocumentFragment();
  const make = (tag: string, field: string) => {
    const element = document.createElement(tag);
    element.dataset.field = field;
    element.part.add(field);
    content.append(element);
    return element;
  };
  const image = make("img", "thumbnail");
  if (title !== undefined) {
    image.setAttribute("alt", "");
    make("span", "title").className = "title";
  }
  return content;
}

function fillField(field: HTMLElement, photo: Photo, place: number): void {
  const name = field.dataset.field!;
  if (field instanceof HTMLImageElement) {
    fillPicture(field, photo, name === "large" ? (photo.large ?? photo.thumbnail) : photo.thumbnail);
    return;
  }
  const texts: Record<string, string | undefined> = {
    place: String(place + 1),
    score: photo.score.toFixed(2),
    id: photo.id,
    title: photo.title,
    name: nameOf(photo),
    caption: photo.captions?.[0],
    attribution: photo.attribution,
    taken: photo.details?.taken?.slice(0, 10),
  };
  field.textContent = texts[name] ?? "";
}

function fillPicture(image: HTMLImageElement, photo: Photo, picture: Photo["thumbnail"]): void {
  // A text beside it may say it already: then alt="" stands in the template.
  if (!image.hasAttribute("alt")) image.alt = nameOf(photo);
  image.loading = "lazy";
  image.decoding = "async";
  if (photo.color) image.style.backgroundColor = photo.color;
  if (!picture) return;
  image.width = picture.width;
  image.height = picture.height;
  // An isolated page may show no picture of another host but so; that host lets itself be read in any case, or there were no answer.
  image.crossOrigin = "anonymous";
  image.src = picture.url;
}
