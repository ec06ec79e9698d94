"""What the cross-encoder is trained on: a split through the frozen encoders, on the device, and batches drawn from it.

Everything that an update needs is numbered and computed once: texts are token ids by row, foils are rows among them, claims are tensors.
Only the ranking of a group's first caption comes back from the device while an update is drawn.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .claims import Claims, changed
from .cross_encoder import CrossEncoder
from .data import load
from .model import LightningDOT
from .objectives import PAD
from .photo_examples import holds
from .tokenizer import encode
from .train import texts_of

AMONG = 24  # negatives are drawn from so many of a caption's ranking
EASY = 1  # images of a group that are drawn from all
# How often a foil is drawn, by what it changes; a bag of words tells all but the first three.
SHARES = {"relation": 3.0, "colours swapped": 3.0, "count": 3.0}


def foil_texts(foil: dict, languages: tuple[str, ...]) -> list[str]:
    return [foil["raw"] if code == "en" else foil["translations"][code] for code in languages]


class CrossData:
    """N scenes of a split and C captions, each in L languages, F of them with a foil; V views of each scene, R regions, D dimension.

    A text's row is its number times L, plus its language; the captions' numbers are from 0, the foils' from C. An image's number is its
    scene's, plus N for each view before it. Captions that hold a stripped word are left out, and so are scenes that have no other.
    """

    @torch.no_grad()
    def __init__(
        self, model: LightningDOT, packed: Path, features: Path, split: str, tokenizer: Tokenizer, languages: tuple[str, ...],
        device: str, chosen: slice = slice(None), stripped: frozenset[str] = frozenset(),
    ):  # fmt: skip
        data = load(packed, split)
        cached = np.load(features / f"{split}.features.npy", mmap_mode="r")
        if len(cached) % len(data):
            raise ValueError(f"{features} has features of {len(cached)} scenes of {split}, {packed} has {len(data)}: cache them again.")
        left = [scene | {"captions": [c for c in scene["captions"] if not holds(stripped, c["raw"])]} for scene in data.scenes]
        kept = [number for number in range(len(data))[chosen] if left[number]["captions"]]
        self.scenes, self.languages, self.device = [left[number] for number in kept], len(languages), device
        self.views = len(cached) // len(data)
        # By length: padding to the longest text of a batch would double the work. A GPU has the time, and would wait for more launches.
        self.parts = 4 if device == "cpu" else 2
        captions = [c for scene in self.scenes for c in scene["captions"]]
        foiled = [number for number, c in enumerate(captions) if c.get("foil")]
        texts = [text for scene in self.scenes for text in texts_of(scene, languages)]
        texts += [text for number in foiled for text in foil_texts(captions[number]["foil"], languages)]
        ids = encode(tokenizer, texts, model.config.max_tokens)
        self.lengths = (ids != PAD).sum(1)  # (rows)
        self.ids = torch.from_numpy(ids).to(device)  # (rows, T) int16
        sizes = [len(scene["captions"]) for scene in self.scenes]
        self.image_of = np.repeat(np.arange(len(self.scenes)), sizes)  # (C)
        self.first = np.concatenate([[0], np.cumsum(sizes)])  # (N + 1)
        self.foil_of = np.full(len(captions), -1)  # (C) the foil's number, where there is one
        self.foil_of[foiled] = len(captions) + np.arange(len(foiled))
        self.by_change: dict[str, np.ndarray] = {}  # captions whose foil changes that
        for number in foiled:
            what = changed(captions[number]["proposition"], captions[number]["foil"]["proposition"])
            self.by_change.setdefault(what, []).append(number)
        self.by_change = {what: np.array(numbers) for what, numbers in sorted(self.by_change.items())}
        self.claims = Claims(self.scenes, [c.get("proposition") for c in captions], device)
        rows = np.concatenate([np.array(kept) + view * len(data) for view in range(self.views)])
        self.features = torch.from_numpy(cached[rows]).to(device)  # (V * N, R, C) f16
        hidden, vectors = [], []
        for part in self.features.split(500):
            states = model.image(part.float())  # (n, 1 + R, H)
            hidden.append(states[:, 1:].half())
            vectors.append(model.image.vector(states[:, 0]))
        self.hidden, self.vectors = torch.cat(hidden), torch.cat(vectors)  # (V * N, R, H) f16, (V * N, D)

    def __len__(self) -> int:
        return len(self.scenes)

    def at(self, numbers: np.ndarray) -> Tensor:
        return torch.from_numpy(numbers).to(self.device)

    def regions_of(self, cross: CrossEncoder, images: np.ndarray) -> Tensor:
        rows = self.at(images)
        return cross.regions(self.features[rows].float(), self.hidden[rows].float())  # (n, R, K)

    def by_length(self, rows: np.ndarray) -> list[np.ndarray]:
        """Positions of texts in parts of like length."""
        return [part for part in np.array_split(np.argsort(self.lengths[rows], kind="stable"), self.parts) if len(part)]

    @torch.no_grad()
    def states(self, model: LightningDOT, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        """Hidden states (n, T, H) and mask (n, T) of texts, T the longest of these."""
        ids = self.ids[self.at(rows), : self.lengths[rows].max()].long()
        mask = (ids != PAD).long()
        return model.text(ids, mask), mask

    def also_true(self, rows: np.ndarray, images: np.ndarray) -> Tensor:
        """Groups of captions by row and of their images (g, n) -> (g, n, n) bool: the caption is true of the image, which is not its own, as far
        as that is known."""
        claims, scenes = self.at(rows // self.languages)[:, :, None], self.at(images % len(self))
        true = self.claims.satisfies(claims, scenes[:, None]) | (scenes[:, :, None] == scenes[:, None])
        return true & ~torch.eye(images.shape[1], dtype=torch.bool, device=true.device)


@dataclass
class Batch:
    """g groups of n images with a caption of each, and f captions with a foil, each with its image. The texts' rows and the images' numbers."""

    images: np.ndarray  # (g, n)
    captions: np.ndarray  # (g, n)
    foiled: np.ndarray  # (f) images
    own: np.ndarray  # (f) their captions
    foils: np.ndarray  # (f)


def drawn(
    model: LightningDOT, data: CrossData, groups: int, images: int, foils: int, first_language: float, picker: np.random.Generator
) -> Batch:
    """Images that the dot product confuses: those high in the ranking of a group's first caption. A group's captions are in one language."""

    def caption(image: np.ndarray) -> np.ndarray:
        return data.first[image] + (picker.random(image.shape) * (data.first[image + 1] - data.first[image])).astype(int)

    def language(count: int) -> np.ndarray:
        return np.where(picker.random(count) < first_language, 0, picker.integers(data.languages, size=count))

    seeds, codes, view = picker.integers(len(data), size=groups), language(groups), int(picker.integers(data.views))
    asked = caption(seeds)
    text, _ = data.states(model, asked * data.languages + codes)
    with torch.no_grad():
        dots = model.text.vector(text[:, 0]) @ data.vectors[view * len(data) : (view + 1) * len(data)].t()
    near = dots.topk(min(AMONG, len(data)), dim=1).indices.cpu().numpy()
    order = (picker.random(near.shape) + (near == seeds[:, None])).argsort(axis=1)[:, : images - 1 - EASY]  # the seed itself comes last
    easy = picker.integers(len(data), size=(groups, images - 1 - order.shape[1]))
    chosen = np.concatenate([seeds[:, None], np.take_along_axis(near, order, 1), easy], axis=1)
    numbers = caption(chosen)
    numbers[:, 0] = asked
    own = drawn_by_change(data, foils, picker)
    said = language(len(own))
    rows = [number * data.languages + code for number, code in ((numbers, codes[:, None]), (own, said), (data.foil_of[own], said))]
    chosen += len(data) * picker.integers(data.views, size=chosen.shape)
    return Batch(chosen, rows[0], data.image_of[own], rows[1], rows[2])


def drawn_by_change(data: CrossData, count: int, picker: np.random.Generator) -> np.ndarray:
    """Captions that have a foil, (count), or none where the data have none."""
    lists = list(data.by_change.values())
    if not lists:
        return np.zeros(0, int)
    shares = np.array([SHARES.get(what, 1.0) for what in data.by_change])
    of = picker.choice(len(lists), count, p=shares / shares.sum())
    sizes = np.array([len(each) for each in lists])
    starts = np.cumsum(sizes) - sizes
    return np.concatenate(lists)[starts[of] + (picker.random(count) * sizes[of]).astype(int)]
