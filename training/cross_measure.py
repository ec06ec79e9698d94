"""What a cross-encoder is worth: recall re-ranked beside the dot product's, and how often a caption scores above its foil."""

import numpy as np
import torch
from torch import Tensor

from .cross_data import CrossData
from .cross_encoder import CrossEncoder
from .cross_losses import pair_logits, together
from .model import LightningDOT

TOP = 20  # re-ranked while training
SAMPLE = 400  # captions, and images, that are measured then
AT_ONCE = 2000  # pairs


def logits_of(cross: CrossEncoder, model: LightningDOT, data: CrossData, texts: np.ndarray, images: np.ndarray) -> Tensor:
    """Match logits (P) of pairs, texts by row and images by number."""
    starts = range(0, len(texts), AT_ONCE)
    return torch.cat([together(*pair_logits(cross, model, data, texts[i : i + AT_ONCE], images[i : i + AT_ONCE])) for i in starts])


def vectors_of(model: LightningDOT, data: CrossData, texts: np.ndarray) -> Tensor:
    starts = range(0, len(texts), 500)
    return torch.cat([model.text.vector(data.states(model, texts[i : i + 500])[0][:, 0]) for i in starts])


@torch.no_grad()
def candidates(
    cross: CrossEncoder, model: LightningDOT, data: CrossData, top: int, sample: int | None
) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Of IR, then of TR, in the first language: the best by the dot product, best first: (match logits, dot scores, whether right), each
    (queries, top). `sample` None: of every caption and image. Call it in evaluation mode."""
    picker = np.random.default_rng(0)
    rows = np.arange(len(data.image_of)) * data.languages
    dots = vectors_of(model, data, rows) @ data.vectors.t()  # (captions, N)
    captions = np.sort(picker.permutation(len(rows))[:sample])
    images = np.sort(picker.permutation(len(data))[:sample])
    is_gold = data.at(data.image_of)[:, None] == torch.arange(len(data), device=data.device)  # (captions, N)

    def ranked(dots: Tensor, right: Tensor, pairs) -> tuple[Tensor, Tensor, Tensor]:
        best = dots.topk(min(top, dots.shape[1]), dim=1)
        logits = logits_of(cross, model, data, *pairs(best.indices.cpu().numpy())).view(best.indices.shape)
        return logits, best.values, right.gather(1, best.indices)

    ir = ranked(dots[captions], is_gold[captions], lambda best: (np.repeat(rows[captions], best.shape[1]), best.ravel()))
    tr = ranked(dots.t()[images], is_gold.t()[images], lambda best: (rows[best.ravel()], np.repeat(images, best.shape[1])))
    return [ir, tr]


def recall_of(right: Tensor, order: Tensor) -> list[float]:
    """R@1, 5, 10 in percent: right (queries, top) of candidates, put in this order (queries, top)."""
    hits = right.gather(1, order)
    return [100 * hits[:, :k].any(1).float().mean().item() for k in (1, 5, 10)]


def measured(cross: CrossEncoder, model: LightningDOT, data: CrossData, top: int = TOP, sample: int | None = SAMPLE) -> dict:
    """R@1, 5, 10 of IR and TR, by the dot product and re-ranked: {dot: [ir, tr], cross: [ir, tr], dot_ar, ar}."""
    cross.eval()
    ranked = candidates(cross, model, data, top, sample)
    cross.train()
    by = lambda scores: [recall_of(each[2], scores(each).argsort(dim=1, descending=True)) for each in ranked]  # noqa: E731
    dot, again = by(lambda each: each[1]), by(lambda each: each[0])
    rounded = lambda found: [[round(value, 2) for value in way] for way in found]  # noqa: E731
    ar = lambda found: round(float(np.mean(found)), 2)  # noqa: E731
    return {"dot": rounded(dot), "cross": rounded(again), "dot_ar": ar(dot), "ar": ar(again)}


@torch.no_grad()
def told_apart(cross: CrossEncoder, model: LightningDOT, data: CrossData, late: bool = False) -> dict[str, tuple[int, float, float]]:
    """How often a caption scores above its foil in the first language, by what the foil changes: {what: (captions, percent by the
    cross-encoder, percent by the dot product)}. `late`: by the late interaction alone."""
    cross.eval()

    def scores(texts: np.ndarray, images: np.ndarray) -> Tensor:
        if not late:
            return logits_of(cross, model, data, texts, images)
        starts = range(0, len(texts), AT_ONCE)
        part = lambda i: (data.states(model, texts[i : i + AT_ONCE]), data.regions_of(cross, images[i : i + AT_ONCE]))  # noqa: E731
        return torch.cat([cross.late_each(*states, regions) for states, regions in map(part, starts)])

    found = {}
    for what, captions in data.by_change.items():
        images = data.image_of[captions]
        texts = captions * data.languages, data.foil_of[captions] * data.languages
        own, foil = (scores(rows, images) for rows in texts)
        dot, against = ((vectors_of(model, data, rows) * data.vectors[data.at(images)]).sum(-1) for rows in texts)
        found[what] = (len(captions), *(round(100 * won.float().mean().item(), 1) for won in (own > foil, dot > against)))
    cross.train()
    return found
