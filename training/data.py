"""Reads a data set in the Karpathy form and packs it: pictures at the stem's size, what covers each region, captions.

    python -m training.data DATASET_DIR PACKED_DIR

A picture that is missing or broken and a caption that is empty or of more than LONGEST characters are left out, counted and named.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from .stem import SIDE

GRID = SIDE // 32
LONGEST = 1000


@dataclass
class Packed:
    """One split of a packed data set; N scenes, R regions."""

    pictures: np.ndarray  # (N, SIDE, SIDE, 3) bytes, memory-mapped
    masks: np.ndarray  # (N, 64, 64) bytes: the number of the visible object from 1, 0 for the background
    scenes: list[dict]  # imgid, place, time, objects, captions [{raw, translations?, category, relevant?, proposition?}]

    def __len__(self) -> int:
        return len(self.scenes)


class Skipped:
    """Counts what was left out, by reason, and keeps the first few names."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}

    def add(self, reason: str, name: str) -> None:
        self.names.setdefault(reason, []).append(name)

    def __str__(self) -> str:
        return "; ".join(f"{len(n)} {reason} ({', '.join(n[:5])}{', …' if len(n) > 5 else ''})" for reason, n in self.names.items())


def read_picture(path: Path) -> np.ndarray:
    """(SIDE, SIDE, 3) bytes, resized as the page does it (bilinear with antialiasing). Raises OSError for a broken file."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def usable_captions(image: dict, skipped: Skipped) -> list[dict]:
    kept = []
    for sentence in image["sentences"]:
        text = sentence["raw"].strip()
        if not text:
            skipped.add("empty captions", f"sentence {sentence.get('sentid')}")
        elif len(text) > LONGEST:
            skipped.add(f"captions of more than {LONGEST} characters", f"sentence {sentence.get('sentid')}")
        else:
            kept.append({k: sentence.get(k) for k in ("translations", "category", "relevant", "proposition")} | {"raw": text})
    return kept


def pack(dataset: Path, out: Path) -> Skipped:
    """Packs every split found in dataset.json into OUT/SPLIT.{pictures.npy, masks.npy, json}."""
    images = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))["images"]
    skipped = Skipped()
    out.mkdir(parents=True, exist_ok=True)
    for split in sorted({i["split"] for i in images}):
        chosen = [i for i in images if i["split"] == split]
        pictures = np.lib.format.open_memmap(out / f"{split}.pictures.npy", "w+", np.uint8, (len(chosen), SIDE, SIDE, 3))
        masks = np.zeros((len(chosen), 64, 64), np.uint8)
        scenes: list[dict] = []
        for image in chosen:
            captions = usable_captions(image, skipped)
            if not captions:
                skipped.add("pictures without captions", image["filename"])
                continue
            try:
                pictures[len(scenes)] = read_picture(dataset / image["filename"])
                with Image.open(dataset / "masks" / f"{Path(image['filename']).stem}.png") as mask:
                    masks[len(scenes)] = np.asarray(mask.convert("L"))
            except FileNotFoundError as error:
                skipped.add("missing files", str(error.filename))
                continue
            except (UnidentifiedImageError, OSError) as error:
                skipped.add("broken pictures", f"{image['filename']}: {error}")
                continue
            scenes.append({k: image.get(k) for k in ("imgid", "place", "time", "weather", "objects")} | {"captions": captions})
        pictures.flush()
        np.save(out / f"{split}.masks.npy", masks)
        (out / f"{split}.json").write_text(json.dumps(scenes), encoding="utf-8")
        print(f"{split}: {len(scenes)} scenes packed", flush=True)
    return skipped


def load(packed: Path, split: str) -> Packed:
    path = packed / f"{split}.json"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: pack the data set first (python -m training.data DATASET_DIR {packed}).")
    scenes = json.loads(path.read_text(encoding="utf-8"))
    pictures = np.load(packed / f"{split}.pictures.npy", mmap_mode="r")
    return Packed(pictures, np.load(packed / f"{split}.masks.npy"), scenes)


@dataclass(frozen=True)
class Classes:
    """The region classes: kind x colour, and last the background; and the settings: place x time."""

    kinds: tuple[str, ...]
    colours: tuple[str, ...]
    settings: tuple[str, ...]

    @staticmethod
    def of(data: Packed) -> "Classes":
        objects = [o for s in data.scenes for o in s["objects"]]
        return Classes(
            tuple(sorted({o["class"] for o in objects})),
            tuple(sorted({o["attributes"][0] for o in objects})),
            tuple(sorted({f"{s['place']} {s['time']}" for s in data.scenes})),
        )

    @property
    def count(self) -> int:
        return len(self.kinds) * len(self.colours) + 1

    def index(self, thing: dict) -> int:
        return self.kinds.index(thing["class"]) * len(self.colours) + self.colours.index(thing["attributes"][0])


def region_targets(data: Packed, classes: Classes, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For n chosen scenes: cover (n, R, classes), each region's soft class distribution by visible area, and
    middles (n, R), how many objects have the middle of their visible box there."""
    n = len(chosen)
    cells = (np.arange(64) * GRID) // 64  # the region's row or column of each of the mask's
    sizes = np.bincount(cells)
    region = cells[:, None] * GRID + cells[None, :]  # (64, 64)
    cover = np.zeros((n, GRID * GRID, classes.count), np.float32)
    middles = np.zeros((n, GRID * GRID), np.int64)
    for row, scene in enumerate(chosen):
        things = data.scenes[scene]["objects"]
        lookup = np.array([classes.count - 1, *(classes.index(o) for o in things)])
        np.add.at(cover[row], (region.ravel(), lookup[data.masks[scene]].ravel()), 1.0)
        for thing in things:
            x1, y1, x2, y2 = thing["box"]
            x, y = (min(GRID - 1, int((a + b) / 2 * GRID)) for a, b in ((x1, x2), (y1, y2)))
            middles[row, y * GRID + x] += 1
    return cover / (sizes[:, None] * sizes[None, :]).reshape(-1, 1), middles


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("packed", type=Path)
    args = parser.parse_args()
    left_out = pack(args.dataset, args.packed)
    if left_out.names:
        print(f"left out: {left_out}", file=sys.stderr)
