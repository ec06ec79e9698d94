"""How recall grows with training pictures and with compute: one plot of two panels, each with its fit.

    python -m training.photo_curve PACKED_DIR FEATURES_DIR PACK_DIR [--config training/configs/photos-curve.json] [--out training/results/photos-curve]

Pictures: small encoders are trained from nothing by CMR over a pack's frozen stem, for each number of Flickr8k's training pictures (five captions each)
for the same number of updates, and AR on val is measured; a smaller set is part of every larger one. FEATURES_DIR holds the stem's cached features
(cache_features.py, some views of each picture). The stem has seen all of the training pictures, so that what the curve says is what more pictures with
captions are worth to the encoders behind it. Compute: the committed log of a pack's whole training (results/photos-train.jsonl), while its pictures have one size.

Writes OUT.json and OUT.svg. What OUT.json has already by the same settings is not trained again.
"""

import argparse
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .data import load
from .evaluate import recalls
from .model import LightningDOT, ModelConfig
from .objectives import PAD, cmr
from .plot import card, panel, read
from .tokenizer import encode
from .train import optimisers_of, rate, texts_of
from .weights import pack_config

LOG = Path(__file__).parent / "results/photos-train.jsonl"
ON_THE_FIT = 24  # points of its line


@dataclass(frozen=True)
class CurveConfig:
    pictures: tuple[int, ...]
    seed: int = 1
    updates: int = 600
    batch: int = 96
    rate: float = 8e-4
    weight_decay: float = 0.02
    warm_up: float = 0.05
    clip: float = 5.0


class Split:
    """N pictures, V views of each, R regions, C stem features; their captions and whose they are."""

    def __init__(self, packed: Path, features: Path, split: str, tokenizer: Tokenizer, max_tokens: int):
        scenes = load(packed, split).scenes
        texts = [texts_of(scene, ("en",)) for scene in scenes]
        self.ids = torch.from_numpy(encode(tokenizer, [text for own in texts for text in own], max_tokens)).long()  # (captions, T)
        self.image_of = np.repeat(np.arange(len(scenes)), [len(own) for own in texts])
        self.first = np.concatenate([[0], np.cumsum([len(own) for own in texts])])
        cached = np.load(features / f"{split}.features.npy", mmap_mode="r")
        self.features = cached.reshape(-1, len(scenes), *cached.shape[1:])  # (V, N, R, C) f16

    def images(self, views: np.ndarray, rows: np.ndarray) -> Tensor:
        return torch.from_numpy(self.features[views, rows].astype(np.float32))

    def texts(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        ids = self.ids[torch.from_numpy(rows)]
        ids = ids[:, : int((ids != PAD).sum(1).max())]
        return ids, (ids != PAD).long()


def trained(train: Split, val: Split, shape: ModelConfig, config: CurveConfig, pictures: int) -> dict:
    """Trains on so many pictures; AR and the recalls on val."""
    torch.manual_seed(config.seed)
    picker = np.random.default_rng(config.seed)
    views, count = train.features.shape[:2]
    chosen = picker.permutation(count)[:pictures]
    model = LightningDOT(shape)
    optimisers = optimisers_of(model, config.rate, config.weight_decay, muon="blocks.")
    for update in range(config.updates):
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(update, config.updates, config.rate, config.warm_up)
        rows = picker.choice(chosen, min(config.batch, pictures), replace=False)
        captions = train.first[rows] + (picker.random(len(rows)) * (train.first[rows + 1] - train.first[rows])).astype(int)
        ids, mask = train.texts(captions)
        images = model.image.embed(train.images(picker.integers(views, size=len(rows)), rows))
        same = (ids[:, None] == ids[None]).all(-1) & ~torch.eye(len(rows), dtype=torch.bool)
        loss = cmr(model.text.embed(ids, mask), images, same)
        model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip)
        for optimiser in optimisers:
            optimiser.step()
    if not math.isfinite(loss.item()):
        raise FloatingPointError(f"The loss is {loss.item()} after {config.updates} updates with {pictures} pictures.")
    return {"pictures": pictures, "loss": round(loss.item(), 4), **measured(model, val)}


@torch.no_grad()
def measured(model: LightningDOT, val: Split) -> dict:
    model.eval()
    parts = lambda n: np.array_split(np.arange(n), math.ceil(n / 250))  # noqa: E731
    images = torch.cat([model.image.embed(val.images(np.zeros(len(rows), int), rows)) for rows in parts(val.features.shape[1])])
    texts = torch.cat([model.text.embed(*val.texts(rows)) for rows in parts(len(val.ids))])
    found = recalls((texts @ images.t()).numpy(), val.image_of)
    return {"ar": round(found["ar"], 2), **{way: {k: round(v, 2) for k, v in found[way].items()} for way in ("ir", "tr")}}


def fit(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """AR = a + b log2(x) by least squares: a, b, and the largest distance of a point."""
    x, y = np.log2([x for x, _ in points]), np.array([y for _, y in points])
    b, a = np.polyfit(x, y, 1)
    return float(a), float(b), float(np.abs(a + b * x - y).max())


def drawn(title: str, unit: str, points: list[tuple[float, float]]) -> str:
    a, b, off = fit(points)
    across = np.geomspace(points[0][0], points[-1][0], ON_THE_FIT)
    line = [(float(x), a + b * math.log2(x)) for x in across]
    return panel(f"{title}: {b:+.1f} a doubling, ±{off:.1f}", unit, {"AR": points, "fit": line})


def plot(runs: list[dict], log: list[dict]) -> str:
    one_size = [line for line in log if "views" in line and line["side"] == next(each["side"] for each in log if "views" in each)]
    panels = [
        drawn("AR by training pictures", "pictures", [(run["pictures"], run["ar"]) for run in sorted(runs, key=lambda run: run["pictures"])]),
        drawn("AR by views, whole training", "million views", [(line["views"] / 1e6, line["ar"]) for line in one_size]),
    ]
    return card(panels, "AR on Flickr8k val by training pictures and by views, with fits")


def run(packed: Path, features: Path, pack: Path, settings: dict, out: Path) -> list[dict]:
    config = CurveConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings["train"].items()})
    tokenizer, known = Tokenizer.from_file(str(pack / "tokenizer.json")), pack_config(pack)
    shape = ModelConfig(
        vocabulary=tokenizer.get_vocab_size(), region_features=known.region_features, grid=known.grid, stem=known.stem, classes=known.classes, **settings["model"]
    )
    train, val = (Split(packed, features, split, tokenizer, shape.max_tokens) for split in ("train", "val"))
    kept = out.with_suffix(".json")
    before = json.loads(kept.read_text()) if kept.exists() else {}
    runs = before["runs"] if before.get("settings") == settings else []
    for pictures in config.pictures:
        if all(one["pictures"] != pictures for one in runs):
            began = time.time()
            runs.append(trained(train, val, shape, config, pictures))
            print(json.dumps(runs[-1] | {"seconds": round(time.time() - began)}), flush=True)
            kept.write_text(json.dumps({"settings": settings, "runs": runs}, indent=1) + "\n")
    return runs


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("features", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs/photos-curve.json")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results/photos-curve")
    args = parser.parse_args()
    runs = run(args.packed, args.features, args.pack, json.loads(args.config.read_text()), args.out)
    args.out.with_suffix(".svg").write_text(plot(runs, read(LOG)), encoding="utf-8")
