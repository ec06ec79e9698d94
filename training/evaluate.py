"""Recall@K by the paper's protocol, and the ceiling that the data allow.

IR (text -> image): the gold image is among the first K. TR (image -> text): any gold caption is. AR: the mean of R@1, 5, 10 of both.
The oracle is a perfect ranker: for IR the r relevant images come first in random order, so R@K = min(1, K / r); for TR all captions true
of the image come first, those with fewest relevant images before others, equals in random order.
"""

import numpy as np

KS = (1, 5, 10)


def recalls(scores: np.ndarray, gold: np.ndarray) -> dict:
    """scores (texts, images) and gold (texts), each text's image -> percentages {ir, tr, ar}. A tie counts half its places.

    Raises FloatingPointError for scores that are no numbers: nothing is greater than NaN, so that every rank would be the first.
    """
    if not np.isfinite(scores).all():
        raise FloatingPointError(f"{(~np.isfinite(scores)).sum()} of {scores.size} scores are no finite numbers: the model is broken.")
    own = scores[np.arange(len(gold)), gold]
    ir_rank = (scores > own[:, None]).sum(1) + ((scores == own[:, None]).sum(1) - 1) / 2  # (texts,)
    tr_rank = np.full(scores.shape[1], np.inf)
    by_image = scores.T
    for text, image in enumerate(gold):
        column = by_image[image]
        tr_rank[image] = min(tr_rank[image], (column > own[text]).sum())
    tr_rank = tr_rank[np.isfinite(tr_rank)]
    result = {
        "ir": {f"r{k}": 100 * float((ir_rank < k).mean()) for k in KS},
        "tr": {f"r{k}": 100 * float((tr_rank < k).mean()) for k in KS},
    }
    result["ar"] = float(np.mean([*result["ir"].values(), *result["tr"].values()]))
    return result


def oracle_ar(gold: np.ndarray, relevant: list[np.ndarray]) -> float:
    """gold (texts) and for each text the images that satisfy it -> AR in percent of a perfect ranker."""
    sizes = np.array([len(r) for r in relevant])
    ir = [np.minimum(1, k / sizes).mean() for k in KS]
    true_of: dict[int, list[int]] = {}
    for text, images in enumerate(relevant):
        for image in images:
            true_of.setdefault(int(image), []).append(text)
    images = sorted(set(gold.tolist()))
    tr = [np.mean([_hit(np.array(true_of.get(i, [])), sizes, gold, i, k) for i in images]) for k in KS]
    return 100 * float(np.mean([*ir, *tr]))


def _hit(texts: np.ndarray, sizes: np.ndarray, gold: np.ndarray, image: int, k: int) -> float:
    """The probability that a caption of the image is among the first k."""
    left = k
    for size in np.unique(sizes[texts]) if len(texts) else ():
        tied = texts[sizes[texts] == size]
        own = int((gold[tied] == image).sum())
        if len(tied) <= left:
            if own:
                return 1.0
            left -= len(tied)
            continue
        miss = 1.0
        for i in range(left):
            miss *= max(0, len(tied) - own - i) / (len(tied) - i)
        return 1 - miss
    return 0.0
