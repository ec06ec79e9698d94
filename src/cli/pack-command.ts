import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pack } from "../encoders/pack";
import { check, type Finding } from "../encoders/registry/check";
import { install, newestRevision } from "../encoders/registry/install";
import { addedPacks, packFolder, packsFolder } from "../encoders/registry/pack-folder.node";
import { DTYPES, type Dtype, HUB, type Pin, type PublicPack, publicPack, publicPacks } from "../encoders/registry/registry";
import { nodeRuntime, tokenizerWasm } from "../encoders/runtime.node";
import { directorySource } from "../files/directory.node";
import { DotlightError } from "../files/errors";
import { calibratePack } from "./calibrate-pack";
import type { Values } from "./dotlight";
import { progressLine, usage } from "./output";

/** dotlight pack list|add|pin|remove: the public packs that are supported; calibrate: what a pack's scores mean. */
export async function packCommand([action, id, gallery]: string[], values: Values): Promise<void> {
  if (action === "list") return listPacks(values);
  if (action === "calibrate") {
    if (!id || !gallery) throw usage("dotlight pack calibrate takes a pack's folder and a gallery with captions, made with that pack.");
    return calibratePack(id, gallery, values);
  }
  if (action !== "add" && action !== "pin" && action !== "remove")
    throw usage("dotlight pack takes list, add ID, pin ID, remove ID or calibrate PACK GALLERY.");
  if (!id) throw usage(`dotlight pack ${action} takes a pack's id: see \`dotlight pack list\`.`);
  const pack = publicPack(id, dtypeOf(values.dtype));
  const packs = values.packs ?? packsFolder();
  if (action === "remove") return removePack(pack, packs);
  return action === "add" ? addPack(pack, packs, values) : pinPack(pack, packs, values);
}

function dtypeOf(named: string | undefined): Dtype | undefined {
  if (named === undefined || DTYPES.includes(named as Dtype)) return named as Dtype | undefined;
  throw usage(`--dtype takes one of ${DTYPES.join(", ")}, not "${named}".`);
}

async function listPacks(values: Values): Promise<void> {
  const added = new Set(await addedPacks(values.packs ?? packsFolder()));
  const rows = publicPacks().map(({ id, entry, dtype, repository, pin, bytes }) => ({
    id,
    name: entry.name,
    dtype,
    megabytes: Math.round(bytes / 1e6),
    dimension: entry.dimension,
    languages: entry.languages,
    license: entry.license,
    repository,
    state: pin ? ("pinned" as const) : ("layout-tested" as const),
    added: added.has(id),
  }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  for (const { id, megabytes, languages, license, state, added: here } of rows) {
    const spoken = languages.length > 3 ? `${languages.length} languages` : languages.join(" ");
    process.stdout.write(
      `${here ? "*" : " "} ${id.padEnd(24)}${String(megabytes).padStart(6)} MB  ${spoken.padEnd(14)}${state.padEnd(15)}${license}\n`,
    );
  }
  process.stdout.write(
    "\n* added. layout-tested: read by a stand-in of its layout, its digests not yet known; `dotlight pack pin ID` finds them out.\n",
  );
}

async function addPack(pack: PublicPack, packs: string, values: Values): Promise<void> {
  await bring(pack, packs, values, pack.pin?.revision ?? "main");
  const opened = await Pack.open(directorySource(join(packs, pack.id)));
  const findings = await check(opened, pack.entry, nodeRuntime(), await tokenizerWasm());
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ id: pack.id, folder: join(packs, pack.id), pinned: pack.pin !== undefined, findings })}\n`);
    return;
  }
  say(findings);
  process.stdout.write(
    `${opened.manifest.name} is in ${join(packs, pack.id)}${pack.pin ? ", as pinned" : "; its digests were not known beforehand"}.\n` +
      `Index photos with it: dotlight index PHOTOS --out GALLERY --pack ${pack.id}\n`,
  );
}

/** Downloads the newest revision, holds it against reference values, and writes its digests. */
async function pinPack(pack: PublicPack, packs: string, values: Values): Promise<void> {
  const revision = await newestRevision(values.hub ?? HUB, pack.repository);
  const { pin: _, ...unpinned } = pack;
  const manifest = await bring({ ...unpinned, pin: undefined }, packs, values, revision);
  const opened = await Pack.open(directorySource(join(packs, pack.id)));
  const findings = await check(opened, pack.entry, nodeRuntime(), await tokenizerWasm());
  say(findings);
  const failed = findings.filter(({ holds }) => !holds);
  if (failed.length > 0) {
    throw new DotlightError(
      "bad-manifest",
      `"${pack.id}" is not what the registry describes: ${failed.map(({ what }) => what).join("; ")}. It was not pinned.`,
      "Correct its entry, or choose another form of it with --dtype.",
    );
  }
  const file = values.pins ?? pinsFile();
  const pins = JSON.parse(await readFile(file, "utf8")) as Record<string, Pin>;
  pins[pack.id] = { revision, files: manifest.files };
  const sorted = Object.fromEntries(Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(file, `${JSON.stringify(sorted, null, 2)}\n`);
  process.stdout.write(`${pack.id} is pinned at ${revision} in ${file}.\n`);
}

async function removePack(pack: PublicPack, packs: string): Promise<void> {
  await packFolder(packs, pack.id).clear();
  await rm(join(packs, pack.id), { recursive: true, force: true });
  process.stdout.write(`${pack.id} is not in ${packs} any more.\n`);
}

function bring(pack: PublicPack, packs: string, values: Values, revision: string) {
  const report = progressLine();
  return install(pack, packFolder(packs, pack.id), {
    ...(values.hub ? { hub: values.hub } : {}),
    revision,
    onBytes: (loaded, total) => report(Math.round(loaded / 1e5) / 10, Math.round(total / 1e5) / 10, "MB"),
  });
}

function say(findings: Finding[]): void {
  for (const { what, holds } of findings) process.stderr.write(`${holds ? "holds" : "FAILS"}: ${what}\n`);
}

/** The registry's own file, in a checkout. */
function pinsFile(): string {
  const file = join(dirname(fileURLToPath(import.meta.url)), "../../src/encoders/registry/pins.json");
  if (existsSync(file)) return file;
  throw usage("The pins belong to a checkout of Dotlight: run the command there, or name a file with --pins.");
}
