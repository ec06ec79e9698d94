"""A toy data set with real files: coloured squares on grey, two captions each."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.data import load, pack
from training.stem import Stem, normalised

COLOURS = {"red": (200, 30, 30), "green": (30, 160, 60), "blue": (40, 70, 210), "yellow": (230, 200, 40)}
SIDES = {"far left": 0.0, "left": 0.25, "right": 0.5, "far right": 0.72}
SIZES = {"small": 0.12, "large": 0.28}


def write_dataset(folder: Path, seed: int = 0) -> None:
    """32 scenes for train and 8 for val; every (colour, side, size) once in train."""
    picker = np.random.default_rng(seed)
    images = []
    for folder_name in ("images", "masks"):
        (folder / folder_name).mkdir(parents=True)
    scenes = [(c, s, z) for c in COLOURS for s in SIDES for z in SIZES]
    scenes += [scenes[i] for i in picker.choice(len(scenes), 8, replace=False)]
    for number, (colour, side, size) in enumerate(scenes):
        pixels = np.full((64, 64, 3), picker.integers(110, 140), np.uint8)
        mask = np.zeros((64, 64), np.uint8)
        x1, y1, edge = SIDES[side], float(picker.uniform(0.2, 0.6)), SIZES[size]
        x, y, e = (round(v * 64) for v in (x1, y1, edge))
        pixels[y : y + e, x : x + e] = COLOURS[colour]
        mask[y : y + e, x : x + e] = 1
        Image.fromarray(pixels).resize((96, 96)).save(folder / f"images/{number:03}.png")
        Image.fromarray(mask).save(folder / f"masks/{number:03}.png")
        captions = [f"A {size} {colour} square on the {side}.", f"the {side} holds a {colour} square, and it is {size}"]
        images.append(
            {
                "filename": f"images/{number:03}.png",
                "imgid": number,
                "split": "train" if number < 32 else "val",
                "place": "grey",
                "time": "day",
                "objects": [{"class": "square", "attributes": [colour], "box": [x1, y1, x1 + edge, y1 + edge]}],
                "sentences": [{"raw": raw, "translations": {"xx": raw[::-1]}, "sentid": 2 * number + i} for i, raw in enumerate(captions)],
            }
        )
    (folder / "dataset.json").write_text(json.dumps({"dataset": "toy", "images": images}))


@pytest.fixture(scope="session")
def packed(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    write_dataset(folder / "dataset")
    assert not pack(folder / "dataset", folder / "packed").names
    return folder / "packed"


@pytest.fixture
def run_folder(packed, tmp_path) -> Path:
    """A run with the features of an untrained stem, which is enough to tell squares apart."""
    torch.manual_seed(3)
    stem = Stem(32)
    stem.standardise(normalised(torch.from_numpy(np.array(load(packed, "train").pictures))))
    with torch.no_grad():
        for split in ("train", "val"):
            pictures = torch.from_numpy(np.array(load(packed, split).pictures))
            np.save(tmp_path / f"{split}.features.npy", stem(normalised(pictures)).half().numpy())
    torch.save({"model": {f"stem.{k}": v for k, v in stem.state_dict().items()}}, tmp_path / "stem.pt")
    return tmp_path


SHAPE = {"width": 64, "heads": 4, "text_layers": 1, "image_layers": 1, "dimension": 32, "region_features": 32, "dropout": 0.0}
