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

LEAST = 0.4  # of the picture's area
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
    def drawn(picker: np.random.Generator, may_mirror: np.ndarray) -> "Crops":
        """One crop for each picture; may_mirror (B) bool."""
        n = len(may_mirror)
        area = picker.uniform(LEAST, 1, n)
        aspect = np.exp(picker.uniform(-np.log(ASPECT), np.log(ASPECT), n))
        width, height = np.minimum(1, np.sqrt(area * aspect)), np.minimum(1, np.sqrt(area / aspect))
        x, y = picker.random(n) * (1 - width), picker.random(n) * (1 - height)
        return Crops(np.stack([x, y, x + width, y + height], 1).astype(np.float32), (picker.random(n) < 0.5) & may_mirror)


def cut(pictures: np.ndarray, crops: Crops, side: int) -> Tensor:
    """Bytes (B, S, S, 3) -> bytes (B, 3, side, side), resized bilinearly with antialiasing."""
    edge = pictures.shape[1]
    views = torch.empty(len(pictures), 3, side, side, dtype=torch.uint8).contiguous(memory_format=torch.channels_last)
    for row, (picture, box) in enumerate(zip(pictures, crops.boxes, strict=True)):
        x1, y1, x2, y2 = (round(float(v) * edge) for v in box)
        part = torch.from_numpy(np.array(picture[y1:y2, x1:x2])).permute(2, 0, 1)[None]
        view = part if part.shape[2:] == (side, side) else F.interpolate(part, (side, side), mode="bilinear", antialias=True)
        views[row] = view[0].flip(2) if crops.mirrored[row] else view[0]
    return views


def normalised(views: Tensor) -> Tensor:
    """Bytes (B, 3, s, s) -> -1..1."""
    return views.float().div_(127.5).sub_(1.0)


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
