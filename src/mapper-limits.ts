/** Galleries of more photos get no map: a page does not draw so many, and each would have to be compared with thousands. */
export const MOST_MAPPED = 100_000;
/** Of fewer own photos none is offered: they are seen at once in the grid. */
export const LEAST_MAPPED = 20;
