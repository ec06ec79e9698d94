import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Rendering } from "./render/page.ts";
import type { Scene } from "./scene.ts";
import { measure, type Visibility } from "./visibility.ts";

/** What one folder of scenes was made with; scenes of two settings never mix. */
export interface Settings {
  seed: number;
  /** Side of the pictures, pixels. */
  size: number;
}

/** A scene with what its picture shows of each object. */
export interface FinishedScene extends Scene {
  visibility: Visibility[];
}

const SETTINGS_FILE = "settings.json";

export function fileName(number: number): string {
  return String(number).padStart(6, "0");
}

/** Under a temporary name first: a file that exists is a whole file. */
async function put(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

export function putJson(path: string, value: unknown): Promise<void> {
  return put(path, `${JSON.stringify(value)}\n`);
}

/** Makes the folder, or checks that it was made with the same settings. */
export async function openFolder(folder: string, settings: Settings): Promise<void> {
  for (const part of ["images", "masks", "scenes"]) await mkdir(join(folder, part), { recursive: true });
  const path = join(folder, SETTINGS_FILE);
  if (!existsSync(path)) return putJson(path, settings);
  const { seed, size } = await readSettings(folder);
  if (seed === settings.seed && size === settings.size) return;
  throw new Error(
    `${path} says seed ${seed}, size ${size}, but seed ${settings.seed}, size ${settings.size} was asked for. ` +
      "Scenes of different settings cannot share a folder: choose another --out, or the same settings.",
  );
}

/** @throws if the folder holds no scenes. */
export async function readSettings(folder: string): Promise<Settings> {
  const path = join(folder, SETTINGS_FILE);
  if (!existsSync(path)) throw new Error(`${path} is missing: ${folder} holds no rendered scenes. Render some first.`);
  return JSON.parse(await readFile(path, "utf8")) as Settings;
}

/** The numbers of the finished scenes, ascending. */
export async function finishedNumbers(folder: string): Promise<number[]> {
  const names = await readdir(join(folder, "scenes"));
  return names
    .filter((name) => /^\d{6}\.json$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

export async function readScene(folder: string, number: number): Promise<FinishedScene> {
  return JSON.parse(await readFile(join(folder, "scenes", `${fileName(number)}.json`), "utf8")) as FinishedScene;
}

/** Writes picture, id map and scene, the scene last: it says that the other two are there. */
export async function putScene(folder: string, { scene, jpeg, mask, alone }: Rendering): Promise<void> {
  const name = fileName(scene.number);
  const side = Math.sqrt(mask.length);
  const png = await sharp(Uint8Array.from(mask), { raw: { width: side, height: side, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  await put(join(folder, "images", `${name}.jpg`), Buffer.from(jpeg, "base64"));
  await put(join(folder, "masks", `${name}.png`), png);
  const finished: FinishedScene = { ...scene, visibility: measure(mask, alone) };
  await putJson(join(folder, "scenes", `${name}.json`), finished);
}
