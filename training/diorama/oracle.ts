/** Recall at 1, 5 and 10, in percent. */
export interface Recall {
  r1: number;
  r5: number;
  r10: number;
}

export interface Ceiling {
  ir: Recall;
  tr: Recall;
  /** The mean of all six. */
  ar: number;
}

interface Judged {
  imgid: number;
  relevant: readonly number[];
}

const LEVELS = [1, 5, 10] as const;

/** Chance that at least one of `gold` among `size` shuffled candidates comes in the first `room`. */
function drawn(gold: number, size: number, room: number): number {
  if (room >= size) return gold > 0 ? 1 : 0;
  let missed = 1;
  for (let place = 0; place < room; place++) missed *= Math.max(0, size - gold - place) / (size - place);
  return 1 - missed;
}

/** Captions true of an image, rarest first; those equally rare in any order: chance of one of its own in the first k. */
function foundText(captions: readonly { own: boolean; rarity: number }[], k: number): number {
  const rarities = [...new Set(captions.map(({ rarity }) => rarity))].sort((a, b) => a - b);
  let room = k;
  for (const rarity of rarities) {
    const tied = captions.filter((caption) => caption.rarity === rarity);
    const gold = tied.filter(({ own }) => own).length;
    if (gold > 0 || tied.length >= room) return drawn(gold, tied.length, Math.min(room, tied.length));
    room -= tied.length;
  }
  return 0;
}

/**
 * What a perfect ranker reaches where captions also fit other scenes: the expectation over the order of what fits equally well.
 * Text -> image: the relevant scenes, shuffled. Image -> text: all captions true of it, by ascending number of relevant scenes.
 */
export function ceiling(captions: readonly Judged[]): Ceiling {
  const truths = new Map<number, { own: boolean; rarity: number }[]>();
  for (const { imgid, relevant } of captions) {
    for (const image of relevant) {
      if (!truths.has(image)) truths.set(image, []);
      truths.get(image)!.push({ own: image === imgid, rarity: relevant.length });
    }
  }
  const percent = (values: number[]) => (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
  const recall = (of: (k: number) => number[]): Recall => {
    const [r1, r5, r10] = LEVELS.map((k) => percent(of(k))) as [number, number, number];
    return { r1, r5, r10 };
  };
  const ir = recall((k) => captions.map(({ relevant }) => Math.min(1, k / relevant.length)));
  const tr = recall((k) => [...truths.values()].map((fitting) => foundText(fitting, k)));
  return { ir, tr, ar: (ir.r1 + ir.r5 + ir.r10 + tr.r1 + tr.r5 + tr.r10) / 6 };
}
