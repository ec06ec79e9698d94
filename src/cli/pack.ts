import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pack } from "../encoders/pack";
import { packsFolder } from "../encoders/registry/pack-folder.node";
import { publicPacks } from "../encoders/registry/registry";
import { directorySource } from "../files/directory.node";
import { usage } from "./output";

/** The pack in a folder, or a built-in or added one by its id; the built-in packs lie beside the CLI (installed) or in public/packs (a checkout). */
export function openPack(idOrFolder: string): Promise<Pack> {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = [
    idOrFolder,
    join(here, "../../public/packs", idOrFolder),
    join(here, "../site/packs", idOrFolder),
    join(packsFolder(), idOrFolder),
  ].find((path) => existsSync(join(path, "dotlight.json")));
  if (!folder) {
    const known = publicPacks().some(({ id }) => id === idOrFolder);
    const first = known ? ` Download it first: dotlight pack add ${idOrFolder}.` : "";
    throw usage(`There is no model pack at "${idOrFolder}", and no built-in or added pack of that name.${first}`);
  }
  return Pack.open(directorySource(folder));
}
