/** The share of pairs, one of either label, of which the true one scores higher; equal scores count half. NaN without both labels. */
export function auroc(scores: ArrayLike<number>, labels: boolean[]): number {
  const order = labels.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [below, won, right] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    let [to, falses, trues] = [from, 0, 0];
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) labels[order[to]!] ? trues++ : falses++;
    won += trues * (below + falses / 2);
    below += falses;
    right += trues;
    from = to;
  }
  return won / (right * below);
}

/** Expected calibration error: how far probabilities are from the share of true labels, in bins of equal width, by how many fall into each. */
export function calibrationError(probabilities: ArrayLike<number>, labels: boolean[], bins = 10): number {
  const sums = Array.from({ length: bins }, () => ({ said: 0, held: 0 }));
  for (const [i, label] of labels.entries()) {
    const bin = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    bin.said += probabilities[i]!;
    if (label) bin.held++;
  }
  return sums.reduce((error, { said, held }) => error + Math.abs(said - held), 0) / labels.length;
}
