"""The three pre-training objectives (arXiv 2103.08784, section 3.2), with fusion by addition.

What is masked is drawn on the CPU, so that a seed means the same on every device, and for a whole batch, of which a process may have the pictures
of a `part` only: the parts' losses then sum to the batch's.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import LightningDOT

PAD, CLS, SEP, MASK = 0, 1, 2, 3
SPECIAL = 4
MASKED_SHARE = 0.15
WHOLE = slice(None)


def share(own: Tensor, chosen: Tensor) -> Tensor:
    """Of what is masked in a batch, how much a part has."""
    return own.sum() / chosen.sum()


def cmr(text: Tensor, image: Tensor, same: Tensor | None = None) -> Tensor:
    """Cross-modal retrieval: S = T I^T (B, B) by raw inner products; half the cross-entropy of rows, half of columns.

    `same` (B, B) bool marks off-diagonal pairs that also match; they are no negatives.
    """
    scores = text @ image.t()  # (B, B)
    if same is not None:
        scores = scores.masked_fill(same, -1e4)
    gold = torch.arange(len(scores), device=scores.device)
    return 0.5 * F.cross_entropy(scores, gold) + 0.5 * F.cross_entropy(scores.t(), gold)


def mask_words(ids: Tensor, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Masks 15 % of the words (80 % [MASK], 10 % another word, 10 % kept), at least one a text.

    Returns the ids to read and the positions to predict (B, T) bool.
    """
    draw = torch.rand(ids.shape, generator=generator).to(ids.device).masked_fill(ids < SPECIAL, 2.0)  # special tokens are never drawn
    chosen = (draw < MASKED_SHARE) | (draw == draw.min(dim=1, keepdim=True).values)
    chosen &= ids >= SPECIAL
    how = torch.rand(ids.shape, generator=generator).to(ids.device)
    other = torch.randint(SPECIAL, vocabulary, ids.shape, generator=generator).to(ids.device)
    read = torch.where(chosen & (how < 0.8), torch.full_like(ids, MASK), ids)
    return torch.where(chosen & (how >= 0.8) & (how < 0.9), other, read), chosen


def mask_regions(shape: tuple[int, int], generator: torch.Generator) -> Tensor:
    """Chooses 15 % of the regions, at least one an image: (B, R) bool."""
    draw = torch.rand(shape, generator=generator)
    return (draw < MASKED_SHARE) | (draw == draw.min(dim=1, keepdim=True).values)


def vmlm(model: LightningDOT, ids: Tensor, mask: Tensor, features: Tensor, generator: torch.Generator, part: slice = WHOLE) -> Tensor:
    """Visual-embedding fused MLM: the image's un-projected [CLS] is added to every text output before the word head."""
    read, chosen = mask_words(ids, model.config.vocabulary, generator)
    own = chosen[part]
    image = model.image(features)[:, 0]  # (B, H)
    fused = model.text(read[part], mask[part]) + image[:, None]  # (B, T, H)
    return F.cross_entropy(model.words(fused[own]), ids[part][own]) * share(own, chosen)


def fused_regions(model: LightningDOT, ids: Tensor, mask: Tensor, features: Tensor, chosen: Tensor) -> Tensor:
    """The outputs of the masked regions, plus the text's un-projected [CLS]: (masked, H)."""
    text = model.text(ids, mask)[:, 0]  # (B, H)
    return (model.image(features, chosen)[:, 1:] + text[:, None])[chosen]


def mrfr(
    model: LightningDOT, ids: Tensor, mask: Tensor, features: Tensor, generator: torch.Generator, targets: Tensor | None = None,
    part: slice = WHOLE,
) -> Tensor:  # fmt: skip
    """SMRM by feature regression: mean squared error to the masked regions' features, or to `targets` (B, R, C), where the stem itself is
    in training and must not make its features easy to guess."""
    targets = features if targets is None else targets
    chosen = mask_regions((len(ids), features.shape[1]), generator).to(features.device)
    own = chosen[part]
    return F.mse_loss(model.features(fused_regions(model, ids[part], mask[part], features, own)), targets[own]) * share(own, chosen)


def mrc_kl(
    model: LightningDOT, ids: Tensor, mask: Tensor, features: Tensor, classes: Tensor, generator: torch.Generator, part: slice = WHOLE
) -> Tensor:
    """SMRM by class distribution: KL from the regions' soft classes (B, R, classes), here their object coverage."""
    chosen = mask_regions((len(ids), features.shape[1]), generator).to(features.device)
    own = chosen[part]
    log = F.log_softmax(model.class_head(fused_regions(model, ids[part], mask[part], features, own)), dim=-1)
    return F.kl_div(log, classes[own], reduction="batchmean") * share(own, chosen)
