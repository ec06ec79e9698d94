"""The two losses of the cross-encoder's training, and how a batch is scored for them: by the late interaction alone, or by the whole model."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .cross_data import Batch, CrossData
from .cross_encoder import CrossEncoder
from .model import LightningDOT


def group_loss(logits: Tensor, true: Tensor) -> Tensor:
    """logits (g, n, n) of n captions with n images, g groups.

    true (g, n, n) bool: captions that are true of an image not their own, neither right nor wrong. Every caption must find its image, every
    image its caption, and the logit must tell by itself whether a pair matches.
    """
    groups, n = logits.shape[:2]
    gold = torch.arange(n, device=logits.device).repeat(groups)
    listed = logits.masked_fill(true, -1e4)
    found = F.cross_entropy(listed.flatten(0, 1), gold) + F.cross_entropy(listed.transpose(1, 2).flatten(0, 1), gold)
    matches = torch.eye(n, dtype=torch.bool, device=logits.device)
    wrong = ~(matches | true)
    told = F.softplus(-logits.diagonal(dim1=1, dim2=2)).mean() + (F.softplus(logits) * wrong).sum() / wrong.sum().clamp(min=1)
    return 0.5 * found + 0.5 * told


def foil_loss(own: Tensor, foils: Tensor) -> Tensor:
    """Logits (f) of images with their captions and with these captions' foils: which is true of the image, and each by itself."""
    return F.softplus(foils - own).mean() + 0.25 * (F.softplus(-own).mean() + F.softplus(foils).mean())


def together(parts: list[np.ndarray], scores: list[Tensor]) -> Tensor:
    """The parts' scores in the positions' order."""
    return torch.cat(scores)[torch.from_numpy(np.argsort(np.concatenate(parts))).to(scores[0].device)]


def late_loss(cross: CrossEncoder, model: LightningDOT, data: CrossData, batch: Batch) -> Tensor:
    """Of the late interaction alone; the batch's groups are one large group."""
    images, captions = batch.images.ravel(), batch.captions.ravel()
    regions, parts = data.regions_of(cross, images), data.by_length(captions)
    logits = together(parts, [cross.late_all(*data.states(model, captions[part]), regions) for part in parts])
    loss = group_loss(logits[None], data.also_true(captions[None], images[None]))
    if not len(batch.foils):
        return loss
    rows, seen = np.concatenate([batch.own, batch.foils]), np.concatenate([batch.foiled, batch.foiled])
    parts = data.by_length(rows)
    scores = [cross.late_each(*data.states(model, rows[part]), data.regions_of(cross, seen[part])) for part in parts]
    return loss + foil_loss(*together(parts, scores).chunk(2))


def whole_loss(cross: CrossEncoder, model: LightningDOT, data: CrossData, batch: Batch) -> Tensor:
    groups, n = batch.images.shape
    # Every caption of a group with every image of it, then every foil and its caption with their image.
    square = (groups, n, n)
    texts = [np.broadcast_to(batch.captions[:, :, None], square).ravel(), batch.own, batch.foils]
    images = [np.broadcast_to(batch.images[:, None], square).ravel(), batch.foiled, batch.foiled]
    parts, logits = pair_logits(cross, model, data, np.concatenate(texts), np.concatenate(images))
    pairs, own, foils = together(parts, logits).split([groups * n * n, len(batch.own), len(batch.foils)])
    loss = group_loss(pairs.view(square), data.also_true(batch.captions, batch.images))
    return loss + foil_loss(own, foils) if len(foils) else loss


def pair_logits(
    cross: CrossEncoder, model: LightningDOT, data: CrossData, texts: np.ndarray, images: np.ndarray
) -> tuple[list[np.ndarray], list[Tensor]]:
    """The whole model's logits of pairs, texts by row and images by number, in parts of like length: positions, logits."""
    parts, logits = data.by_length(texts), []
    for part in parts:
        rows, text_of = np.unique(texts[part], return_inverse=True)
        seen, image_of = np.unique(images[part], return_inverse=True)
        text, mask = data.states(model, rows)
        with torch.no_grad():
            vectors = model.text.vector(text[:, 0]), data.vectors[data.at(seen)]
        logits.append(cross(text, mask, data.regions_of(cross, seen), *vectors, data.at(text_of), data.at(image_of)))
    return parts, logits
