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
    return torch.cat([model.text.proj(data.states(model, texts[i : i + 500])[0][:, 0]) for i in starts])


@torch.no_grad()
def measured(cross: CrossEncoder, model: LightningDOT, data: CrossData, top: int = TOP, sample: int | None = SAMPLE) -> dict:
    """R@1, 5, 10 of IR and TR in the first language, by the dot product and re-ranked: {dot: [ir, tr], cross: [ir, tr], dot_ar, ar}.

    `sample` None: of every caption and image.
    """
    cross.eval()
    picker = np.random.default_rng(0)
    rows = np.arange(len(data.image_of)) * data.languages
    dots = vectors_of(model, data, rows) @ data.vectors.t()  # (captions, N)
    captions = np.sort(picker.permutation(len(rows))[:sample])
    images = np.sort(picker.permutation(len(data))[:sample])
    is_gold = data.at(data.image_of)[:, None] == torch.arange(len(data), device=data.device)  # (captions, N)

    def places(dots: Tensor, right: Tensor, pairs) -> tuple[Tensor, Tensor]:
        """Best place of a right answer by the dot product and re-ranked: dots and right (n, candidates)."""
        best = dots.topk(min(top, dots.shape[1]), dim=1).indices
        logits = logits_of(cross, model, data, *pairs(best.cpu().numpy())).view(best.shape)
        order = best.gather(1, logits.argsort(dim=1, descending=True))
        return tuple(torch.where(right.gather(1, o).any(1), right.gather(1, o).int().argmax(1), 10_000) for o in (best, order))

    ir = places(dots[captions], is_gold[captions], lambda best: (np.repeat(rows[captions], best.shape[1]), best.ravel()))
    tr = places(dots.t()[images], is_gold.t()[images], lambda best: (rows[best.ravel()], np.repeat(images, best.shape[1])))
    cross.train()
    recall = lambda ranks: [round(100 * (ranks < k).float().mean().item(), 2) for k in (1, 5, 10)]  # noqa: E731
    dot, again = [recall(ir[0]), recall(tr[0])], [recall(ir[1]), recall(tr[1])]
    return {"dot": dot, "cross": again, "dot_ar": round(float(np.mean(dot)), 2), "ar": round(float(np.mean(again)), 2)}


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
