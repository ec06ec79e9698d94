/** Keeps the weights finite where the labels can be told apart without a fault. */
const RIDGE = 1e-3;
const MOST_STEPS = 50;
const ENOUGH = 1e-9;

/** The logistic function. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** A row's logit: a weight for each of its features, and the last one by itself. */
export function logitOf(weights: ArrayLike<number>, features: ArrayLike<number>): number {
  let logit = weights[features.length]!;
  for (let i = 0; i < features.length; i++) logit += weights[i]! * features[i]!;
  return logit;
}

/**
 * Logistic regression by Newton's method: the weights under which the labels are likeliest, one for each feature and one by itself, which alone
 * is not drawn towards 0.
 * @param rows of features, all of one length
 */
export function fitLogistic(rows: ArrayLike<number>[], labels: boolean[]): number[] {
  const size = rows[0]!.length + 1;
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight, i) => (i < size - 1 ? -RIDGE * weight : 0));
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? RIDGE : 0)));
    for (const [at, features] of rows.entries()) {
      const likely = sigmoid(logitOf(weights, features));
      const [missing, weight] = [(labels[at] ? 1 : 0) - likely, likely * (1 - likely)];
      for (let i = 0; i < size; i++) {
        const value = i < size - 1 ? features[i]! : 1;
        gradient[i]! += missing * value;
        const row = curvature[i]!;
        for (let j = 0; j <= i; j++) row[j]! += weight * value * (j < size - 1 ? features[j]! : 1);
      }
    }
    const change = solve(curvature, gradient);
    for (const [i, by] of change.entries()) weights[i]! += by;
    if (change.every((by) => Math.abs(by) < ENOUGH)) break;
  }
  return weights;
}

/** x of A x = b by Cholesky's decomposition; A is positive definite, and only its lower half is read. */
function solve(a: number[][], b: number[]): number[] {
  const lower = a.map(() => new Array<number>(b.length).fill(0));
  for (let i = 0; i < b.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i]![j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(rest) : rest / lower[j]![j]!;
    }
  }
  const x = [...b];
  for (let i = 0; i < b.length; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = b.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < b.length; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
