/** sRGB; far enough apart to tell by sunlight and by moonlight. A new colour is a line here and a word in every language. */
export const COLOURS = {
  red: 0xd91e26,
  orange: 0xff7d0a,
  yellow: 0xffd90f,
  green: 0x1f9e3a,
  blue: 0x1650d8,
  purple: 0x8428c0,
  white: 0xfafaf8,
  black: 0x17171b,
  pink: 0xff6fb5,
  brown: 0x7a4520,
  grey: 0x8d9096,
  turquoise: 0x17c3c0,
} as const;

export type ColourName = keyof typeof COLOURS;
export const COLOUR_NAMES = Object.keys(COLOURS) as ColourName[];
