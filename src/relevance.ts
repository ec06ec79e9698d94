import { bankDigest, readCalibration } from "./encoders/calibration";
import type { Pack } from "./encoders/pack";
import type { Captions } from "./gallery/calibration";
import type { Gallery } from "./gallery/reader";
import { type Calibration, evidence, probabilityOf, type Spread, spreadOver } from "./retrieval/relevance";
import type { Hit, Vector } from "./retrieval/scan";

/** A hit, with its match logit where it was re-ranked. */
export type Judged = Hit & { match?: number };

/** How likely photos match a query: by what the query gives to photos in general, and the photos to queries. */
export class Relevance {
  constructor(
    readonly calibration: Calibration,
    readonly spreadOf: (row: number) => Spread,
  ) {}

  /** Undefined where the pack has no calibration, or the gallery was not scored with its captions. @throws DotlightError for damaged files */
  static async open(gallery: Gallery, pack: Pack): Promise<Relevance | undefined> {
    const table = gallery.manifest.tables.calibration;
    const calibration = table && (await readCalibration(pack));
    if (!calibration || (await bankDigest(calibration.captions)) !== table.digest) return undefined;
    return new Relevance(calibration, (await gallery.spreads())!);
  }

  /** The probability that each photo matches, in the hits' order. */
  judge(query: Vector, hits: Judged[]): number[] {
    const { photos, dot, match: refined } = this.calibration;
    const general = spreadOver(photos, query);
    return hits.map(({ row, score, match }) => {
      const known = refined && match !== undefined;
      return probabilityOf(known ? refined : dot, evidence(score, general, this.spreadOf(row), known ? match : undefined));
    });
  }
}

/** The captions that a gallery made with this pack scores its photos with; undefined where the pack has none. */
export async function captionsInGeneral(pack: Pack): Promise<Captions | undefined> {
  const calibration = await readCalibration(pack);
  return calibration && { digest: await bankDigest(calibration.captions), bank: calibration.captions };
}
