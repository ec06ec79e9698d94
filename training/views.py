"""Strongly augmented views of photographs, and a detector's boxes as they lie in a view.

A view is a crop, perhaps mirrored, then changes of light, contrast, colour strength and tint. Teachers and student see the same view
(Beyer et al. 2022, arXiv 2106.05237). What a caption could notice: a picture whose caption speaks of left or right is not mirrored, hues do
not turn, and a crop keeps at least LEAST of the picture.
"""

import re
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

LEAST = 0.4  # of the picture's area, where a caption goes with the view
WILD = 0.08  # where none does, and only the teachers are asked
ASPECT = 1.35
SIDED = re.compile(r"\b(left|right)\b", re.IGNORECASE)


@dataclass
class Crops:
    """boxes (B, 4) [x1, y1, x2, y2] as parts of the picture, mirrored (B) bool."""

    boxes: np.ndarray
    mirrored: np.ndarray

    @staticmethod
    def whole(count: int) -> "Crops":
        return Crops(np.tile(np.array([0, 0, 1, 1], np.float32), (count, 1)), np.zeros(count, bool))

    @staticmethod
    def drawn(picker: np.random.Generator, may_mirror: np.ndarray, least: float = LEAST) -> "Crops":
        """One crop for each picture, of at least `least` of its area; may_mirror (B) bool."""
        n = len(may_mirror)
        area = picker.uniform(least, 1, n)
        aspect = np.exp(picker.uniform(-np.log(ASPECT), np.log(ASPECT), n))
        width, height = np.minimum(1, np.sqrt(area * aspect)), np.minimum(1, np.sqrt(area / aspect))
        x, y = picker.random(n) * (1 - width), picker.random(n) * (1 - height)
        return Crops(np.stack([x, y, x + width, y + height], 1).astype(np.float32), (picker.random(n) < 0.5) & may_mirror)


def cut(pictures: Tensor, crops: Crops, side: int) -> Tensor:
    """Bytes (B, 3, S, S) -> pixels (B, 3, side, side) in -1..1. Whole pictures are resized with antialiasing, crops bilinearly."""
    pixels = pictures.float().div_(127.5).sub_(1.0)
    if not crops.mirrored.any() and (crops.boxes == Crops.whole(1).boxes).all():
        return pixels if pixels.shape[2] == side else F.interpolate(pixels, (side, side), mode="bilinear", antialias=True)
    first, last = crops.boxes[:, :2], crops.boxes[:, 2:]
    scale, middle = last - first, first + last - 1  # (B, xy), the picture from -1 to 1
    theta = np.zeros((len(pictures), 2, 3), np.float32)
    theta[:, 0, 0] = np.where(crops.mirrored, -scale[:, 0], scale[:, 0])
    theta[:, 1, 1], theta[:, :, 2] = scale[:, 1], middle
    grid = F.affine_grid(torch.from_numpy(theta).to(pixels.device), [len(pictures), 3, side, side], align_corners=False)
    return F.grid_sample(pixels, grid, mode="bilinear", padding_mode="border", align_corners=False)


def coloured(pixels: Tensor, picker: np.random.Generator) -> Tensor:
    """pixels (B, 3, s, s) in -1..1 with light, contrast, colour strength and tint changed."""
    n = len(pixels)
    draw = lambda width, *shape: torch.from_numpy(picker.uniform(-width, width, (n, *shape)).astype(np.float32)).to(pixels.device)  # noqa: E731
    grey = pixels.mean(1, keepdim=True)
    pixels = grey + (pixels - grey) * (1 + draw(0.4, 1, 1, 1))
    return (pixels * (1 + draw(0.3, 1, 1, 1)) + draw(0.2, 1, 1, 1) + draw(0.06, 3, 1, 1)).clamp(-1, 1)


def coverage(boxes: Tensor, crops: Crops, grid: int, classes: int) -> Tensor:
    """What a detector's boxes cover of each region of a view.

    boxes (B, M, 6) [x1, y1, x2, y2, class, score] as parts of the picture, score 0 where there is none -> (B, grid * grid, classes + 1), each
    region's soft distribution: a class in proportion to the share of the region that its boxes cover times their score, the background last.
    """
    crop = torch.from_numpy(crops.boxes).to(boxes.device)[:, None]  # (B, 1, 4)
    size = crop[..., 2:] - crop[..., :2]  # (B, 1, 2)
    corners = (boxes[..., :4].unflatten(-1, (2, 2)) - crop[..., None, :2]) / size[..., None, :]  # (B, M, 2 corners, xy)
    mirrored = torch.from_numpy(crops.mirrored).to(boxes.device)[:, None, None]
    x = torch.where(mirrored, 1 - corners[..., 0].flip(-1), corners[..., 0])  # (B, M, 2)
    edges = torch.arange(grid, device=boxes.device, dtype=boxes.dtype) / grid

    def overlap(span: Tensor) -> Tensor:  # (B, M, 2) -> (B, M, grid), the share of each row or column
        inside = torch.minimum(span[..., 1:], edges + 1 / grid) - torch.maximum(span[..., :1], edges)
        return inside.clamp(min=0) * grid

    share = (overlap(corners[..., 1])[..., :, None] * overlap(x)[..., None, :]).flatten(2) * boxes[..., 5:6]  # (B, M, R)
    covered = torch.zeros(len(boxes), classes, grid * grid, device=boxes.device, dtype=boxes.dtype)
    rows = boxes[..., 4].long()[..., None].expand_as(share)
    covered = covered.scatter_reduce(1, rows, share, "amax").transpose(1, 2)  # (B, R, classes)
    free = (1 - covered).prod(-1, keepdim=True)
    found = torch.cat([covered, free], dim=-1)
    return found / found.sum(-1, keepdim=True).clamp(min=1e-6)


@dataclass
class Mixing:
    """Views laid over one another: each pixel is `share` (B) of its own view and the rest of view `other` (B)."""

    other: Tensor
    share: Tensor

    @staticmethod
    def drawn(picker: np.random.Generator, count: int, device: torch.device) -> "Mixing":
        """Half of the views are mixed with another, in any shares; the rest stay."""
        share = np.where(picker.random(count) < 0.5, picker.random(count), 1.0).astype(np.float32)
        return Mixing(torch.from_numpy(picker.permutation(count)).to(device), torch.from_numpy(share).to(device))

    def of(self, values: Tensor) -> Tensor:
        """values (B, ...), mixed."""
        share = self.share.view(-1, *[1] * (values.ndim - 1))
        return share * values + (1 - share) * values[self.other]
