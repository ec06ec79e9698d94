"""Reads a data set in the Karpathy form and packs it: pictures at the stem's size, what covers each region, captions.

    python -m training.data DATASET_DIR PACKED_DIR

A picture that is missing or broken and a caption that is empty or of more than LONGEST characters (itself or a translation) are left out,
counted and named.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .stem import SIDE

GRID = SIDE // 32
LONGEST = 1000
MOST_OBJECTS = 7


@dataclass
class Packed:
    """One split of a packed data set; N scenes, R regions."""

    pictures: np.ndarray  # (N, SIDE, SIDE, 3) bytes, memory-mapped
    areas: np.ndarray | None  # (N, R, 1 + MOST_OBJECTS) bytes: how much of each region the background and each object cover, in mask pixels;
    # None for photographs
    scenes: list[dict]  # imgid, place, time, objects, captions [{raw, translations?, category, relevant?, proposition?, foil?}]

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
    from PIL import Image  # here, since what is packed is read where there is no Pillow

    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def areas_of(mask: np.ndarray) -> np.ndarray:
    """A mask (64, 64) with the number of the visible object from 1, 0 for the background -> (R, 1 + MOST_OBJECTS) pixels of each region."""
    if mask.shape != (64, 64) or mask.max() > MOST_OBJECTS:
        raise OSError(f"a mask of shape {mask.shape} with {mask.max()} objects, expected (64, 64) with at most {MOST_OBJECTS}")
    cells = (np.arange(64) * GRID) // 64  # the region's row or column of each of the mask's
    region = cells[:, None] * GRID + cells[None, :]  # (64, 64)
    each = np.bincount((region * (1 + MOST_OBJECTS) + mask).ravel(), minlength=GRID * GRID * (1 + MOST_OBJECTS))
    return each.reshape(GRID * GRID, -1).astype(np.uint8)


def usable_captions(image: dict, skipped: Skipped) -> list[dict]:
    kept = []
    for sentence in image["sentences"]:
        texts = [sentence.get("raw"), *(sentence.get("translations") or {}).values()]
        name = f"sentence {sentence.get('sentid')}"
        if not all(isinstance(text, str) for text in texts):
            skipped.add("captions that are no text", name)
        elif not all(text.strip() for text in texts):
            skipped.add("empty captions", name)
        elif max(map(len, map(str.strip, texts))) > LONGEST:
            skipped.add(f"captions of more than {LONGEST} characters", name)
        else:
            kept.append({k: sentence.get(k) for k in ("translations", "category", "relevant", "proposition", "foil")} | {"raw": texts[0].strip()})
    return kept


def pack(dataset: Path, out: Path) -> Skipped:
    """Packs every split found in dataset.json into OUT/SPLIT.{pictures.npy, masks.npy, json}."""
    from PIL import Image

    images = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))["images"]
    skipped = Skipped()
    out.mkdir(parents=True, exist_ok=True)
    for split in sorted({i["split"] for i in images}):
        chosen = [i for i in images if i["split"] == split]
        pictures = np.lib.format.open_memmap(out / f"{split}.pictures.npy", "w+", np.uint8, (len(chosen), SIDE, SIDE, 3))
        areas = np.zeros((len(chosen), GRID * GRID, 1 + MOST_OBJECTS), np.uint8)
        scenes: list[dict] = []
        for image in chosen:
            captions = usable_captions(image, skipped)
            if not captions:
                skipped.add("pictures without captions", image["filename"])
                continue
            try:
                pictures[len(scenes)] = read_picture(dataset / image["filename"])
                with Image.open(dataset / "masks" / f"{Path(image['filename']).stem}.png") as mask:
                    areas[len(scenes)] = areas_of(np.asarray(mask.convert("L")))
            except FileNotFoundError as error:
                skipped.add("missing files", str(error.filename))
                continue
            except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:  # what Pillow raises for what is no picture
                skipped.add("broken pictures", f"{image['filename']}: {error}")
                continue
            scenes.append({k: image.get(k) for k in ("imgid", "place", "time", "weather", "objects")} | {"captions": captions})
        pictures.flush()
        np.save(out / f"{split}.areas.npy", areas)
        (out / f"{split}.json").write_text(json.dumps(scenes), encoding="utf-8")
        print(f"{split}: {len(scenes)} scenes packed", flush=True)
    return skipped


def load(packed: Path, split: str) -> Packed:
    path = packed / f"{split}.json"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: pack the data set first (python -m training.data DATASET_DIR {packed}).")
    scenes = json.loads(path.read_text(encoding="utf-8"))
    if not scenes:
        raise ValueError(f"{path} holds no scene: everything was left out, or the data set has none of this split.")
    pictures = np.load(packed / f"{split}.pictures.npy", mmap_mode="r")
    areas = packed / f"{split}.areas.npy"
    return Packed(pictures, np.load(areas) if areas.exists() else None, scenes)


@dataclass(frozen=True)
class Classes:
    """What a region may show: a kind; one value of each attribute (colour, material, size); and a scene's setting, place x time."""

    kinds: tuple[str, ...]
    attributes: tuple[tuple[str, ...], ...]
    settings: tuple[str, ...]

    @staticmethod
    def of(data: Packed) -> "Classes":
        objects = [o for s in data.scenes for o in s["objects"]]
        return Classes(
            tuple(sorted({o["class"] for o in objects})),
            tuple(tuple(sorted(set(values))) for values in zip(*(o["attributes"] for o in objects), strict=True)),
            tuple(sorted({f"{s['place']} {s['time']}" for s in data.scenes})),
        )

    @property
    def count(self) -> int:
        """Of MRC-kl's classes: kind x colour, and last the background."""
        return len(self.kinds) * len(self.attributes[0]) + 1

    @property
    def heads(self) -> tuple[int, ...]:
        """How many values each head of the stem tells apart: kinds, then each attribute; the last of each is the background."""
        return (len(self.kinds) + 1, *(len(values) + 1 for values in self.attributes))

    def index(self, thing: dict) -> int:
        return self.kinds.index(thing["class"]) * len(self.attributes[0]) + self.attributes[0].index(thing["attributes"][0])

    def values(self, thing: dict) -> tuple[int, ...]:
        """The thing's value for each head."""
        return (self.kinds.index(thing["class"]), *(known.index(own) for known, own in zip(self.attributes, thing["attributes"], strict=True)))


def _distributions(data: Packed, chosen: np.ndarray, lookups: list[np.ndarray], count: int) -> np.ndarray:
    """Each scene's class of each object, the background's first -> (n, R, count), each region's soft class distribution by visible area."""
    areas = data.areas[chosen].astype(np.float32)  # (n, R, 1 + MOST_OBJECTS)
    areas /= areas.sum(-1, keepdims=True)
    hot = np.zeros((len(chosen), areas.shape[2], count), np.float32)
    for row, lookup in enumerate(lookups):
        hot[row, np.arange(len(lookup)), lookup] = 1
    return areas @ hot


def region_classes(data: Packed, classes: Classes, chosen: np.ndarray) -> np.ndarray:
    """For n chosen scenes: (n, R, classes.count), each region's soft distribution over kind x colour and the background (MRC-kl)."""
    things = [data.scenes[scene]["objects"] for scene in chosen]
    lookups = [np.array([classes.count - 1, *map(classes.index, each)]) for each in things]
    return _distributions(data, chosen, lookups, classes.count)


def stem_targets(data: Packed, classes: Classes, chosen: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """For n chosen scenes: per head (n, R, values) the soft distribution of kind or attribute; and middles (n, R), how many objects have
    the middle of their visible box there."""
    things = [data.scenes[scene]["objects"] for scene in chosen]
    values = [np.array([[count - 1 for count in classes.heads], *map(classes.values, each)]) for each in things]
    covers = [_distributions(data, chosen, [v[:, head] for v in values], count) for head, count in enumerate(classes.heads)]
    middles = np.zeros((len(chosen), GRID * GRID), np.int64)
    for row, each in enumerate(things):
        for thing in each:
            x1, y1, x2, y2 = thing["box"]
            x, y = (min(GRID - 1, int((a + b) / 2 * GRID)) for a, b in ((x1, x2), (y1, y2)))
            middles[row, y * GRID + x] += 1
    return covers, middles


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("packed", type=Path)
    args = parser.parse_args()
    left_out = pack(args.dataset, args.packed)
    if left_out.names:
        print(f"left out: {left_out}", file=sys.stderr)
