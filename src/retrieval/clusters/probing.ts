/** What is known of a list before it is read. */
export interface Outline {
  centre: ArrayLike<number>;
  /** Deviation of a row from the centre, in one dimension. */
  spread: number;
}

/**
 * Lists in the order in which their best row for a query is expected, the best first: its score with the centre, and as many deviations above it.
 * Text vectors lie apart from those of pictures, so that a query's best rows are far out in their lists: a list that is wide has more of them.
 */
export function ordered(query: Float64Array, lists: readonly Outline[], deviations: number): Uint32Array {
  let norm = 0;
  for (const value of query) norm += value * value;
  const wide = deviations * Math.sqrt(norm);
  const scores = Float64Array.from(lists, ({ centre, spread }) => {
    let sum = wide * spread;
    for (let i = 0; i < query.length; i++) sum += query[i]! * centre[i]!;
    return sum;
  });
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Deviations that are tried. */
const TRIED = [0, 2, 4, 6, 8];

/** A query whose best rows are known by the lists that have them. */
export interface Known {
  query: Float64Array;
  /** Of each of the best rows its list. */
  lists: number[];
}

/**
 * How many lists, in which order, hold the wanted share of all queries' best rows, with the fewest rows read.
 * @param rows of each list
 */
export function probesFor(
  known: readonly Known[],
  lists: readonly (Outline & { rows: number })[],
  wanted: number,
): { deviations: number; probes: number; share: number } {
  const choices = TRIED.map((deviations) => {
    // Of every best row the place of its list; of every place the rows read up to it, of all queries.
    const places: number[] = [];
    const read = new Float64Array(lists.length);
    for (const { query, lists: best } of known) {
      const order = ordered(query, lists, deviations);
      const placeOf = new Uint32Array(lists.length);
      let sum = 0;
      for (const [place, list] of order.entries()) {
        placeOf[list] = place;
        sum += lists[list]!.rows;
        read[place]! += sum;
      }
      places.push(...best.map((list) => placeOf[list]!));
    }
    places.sort((a, b) => a - b);
    const last = places[Math.max(0, Math.ceil(wanted * places.length) - 1)] ?? lists.length - 1;
    const share = places.filter((place) => place <= last).length / Math.max(1, places.length);
    return { deviations, probes: last + 1, share, read: read[last]! };
  });
  const { read: _, ...chosen } = choices.reduce((least, choice) => (choice.read < least.read ? choice : least));
  return chosen;
}
