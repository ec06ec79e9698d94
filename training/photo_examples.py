"""Batches of photographs: views with their crops and boxes, captions, and the vision teachers' targets."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .data import Packed
from .teachers.vision import DETECTED, Classifier, Kept
from .views import LEAST, SIDED, WILD, Crops, Mixing, coloured, coverage, cut


@dataclass
class View:
    """pixels (B, 3, s, s), the crops they were cut by, the pictures' boxes (B, M, 6), and how views were laid over one another."""

    pixels: Tensor
    crops: Crops
    boxes: Tensor
    mixing: Mixing | None = None


@dataclass
class Targets:
    """Of a grid's regions: features (B, R, C), soft classes (B, R, K + 1), the last all others', what the detector's boxes cover (B, R, 91)."""

    features: Tensor
    soft: Tensor
    covered: Tensor

    @property
    def classes(self) -> Tensor:
        """(B, R, K + 1 + 91): half a distribution of each teacher."""
        return torch.cat([self.soft, self.covered], dim=-1) / 2

    @property
    def summary(self) -> Tensor:
        """(B, 2C + K + 1 + 91), what the guide reads of a view."""
        return torch.cat([self.features.mean(1), self.features.amax(1), (self.soft.mean(1) + 1e-6).sqrt(), (self.covered.mean(1) + 1e-6).sqrt()], dim=-1)


def holds(words: frozenset[str], text: str) -> bool:
    return any(word in words for word in re.findall(r"[a-z]+", text.lower()))


class PhotoExamples:
    """One split. Captions that hold one of the `stripped` words are left out, and so are pictures that have no other; `most` pictures at most."""

    def __init__(self, data: Packed, packed: Path, split: str, device: str = "cpu", stripped: frozenset[str] = frozenset(), most: int | None = None):
        texts = [c["raw"] for scene in data.scenes for c in scene["captions"]]
        image_of = np.repeat(np.arange(len(data)), [len(scene["captions"]) for scene in data.scenes])
        kept = np.array([not holds(stripped, text) for text in texts], bool)
        kept &= image_of < (most or len(data))
        rows, self.image_of = np.unique(image_of[kept], return_inverse=True)  # rows of the data's pictures
        self.left_out = int((~kept).sum())
        self.pictures = torch.from_numpy(np.ascontiguousarray(data.pictures[rows])).to(device).permute(0, 3, 1, 2)  # (N, 3, S, S) bytes
        self.boxes = torch.from_numpy(np.load(packed / f"{split}.boxes.npy")[rows]).float().to(device)
        self.texts = [text for text, keep in zip(texts, kept, strict=True) if keep]
        self.first = np.searchsorted(self.image_of, np.arange(len(rows) + 1))
        sided = np.array([bool(SIDED.search(text)) for text in self.texts])
        self.may_mirror = ~np.array([sided[a:b].any() for a, b in zip(self.first, self.first[1:], strict=False)])

    def __len__(self) -> int:
        return len(self.pictures)

    def drawn(self, rows: np.ndarray, picker: np.random.Generator) -> np.ndarray:
        """A caption of each picture."""
        return picker.integers(self.first[rows], self.first[rows + 1])

    def _cut(self, rows: np.ndarray, crops: Crops, side: int) -> View:
        at = torch.from_numpy(rows).to(self.boxes.device)
        return View(cut(self.pictures[at], crops, side), crops, self.boxes[at])

    def whole(self, rows: np.ndarray, side: int) -> View:
        return self._cut(rows, Crops.whole(len(rows)), side)

    def view(self, rows: np.ndarray, picker: np.random.Generator, side: int) -> View:
        """Augmented, in ways that a caption would not notice."""
        view = self._cut(rows, Crops.drawn(picker, self.may_mirror[rows], LEAST), side)
        view.pixels = coloured(view.pixels, picker)
        return view

    def wild(self, rows: np.ndarray, picker: np.random.Generator, side: int) -> View:
        """For the teachers to judge: small parts too, half of them laid over one another."""
        view = self._cut(rows, Crops.drawn(picker, np.ones(len(rows), bool), WILD), side)
        view.mixing = Mixing.drawn(picker, len(rows), view.pixels.device)
        view.pixels = view.mixing.of(coloured(view.pixels, picker))
        return view


class Teachers(nn.Module):
    """The classifier, and what of its answers is kept."""

    def __init__(self, folder: Path, packed: Path):
        super().__init__()
        self.classifier = Classifier(folder)
        kept = Kept.load(packed / "kept.npz")
        for name in ("mean", "components", "classes"):
            self.register_buffer(name, getattr(kept, name))

    @property
    def count(self) -> int:
        """Classes of MRC-kl: the ImageNet classes kept and the others, the detector's and the background."""
        return len(self.classes) + 1 + DETECTED + 1

    def targets(self, view: View, grid: int, side: int | None = None) -> Targets:
        """`side` is what the classifier sees the view at, where that is not the view's own."""
        pixels = view.pixels
        if side and side != pixels.shape[2]:
            pixels = F.interpolate(pixels, (side, side), mode="bilinear", antialias=side < pixels.shape[2])
        found, logits = self.classifier.maps(pixels, grid)
        soft = logits.softmax(-1)[..., self.classes]
        covered = coverage(view.boxes, view.crops, grid, DETECTED)
        return Targets(
            (found - self.mean) @ self.components,
            torch.cat([soft, (1 - soft.sum(-1, keepdim=True)).clamp(min=0)], dim=-1),
            covered if view.mixing is None else view.mixing.of(covered),
        )
