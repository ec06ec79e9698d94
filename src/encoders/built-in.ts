/** The packs that come with the page and the command line. What photos are read with, unless another is chosen, is first. */
export const BUILT_IN_PACKS = ["photos-small", "diorama"];
export const DEFAULT_PACK = BUILT_IN_PACKS[0]!;
