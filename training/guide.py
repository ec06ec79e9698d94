"""The guide: a dual encoder over frozen teachers, which shows the photo encoders where pictures and sentences belong.

    python -m training.guide PACKED_DIR TEACHERS_DIR RUN_DIR [--updates 3000]

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
from .train import rate

VIEWS = 4  # of each training picture, the first one whole
SENTENCE = 384


def summary(features: Tensor, soft: Tensor, covered: Tensor) -> Tensor:
    """Regions' features (B, R, C), soft classes and coverage -> (B, 2C + K + 1 + 91), what the guide reads of a view."""
    return torch.cat([features.mean(1), features.amax(1), soft.mean(1).sqrt(), covered.mean(1).sqrt()], dim=-1)


class Guide(nn.Module):
    def __init__(self, seen: int, dimension: int):
        super().__init__()
        tower = lambda inputs, width: nn.Sequential(  # noqa: E731
            nn.LayerNorm(inputs), nn.Dropout(0.1), nn.Linear(inputs, width), nn.GELU(), nn.Dropout(0.3), nn.Linear(width, dimension)
        )
        self.seen, self.dimension = seen, dimension
        self.image, self.text = tower(seen, 1024), tower(SENTENCE, 1024)
        self.scale = nn.Parameter(torch.tensor(2.7))  # the logarithm of 1 / temperature

    def images(self, seen: Tensor) -> Tensor:
        return F.normalize(self.image(seen), dim=-1)  # (B, D)

    def texts(self, sentences: Tensor) -> Tensor:
        return F.normalize(self.text(sentences), dim=-1)  # (B, D)


def load_guide(path: Path) -> Guide:
    state = torch.load(path, map_location="cpu", weights_only=True)
    guide = Guide(state["seen"], state["dimension"])
    guide.load_state_dict(state["model"])
    return guide.eval()


def seen_views(examples: PhotoExamples, teachers: Teachers, views: int, picker: np.random.Generator, batch: int = 64) -> Tensor:
    """(views, N, S) summaries at the stem's side; the first view is the whole picture."""
    made = []
    for view in range(views):
        parts = []
        for i in range(0, len(examples.data), batch):
            rows = np.arange(i, min(i + batch, len(examples.data)))
            parts.append(summary(*teachers.targets(examples.view(rows, None if view == 0 else picker, 192), 6)))
        made.append(torch.cat(parts))
    return torch.stack(made)


def train(packed: Path, folder: Path, out: Path, updates: int, dimension: int = 256, device: str = "cpu") -> dict:
    torch.manual_seed(1)
    picker = np.random.default_rng(1)
    teachers = Teachers(folder, packed, device)
    data, val = (PhotoExamples(load(packed, split), packed, split, device) for split in ("train", "val"))
    pool, val_seen = seen_views(data, teachers, VIEWS, picker), seen_views(val, teachers, 1, picker)[0]
    guide = Guide(pool.shape[-1], dimension).to(device)
    optimiser = torch.optim.AdamW(guide.parameters(), 1e-3, weight_decay=0.05)
    for update in range(updates):
        optimiser.param_groups[0]["lr"] = rate(update, updates, 1e-3, 0.05)
        rows = picker.choice(len(data.data), min(512, len(data.data)), replace=False)
        captions = data.drawn(rows, picker)
        images = guide.images(pool[picker.integers(len(pool)), rows])
        loss = objectives.cmr(guide.texts(data.sentence(captions)) * guide.scale.exp().clamp(max=100), images)
        if not torch.isfinite(loss):
            raise FloatingPointError(f"The guide's loss is {loss.item()} at update {update}: look at the teachers' targets.")
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    guide.eval()
    with torch.no_grad():
        texts = guide.texts(val.sentence(np.arange(len(val.image_of))))
        found = recalls((texts @ guide.images(val_seen).t()).cpu().numpy(), val.image_of)
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"seen": guide.seen, "dimension": dimension, "model": guide.state_dict()}, out / "guide.pt")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--updates", type=int, default=3000)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    print(json.dumps(train(args.packed, args.teachers, args.run, args.updates, device=args.device)))
