"""Batches of photographs: views with their crops and boxes, captions with the sentence encoder's vectors, and the teachers' targets."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .data import Packed
from .teachers.vision import DETECTED, Classifier, Kept
from .views import SIDED, Crops, coloured, coverage, cut, normalised


@dataclass
class View:
    """pixels (B, 3, s, s), the crops they were cut by, and the pictures' boxes (B, M, 6)."""

    pixels: Tensor
    crops: Crops
    boxes: Tensor


def holds(words: set[str], text: str) -> bool:
    return any(word in words for word in re.findall(r"[a-z]+", text.lower()))


class PhotoExamples:
    """One split. Captions that hold one of the `stripped` words are left out, and so are pictures that have no other."""

    def __init__(self, data: Packed, packed: Path, split: str, device: str = "cpu", stripped: frozenset[str] = frozenset()):
        self.device = device
        sentences = np.load(packed / f"{split}.sentences.npy")
        texts = [c["raw"] for scene in data.scenes for c in scene["captions"]]
        if len(sentences) != len(texts):
            raise ValueError(f"{packed}: {len(sentences)} sentence vectors of {split} and {len(texts)} captions: run training.teachers.targets again.")
        image_of = np.repeat(np.arange(len(data)), [len(scene["captions"]) for scene in data.scenes])
        kept = np.array([not holds(stripped, text) for text in texts], bool)
        rows, self.image_of = np.unique(image_of[kept], return_inverse=True)
        self.left_out = int((~kept).sum())
        self.rows = rows  # of the data's pictures
        self.data = [data.scenes[row] for row in rows]
        self.pictures = data.pictures
        self.boxes = torch.from_numpy(np.load(packed / f"{split}.boxes.npy")[rows]).float()
        self.texts = [text for text, keep in zip(texts, kept, strict=True) if keep]
        self.vectors = torch.from_numpy(sentences[kept])  # (captions, 384) f16
        self.first = np.searchsorted(self.image_of, np.arange(len(self.data) + 1))
        sided = np.array([bool(SIDED.search(text)) for text in self.texts])
        self.may_mirror = ~np.array([sided[a:b].any() for a, b in zip(self.first, self.first[1:], strict=False)])

    def drawn(self, rows: np.ndarray, picker: np.random.Generator) -> np.ndarray:
        """A caption of each picture."""
        return picker.integers(self.first[rows], self.first[rows + 1])

    def sentence(self, captions: np.ndarray) -> Tensor:
        return self.vectors[torch.from_numpy(captions)].to(self.device).float()  # (n, 384)

    def view(self, rows: np.ndarray, picker: np.random.Generator | None, side: int) -> View:
        """Augmented views, or without a picker the whole pictures."""
        crops = Crops.drawn(picker, self.may_mirror[rows]) if picker else Crops.whole(len(rows))
        pixels = normalised(cut(np.stack([self.pictures[self.rows[row]] for row in rows]), crops, side).to(self.device))
        return View(coloured(pixels, picker) if picker else pixels, crops, self.boxes[torch.from_numpy(rows)].to(self.device))


class Teachers:
    def __init__(self, folder: Path, packed: Path, device: str = "cpu"):
        self.classifier = Classifier(folder).to(device)
        self.kept = Kept.load(packed / "kept.npz")

    @property
    def classes(self) -> int:
        """Of MRC-kl: the ImageNet classes kept and the others, the detector's and the background."""
        return len(self.kept.classes) + 1 + DETECTED + 1

    def targets(self, view: View, grid: int, side: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Of the grid's regions: features (B, R, C), soft classes (B, R, K + 1), what the detector's boxes cover (B, R, 91).

        `side` is what the classifier sees the view at, where that is not the view's own.
        """
        pixels = view.pixels
        if side and side != pixels.shape[2]:
            pixels = torch.nn.functional.interpolate(pixels, (side, side), mode="bilinear", antialias=side < pixels.shape[2])
        features, soft = self.classifier.targets(pixels, grid, self.kept)
        return features, soft, coverage(view.boxes, view.crops, grid, DETECTED)
