import type { ReactNode } from "react";
import { writing } from "../writing";

const { number, fixed, plural, bytes } = writing("en");

const photos = (count: number): string => `${number(count)} ${plural(count, { one: "photo", other: "photos" })}`;

/** What is said of the visitor's own photos, and of the models that read them. */
export const own = {
  add: { folder: "Choose a folder", photos: "Choose photos", nameless: "My photos" },

  alike: {
    label: "Nearly the same",
    count: (count: number) => `${count} nearly the same ${plural(count, { one: "photo", other: "photos" })}`,
    apart: "Show them apart",
  },

  filters: {
    legend: "Filters",
    folder: { label: "Folder", all: "All folders" },
    type: { label: "Type", all: "All types" },
    shape: { label: "Orientation", all: "All orientations" },
    place: { label: "Place", all: "All places" },
    shapes: { landscape: "landscape", portrait: "portrait", square: "square" } as Record<string, string>,
    /** Without a count where that is not known. */
    value: (value: string, count?: number) => (count === undefined ? value : `${value} (${number(count)})`),
    from: "From",
    to: "to",
    left: (count: number, more: boolean) =>
      `${number(count)}${more ? " or more" : ""} ${plural(count, { one: "photo", other: "photos" })} left: show all again`,
  },

  import: {
    label: (gallery: string) => `Photos of ${gallery}`,
    paused: "Paused",
    reading: "Reading photos",
    looking: (gallery: string) => `Looking through ${gallery}`,
    lookingSoFar: (gallery: string, count: number) => `Looking through ${gallery}: ${number(count)} pictures so far`,
    progress: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    rate: (perSecond: number) => `${fixed(perSecond, 1)} a second`,
    left: (duration: string) => `${duration} left`,
    seconds: (count: number) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
    goOn: "Go on",
    pause: "Pause",
    stop: "Stop",
    read: "Photos read",
    close: "Close the report",
    goOnWhere: "Go on where it stopped",
    missing: (count: number) =>
      `${number(count)} photos of this gallery are not in the folder any more. If a disk is not connected, connect it and look again: nothing has been forgotten.`,
    lookAgain: "Look again",
    forget: "Forget them",
    failed: (count: number) => `${number(count)} ${plural(count, { one: "file", other: "files" })} could not be read`,
    failedList: "Files that could not be read",
    more: (count: number) => `and ${number(count)} more`,
    encoded: (count: number) => `${photos(count)} encoded`,
    recognised: (count: number) => `${photos(count)} recognised by content`,
    removed: (count: number) => `${photos(count)} removed`,
    unchanged: (count: number) => `${number(count)} unchanged`,
    others: (count: number) => `${number(count)} other files left alone`,
    none: "There are no photos here",
    listed: (parts: string[]) => parts.join(", "),
    stopped: (what: string) => `Stopped: ${what}.`,
    done: (what: string) => `${what}.`,
  },

  library: {
    all: "All galleries",
    withPage: "with the page",
    dioramas: "1,000 made pictures, with the page",
    own: "Your own photos",
    about:
      "Choose a folder and search it in your own words, with or without a network. Your photos are read on this machine, by this page, and go nowhere: what is kept of them, small previews and numbers, stays in this browser.",
    readBy: (model: ReactNode): ReactNode => ["They are read by the model ", model, ". "],
    models: "Models",
    drop: "You can also drop a folder or photos anywhere on the page.",
    openExported: "Open a gallery that was exported to a file",
    spaceKept: (used: number, quota: number) =>
      `${bytes(used)} used of the ${bytes(quota)} that this browser gives, kept until you delete it.`,
    space: (used: number, quota: number) =>
      `${bytes(used)} used of the ${bytes(quota)} that this browser gives; when the device runs short of room, the browser may clear it.`,
    newName: "New name",
    rename: "Rename",
    sure: (name: string) => `Forget “${name}”? The photos themselves stay where they are.`,
    forgetIt: "Forget it",
    keepIt: "Keep it",
    folder: "a folder",
    chosen: "chosen photos",
    renameOne: (name: string) => `Rename ${name}`,
    exportOne: (name: string) => `Export ${name} to a file`,
    exportTitle: "Export to a file",
    forgetOne: (name: string) => `Forget ${name}`,
    otherPack: "The model has changed since these photos were read: they must be read again.",
    unscanned: (folder: string) => `“${folder}” as it was when it was read last`,
    readAgain: "Read them again",
    changes: "Look for changes",
    addMore: "Add photos, or choose the folder again as it is now",
    firstSoon: "The first photos can be searched in a moment.",
    empty: "There are no photos in this gallery yet.",
    meanwhile: "You can search while the rest is read. Closing the tab loses nothing but the last few photos.",
    formats: "JPEG, HEIC, PNG, WebP, AVIF, GIF and BMP can be read.",
  },

  ownPhoto: {
    file: "File",
    taken: "Taken",
    camera: "Camera",
    place: "Place",
    size: "Size",
    open: "Open the original",
    download: "Download",
    copy: "Copy its path",
    copied: "Copied",
  },

  selection: {
    begin: "Select photos",
    label: "Selected photos",
    count: (count: ReactNode): ReactNode => [count, " selected"],
    download: (count: number) => `Download ${count === 1 ? "the original" : `${number(count)} originals`}`,
    copy: (count: number) => `Copy ${count === 1 ? "its path" : "paths"}`,
    all: "Select all shown",
    done: "Done",
    saved: "Saved",
    copied: "Copied",
    without: (missing: number, count: number, named: string, reason: string) =>
      `Without ${number(missing)} of ${number(count)}: ${named}. ${reason}`,
  },

  models: {
    about:
      "A model reads photos and words. One that was trained on millions of photographs ranks them far better than those that come with the page; it is downloaded once, kept in this browser, and works without a network. A gallery belongs to the model that has read it.",
    builtIn: {
      diorama: "6 languages · Apache-2.0 · has only seen toy dioramas: on photographs its ranking is poor",
      "photos-small":
        "English · good at people, dogs, sports and the outdoors · trained on Flickr8k, whose photographs are for research use only: a commercial site must choose it knowingly",
    } as Record<string, string>,
    withPage: "with the page",
    pinned: "pinned",
    layoutTested: "layout-tested",
    pinnedMeans: ": its files are known byte for byte. ",
    layoutTestedMeans:
      ": Dotlight knows how it is laid out, but nobody has recorded its files' digests yet; they are recorded when it arrives, and checked from then on.",
    reads: "Reads new galleries",
    use: "Use for new galleries",
    readWith: (gallery: string) => `Read “${gallery}” again with it`,
    size: (size: number, known: boolean) => `${known ? "" : "about "}${bytes(size)}`,
    downloading: (model: string) => `Downloading ${model}`,
    progress: (loaded: number, total: number, known: boolean) => `${fixed(loaded / 1e6, 1)} of ${known ? "" : "about "}${bytes(total)}`,
    form: (model: string) => `Form of ${model}`,
    forms: { q8: "8 bits", f16: "16 bits", f32: "32 bits" },
    formSize: (form: string, size: number, suits: boolean) => `${form}, ${bytes(size)}${suits ? " (for this device)" : ""}`,
    downloadOne: (model: string) => `Download ${model}`,
    download: "Download",
    goOn: "Go on downloading",
    stop: "Stop",
    removeOne: (model: string) => `Remove ${model}`,
    remove: "Remove",
    languages: (count: number) => `${count} languages`,
  },
};

export type OwnTexts = typeof own;
