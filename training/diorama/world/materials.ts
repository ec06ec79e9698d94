/** What things are made of; render/materials.ts says how each looks. A new material is a line here, its look, and a word in every language. */
export const MATERIAL_NAMES = ["plastic", "metal", "wood", "glass"] as const;
export type MaterialName = (typeof MATERIAL_NAMES)[number];

/** Against the usual size of the kind. */
export const SIZES = { small: 0.62, usual: 1, large: 1.5 } as const;
export type SizeName = keyof typeof SIZES;
