"""Packs photographs in the Karpathy form: pictures at the stem's size and captions, no masks.

    python -m training.photos DATASET_DIR PACKED_DIR

Views of the small phases are cut from the same pictures. What is missing, broken or smaller than LEAST pixels a side is left out, and so are
captions mostly in another script than Latin; grey-scale, CMYK and 16-bit pictures are converted and kept. All are counted and named.
"""

import argparse
import json
import sys
import unicodedata
from pathlib import Path

import numpy as np
from PIL import Image

from .data import Skipped, usable_captions
from .stem import SIDE

LEAST = 32


def read_photo(path: Path, unusual: Skipped) -> np.ndarray:
    """(SIDE, SIDE, 3) bytes. Raises what Pillow raises for a broken file, ValueError for a tiny one."""
    with Image.open(path) as image:
        if min(image.size) < LEAST:
            raise ValueError(f"{image.size[0]} x {image.size[1]} pixels")
        if image.mode.startswith("I") or image.mode == "F":
            unusual.add("16-bit pictures", path.name)
            deep = np.asarray(image).astype(np.float32)
            image = Image.fromarray(np.clip(deep / 257, 0, 255).astype(np.uint8))
        elif image.mode not in ("RGB", "RGBA", "P"):
            unusual.add({"L": "grey-scale pictures", "LA": "grey-scale pictures"}.get(image.mode, f"{image.mode} pictures"), path.name)
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum("LATIN" in unicodedata.name(c, "") for c in letters) * 2 > len(letters)


def pack(dataset: Path, out: Path) -> tuple[Skipped, Skipped]:
    """Packs train and val into OUT/SPLIT.{pictures.npy, json}; returns what was left out and what was unusual but kept."""
    lists = sorted(dataset.glob("dataset*.json"))
    if len(lists) != 1:
        raise FileNotFoundError(f"{dataset} holds {len(lists)} files dataset*.json, expected one: name the folder of one data set.")
    images = json.loads(lists[0].read_text("utf-8"))["images"]
    skipped, unusual = Skipped(), Skipped()
    out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "val"):
        chosen = [i for i in images if i["split"] == split]
        pictures, scenes = np.empty((len(chosen), SIDE, SIDE, 3), np.uint8), []
        for image in chosen:
            captions = usable_captions(image, skipped)
            for caption in [c for c in captions if not is_latin(c["raw"])]:
                skipped.add("captions in other scripts", caption["raw"])
                captions.remove(caption)
            if not captions:
                skipped.add("pictures without captions", image["filename"])
                continue
            try:
                pictures[len(scenes)] = read_photo(dataset / "images" / image["filename"], unusual)
            except FileNotFoundError:
                skipped.add("missing files", image["filename"])
                continue
            except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
                skipped.add("broken or tiny pictures", f"{image['filename']}: {error}")
                continue
            scenes.append({"imgid": image.get("imgid"), "filename": image["filename"], "captions": [{"raw": c["raw"]} for c in captions]})
        np.save(out / f"{split}.pictures.npy", pictures[: len(scenes)])
        (out / f"{split}.json").write_text(json.dumps(scenes), encoding="utf-8")
        print(f"{split}: {len(scenes)} photographs packed", flush=True)
    return skipped, unusual


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("packed", type=Path)
    args = parser.parse_args()
    left_out, odd = pack(args.dataset, args.packed)
    for label, found in (("left out", left_out), ("converted", odd)):
        if found.names:
            print(f"{label}: {found}", file=sys.stderr)
