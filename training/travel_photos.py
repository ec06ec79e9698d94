"""Photographs, captions and teachers in at most 64 MiB, to train the photo encoders on another machine.

    python -m training.travel_photos PACKED_DIR TEACHERS_DIR OUT [--quality 75]
    python -m training.travel_photos --unpack OUT DIR            # there: DIR/packed and DIR/teachers, for training.guide and training.train_photos

OUT gets travel.json (every file's sha256) and

    SPLIT.webp, SPLIT.sizes.npy     the pictures one after the other, at the stem's size, and each one's bytes
    SPLIT.json.xz, SPLIT.boxes.npy, kept.npz, texts.json.xz        as in PACKED_DIR
    minilm.npz, tokenizer.json      the sentence encoder's matrices in 8 bits with a scale a row, the rest in f16
    the classifier's tflite file
"""

import argparse
import io
import json
import lzma
import shutil
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import load_file, save_file

from .stem import SIDE
from .teachers.minilm import packaged
from .teachers.vision import CLASSIFIER
from .travel import LIMIT, SPLITS, digest


def squeezed(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Matrices (n, m) -> NAME.codes bytes and NAME.scale (n, 1); what is no matrix in f16."""
    out = {}
    for name, values in weights.items():
        if values.ndim == 2 and values.dtype == np.float32:
            scale = np.abs(values).max(1, keepdims=True) / 127 + 1e-12
            out[f"{name}.codes"], out[f"{name}.scale"] = np.rint(values / scale).astype(np.int8), scale
        elif values.dtype == np.float32:
            out[name] = values.astype(np.float16)
    return out


def restored(squeezed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    whole = {n.removesuffix(".codes"): v * squeezed[n.replace(".codes", ".scale")] for n, v in squeezed.items() if n.endswith(".codes")}
    rest = {n: v for n, v in squeezed.items() if not n.endswith((".codes", ".scale"))}
    return {name: np.ascontiguousarray(values, np.float32) for name, values in (whole | rest).items()}


def write(packed: Path, teachers: Path, out: Path, quality: int) -> int:
    """Returns the set's bytes. Raises ValueError when they are over the limit."""
    out.mkdir(parents=True)
    for split in SPLITS:
        sizes = []
        with (out / f"{split}.webp").open("wb") as file:
            for picture in np.load(packed / f"{split}.pictures.npy", mmap_mode="r"):
                one = io.BytesIO()
                Image.fromarray(picture).save(one, "WEBP", quality=quality, method=4)
                sizes.append(file.write(one.getvalue()))
        np.save(out / f"{split}.sizes.npy", np.array(sizes, np.int32))
        shutil.copy(packed / f"{split}.boxes.npy", out)
    for name in (*(f"{split}.json" for split in SPLITS), "texts.json"):
        (out / f"{name}.xz").write_bytes(lzma.compress((packed / name).read_bytes()))
    shutil.copy(packed / "kept.npz", out)
    shutil.copy(teachers / CLASSIFIER, out)
    shutil.copy(packaged() / "tokenizer.json", out)
    np.savez_compressed(out / "minilm.npz", **squeezed(load_file(packaged() / "model.safetensors")))
    (out / "travel.json").write_text(json.dumps({file.name: digest(file) for file in sorted(out.iterdir())}, indent=2))
    total = sum(file.stat().st_size for file in out.iterdir())
    if total > LIMIT:
        shutil.rmtree(out)
        raise ValueError(f"The set takes {total / 2**20:.1f} MiB, more than {LIMIT / 2**20:.0f}: a lower --quality makes the pictures smaller.")
    return total


def unpack(source: Path, out: Path) -> None:
    """Raises ValueError, naming the file, for one that was changed on the way."""
    for name, expected in json.loads((source / "travel.json").read_text()).items():
        if digest(source / name) != expected:
            raise ValueError(f"{source / name} is not the file that travel.json names: copy the set again.")
    packed, teachers = out / "packed", out / "teachers"
    for folder in (packed, teachers / "minilm"):
        folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        sizes, data = np.load(source / f"{split}.sizes.npy"), (source / f"{split}.webp").read_bytes()
        pictures = np.empty((len(sizes), SIDE, SIDE, 3), np.uint8)
        for row, (start, size) in enumerate(zip(np.cumsum(sizes) - sizes, sizes, strict=True)):
            with Image.open(io.BytesIO(data[start : start + size])) as image:
                pictures[row] = np.asarray(image.convert("RGB"))
        np.save(packed / f"{split}.pictures.npy", pictures)
        shutil.copy(source / f"{split}.boxes.npy", packed)
    for file in source.glob("*.xz"):
        (packed / file.stem).write_bytes(lzma.decompress(file.read_bytes()))
    shutil.copy(source / "kept.npz", packed)
    shutil.copy(source / CLASSIFIER, teachers)
    shutil.copy(source / "tokenizer.json", teachers / "minilm")
    with np.load(source / "minilm.npz") as arrays:
        save_file(restored(dict(arrays)), str(teachers / "minilm" / "model.safetensors"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unpack", action="store_true")
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--quality", type=int, default=75)
    args = parser.parse_args()
    if len(args.folders) != (2 if args.unpack else 3):
        raise SystemExit("Name PACKED_DIR TEACHERS_DIR OUT, or with --unpack OUT DIR.")
    if args.unpack:
        unpack(*args.folders)
    else:
        print(f"{args.folders[2]}: {write(*args.folders, args.quality) / 2**20:.2f} MiB")
