"""The guide: a dual encoder over frozen teachers, which shows the photo encoders where pictures and sentences belong.

    python -m training.guide PACKED_DIR TEACHERS_DIR RUN_DIR [--updates 3000] [--strip training/photos/words.json]

Two small networks take what the vision teachers see of a view and the sentence encoder's vector of a text into one space, by CMR (unit
vectors, a learnt temperature). RUN_DIR gets guide.pt. It is a teacher like the others and is never shipped: the shipped encoders learn its
vectors for the same view (image) and the same words (text), so that words that no caption holds lie where their synonyms do.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import objectives
from .data import load
from .evaluate import recalls
from .photo_examples import PhotoExamples, Teachers
from .photo_texts import stripped_words
from .teachers.minilm import WIDTH, SentenceEncoder, encoded
from .train import rate

VIEWS = 4  # of each training picture, the first one whole
GRID = 6
BATCH = 512


class Guide(nn.Module):
    """Shapes: B batch, S the width of a view's summary (photo_examples.Targets), D dimension of the space."""

    def __init__(self, teachers: Teachers, sentences: SentenceEncoder, dimension: int):
        super().__init__()
        tower = lambda inputs, width: nn.Sequential(  # noqa: E731
            nn.LayerNorm(inputs), nn.Dropout(0.1), nn.Linear(inputs, width), nn.GELU(), nn.Dropout(0.3), nn.Linear(width, dimension)
        )
        self.teachers, self.sentences, self.dimension = teachers, sentences, dimension
        self.image, self.text = tower(2 * teachers.components.shape[1] + teachers.count, 1024), tower(WIDTH, 1024)
        self.scale = nn.Parameter(torch.tensor(2.7))  # the logarithm of 1 / temperature

    @property
    def sharpness(self) -> Tensor:
        return self.scale.exp().clamp(max=100)

    def images(self, summary: Tensor) -> Tensor:
        return F.normalize(self.image(summary), dim=-1)  # (B, S) -> (B, D)

    def texts(self, vectors: Tensor) -> Tensor:
        return F.normalize(self.text(vectors.float()), dim=-1)  # (B, 384) -> (B, D)


def load_guide(path: Path, packed: Path, teachers: Path) -> Guide:
    state = torch.load(path, map_location="cpu", weights_only=True)
    guide = Guide(Teachers(teachers, packed), SentenceEncoder.beside(teachers), state["dimension"])
    guide.image.load_state_dict(state["image"])
    guide.text.load_state_dict(state["text"])
    guide.scale.data.copy_(state["scale"])
    return guide.eval().requires_grad_(False)


def parts(count: int, size: int = 64) -> list[np.ndarray]:
    return [np.arange(i, min(i + size, count)) for i in range(0, count, size)]


@torch.no_grad()
def summaries(guide: Guide, examples: PhotoExamples, picker: np.random.Generator | None) -> Tensor:
    """(N, S) at the stem's side: of the whole pictures, or with a picker of a view of each."""
    view = lambda rows: examples.view(rows, picker, 192) if picker else examples.whole(rows, 192)  # noqa: E731
    return torch.cat([guide.teachers.targets(view(rows), GRID).summary for rows in parts(len(examples))])


def train(packed: Path, folder: Path, out: Path, updates: int, dimension: int = 256, device: str = "cpu", stripped: frozenset[str] = frozenset()) -> dict:
    """Returns the recalls on val. Captions that hold a stripped word are left out."""
    torch.manual_seed(1)
    picker = np.random.default_rng(1)
    guide = Guide(Teachers(folder, packed), SentenceEncoder.beside(folder), dimension).to(device)
    data, val = PhotoExamples(load(packed, "train"), packed, "train", device, stripped), PhotoExamples(load(packed, "val"), packed, "val", device)
    pool = torch.stack([summaries(guide, data, picker if view else None) for view in range(VIEWS)])  # (VIEWS, N, S)
    vectors = encoded(guide.sentences, guide.sentences.ids_of(data.texts)).to(device)  # (captions, 384)
    optimiser = torch.optim.AdamW([*guide.image.parameters(), *guide.text.parameters(), guide.scale], 1e-3, weight_decay=0.05)
    for update in range(updates):
        optimiser.param_groups[0]["lr"] = rate(update, updates, 1e-3, 0.05)
        rows = picker.choice(len(data), min(BATCH, len(data)), replace=False)
        images = guide.images(pool[picker.integers(len(pool)), torch.from_numpy(rows).to(device)])
        texts = guide.texts(vectors[torch.from_numpy(data.drawn(rows, picker)).to(device)])
        loss = objectives.cmr(texts * guide.sharpness, images)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"The guide's loss is {loss.item()} at update {update}: look at the teachers' targets.")
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    guide.eval()
    texts = encoded(guide.sentences, guide.sentences.ids_of(val.texts), guide.texts).float()
    with torch.no_grad():
        found = recalls((texts @ guide.images(summaries(guide, val, None)).cpu().t()).numpy(), val.image_of)
    out.mkdir(parents=True, exist_ok=True)
    state = {"dimension": dimension, "image": guide.image.state_dict(), "text": guide.text.state_dict(), "scale": guide.scale.data}
    torch.save(state, out / "guide.pt")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--strip", type=Path)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    words = stripped_words(args.strip)
    print(json.dumps(train(args.packed, args.teachers, args.run, args.updates, device=args.device, stripped=words)))
