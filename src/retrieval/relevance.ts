import { dot } from "./dot";
import { logitOf, sigmoid } from "./logistic";
import type { Vector } from "./scan";

/** What a vector scores in general: mean and deviation of its dot scores. */
export interface Spread {
  mean: number;
  deviation: number;
}

/** Vectors of photos, or of captions, as they are in general. */
export type Bank = readonly Vector[];

/** What a pack's scores mean, fitted on pictures and captions that it was not trained on. */
export interface Calibration {
  /** Photos and captions in general. */
  photos: Bank;
  captions: Bank;
  /** Weights of `evidence`, without and with a match logit; the last of each stands by itself. */
  dot: number[];
  match?: number[];
}

/** The probability from which a photo counts as a match: the line in the grid. */
export const LINE = 0.5;
/** Where not even the best photo reaches this, nothing matches: who is told so by mistake does not look any further. */
export const UNLIKELY = 0.1;
/** Features without the match logit. */
export const FEATURES = 5;

export function spreadOver(bank: Bank, vector: Vector): Spread {
  const scores = bank.map((one) => dot(one, vector));
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return { mean, deviation: Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length) };
}

/**
 * The features of a query's pair with a photo: their dot score, what the query gives to photos in general, what the photo gives to queries in
 * general, and the cross-encoder's match logit where there is one. Subtracting and dividing are left to the fit: a linear one does the first, and
 * of the second it needs no more than the deviation itself.
 */
export function evidence(score: number, query: Spread, photo: Spread, match?: number): number[] {
  const features = [score, query.mean, query.deviation, photo.mean, photo.deviation];
  if (match !== undefined) features.push(match);
  return features;
}

/** The probability that the photo matches, by features of `evidence`. */
export const probabilityOf = (weights: number[], features: number[]): number => sigmoid(logitOf(weights, features));
