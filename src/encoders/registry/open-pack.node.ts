import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { directorySource } from "../../files/directory.node";
import { DotlightError } from "../../files/errors";
import { Pack } from "../pack";
import { packsFolder } from "./pack-folder.node";
import { publicPacks } from "./registry";

/**
 * The pack in a folder, or a built-in or added one by its id; the built-in packs lie beside the built program (installed) or in public/packs
 * (a checkout).
 * @throws DotlightError "usage" when there is none, and as Pack.open
 */
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
    throw new DotlightError(
      "usage",
      `There is no model pack at "${idOrFolder}", and no built-in or added pack of that name.`,
      known ? `Download it first: dotlight pack add ${idOrFolder}.` : "Give the pack's folder, or a name that `dotlight pack list` has.",
    );
  }
  return Pack.open(directorySource(folder));
}
