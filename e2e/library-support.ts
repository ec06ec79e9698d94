import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { alts, DATA, pictures, temporary } from "./support";

export const PHOTOS = join(DATA, "coco/photos");
export const photoFiles = (): string[] =>
  readdirSync(PHOTOS)
    .filter((name) => name.endsWith(".jpg"))
    .sort();

/** A file of a folder in the browser's own file system: a file on disk, or its content. */
export type Content = { file: string } | { text: string };

/**
 * Makes a folder in the origin's private file system, whose handles are those that the folder picker gives, and lets the picker give it.
 * Files that are there already and are not named stay.
 */
export async function makeFolder(page: Page, folder: string, files: Record<string, Content>): Promise<void> {
  const onDisk = Object.entries(files).flatMap(([path, content]) => ("file" in content ? [{ path, file: content.file }] : []));
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.id = "to-opfs";
    document.body.append(input);
  });
  await page.locator("#to-opfs").setInputFiles(onDisk.map(({ file }) => file));
  const texts = Object.entries(files).flatMap(([path, content]) => ("text" in content ? [{ path, text: content.text }] : []));
  await page.evaluate(
    async ({ folder, paths, texts }) => {
      const input = document.querySelector<HTMLInputElement>("#to-opfs")!;
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
      const write = async (path: string, content: Blob) => {
        const parts = path.split("/");
        let at = root;
        for (const name of parts.slice(0, -1)) at = await at.getDirectoryHandle(name, { create: true });
        const writable = await (await at.getFileHandle(parts.at(-1)!, { create: true })).createWritable();
        await writable.write(content);
        await writable.close();
      };
      for (const [i, path] of paths.entries()) await write(path, input.files![i]!);
      for (const { path, text } of texts) await write(path, new Blob([text]));
      input.remove();
    },
    { folder, paths: onDisk.map(({ path }) => path), texts },
  );
}

/** Writes files to a temporary folder on disk, for makeFolder. */
export function filesOnDisk(files: Record<string, Buffer>): Record<string, Content> {
  const folder = temporary();
  return Object.fromEntries(
    Object.entries(files).map(([name, content], i) => {
      const file = join(folder, String(i));
      writeFileSync(file, content);
      return [name, { file }];
    }),
  );
}

export async function removeFile(page: Page, folder: string, path: string): Promise<void> {
  await page.evaluate(
    async ({ folder, path }) => {
      const parts = path.split("/");
      let at = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
      for (const name of parts.slice(0, -1)) at = await at.getDirectoryHandle(name);
      await at.removeEntry(parts.at(-1)!, { recursive: true });
    },
    { folder, path },
  );
}

/** From now on the folder picker gives this folder of the private file system. */
export async function pickerGives(page: Page, folder: string): Promise<void> {
  await page.evaluate((name) => {
    (window as any).showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name);
  }, folder);
}

/** Drops files or folders of the disk onto the page, as a person does. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data: { items: [], files, dragOperationsMask: 1 } });
  }
}

/** From the next load on the page is in a browser that gives out no handles of what is dropped. */
export async function withoutHandles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    delete (DataTransferItem.prototype as { getAsFileSystemHandle?: unknown }).getAsFileSystemHandle;
  });
}

export const openLibrary = (page: Page) => page.locator(".gallery-name").click();

/** Makes a gallery of a folder made with makeFolder, up to the beginning of its import. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  await pickerGives(page, folder);
  await openLibrary(page);
  await page.getByRole("button", { name: "Choose a folder" }).click();
}

/** Waits for the import's end; resolves to the sentence that says what it did. */
export async function imported(page: Page): Promise<string> {
  const report = page.getByTestId("imported");
  await expect(report).toBeVisible({ timeout: 120_000 });
  return (await report.textContent())!;
}

/** Waits until photos of the gallery that is being made can be searched. */
export async function firstWritten(page: Page, name: string): Promise<void> {
  await expect(page.locator(".gallery-name")).toHaveText(name);
  await expect(pictures(page).first()).toBeVisible({ timeout: 60_000 });
}

/** The titles of the first k pictures once so many are there: an answer may come in parts. */
export async function allTitles(page: Page, k: number): Promise<string[]> {
  await expect.poll(async () => (await alts(page, k)).length).toBe(k);
  return alts(page, k);
}

export interface Stored {
  path: string;
  number: number;
  vector: number[];
  item: {
    thumb: { width: number; height: number };
    details: { width: number; height: number; type: string; taken?: string; camera?: string; place?: number[] };
  };
}

/**
 * What some stores of the library hold, keys and rows, read at once; arrays of numbers as lists. With `clear` the stores are empty afterwards.
 */
export async function libraryRows<Store extends string>(
  page: Page,
  stores: Store[],
  clear = false,
): Promise<Record<Store, { key: unknown; value: any }[]>> {
  const text = await page.evaluate(
    ({ stores, clear }) =>
      new Promise<string>((done, failed) => {
        const request = indexedDB.open("dotlight-library");
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction(stores, clear ? "readwrite" : "readonly");
          const found = stores.map((name) => {
            const store = transaction.objectStore(name);
            const [keys, values] = [store.getAllKeys(), store.getAll()];
            if (clear) store.clear();
            return { name, keys, values };
          });
          transaction.oncomplete = () => {
            request.result.close();
            const rows = found.map(({ name, keys, values }) => [name, keys.result.map((key, i) => ({ key, value: values.result[i] }))]);
            done(
              JSON.stringify(Object.fromEntries(rows), (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Uint8Array) : value)),
            );
          };
        };
      }),
    { stores: stores as string[], clear },
  );
  return JSON.parse(text);
}

/** What the page's database holds of all personal galleries, by path. */
export async function storedPhotos(page: Page): Promise<Map<string, Stored>> {
  const { photos, vectors } = await libraryRows(page, ["photos", "vectors"]);
  return new Map(photos.map(({ value }, i) => [value.path, { ...value, vector: vectors[i]!.value }]));
}
