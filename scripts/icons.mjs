// node scripts/icons.mjs: makes the PNG icons that an installed page needs, in public/icons/, of public/icon.svg.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { root } from "./shared.mjs";

const SIDE = 64;
const svg = readFileSync(join(root, "public/icon.svg"), "utf8");
const [, ground] = /<rect [^>]*fill="(#[0-9a-f]{6})"/.exec(svg);
const out = join(root, "public/icons");
mkdirSync(out, { recursive: true });

/** Systems that cut icons to a shape of their own get the ground to the very edge, and the drawing within the circle that they all leave. */
const cut = svg
  .replace(/viewBox="[^"]*"/, `viewBox="${-SIDE * 0.1} ${-SIDE * 0.1} ${SIDE * 1.2} ${SIDE * 1.2}"`)
  .replace(/<rect [^>]*>/, `<rect x="-${SIDE}" y="-${SIDE}" width="${SIDE * 3}" height="${SIDE * 3}" fill="${ground}"/>`);

async function make(name, drawing, side) {
  const image = sharp(Buffer.from(drawing), { density: (72 * side) / SIDE }).resize(side, side);
  await image.png({ palette: true, effort: 10 }).toFile(join(out, `${name}.png`));
}
await make("icon-192", svg, 192);
await make("icon-512", svg, 512);
await make("maskable-512", cut, 512);
await make("apple-touch-icon", cut, 180);
