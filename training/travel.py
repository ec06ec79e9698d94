"""A training set that fits in 64 MiB, to train the encoders or the cross-encoder on another machine: cached region features and captions, no pictures.

    python -m training.travel RUN_DIR PACKED_DIR OUT [--scenes N] [--captions N] [--bits 8]
    python -m training.train OUT RUN_DIR --config ...            # there: the set is unpacked into RUN_DIR/packed first

OUT gets travel.json (every file's sha256), the run's tokenizer.json if it has one (so that a checkpoint can come home), and of train and val

    SPLIT.json.xz   the scenes with their captions, translations, propositions and foils, as they are in PACKED_DIR
    SPLIT.npz.xz    codes (N, R, C) bytes, with low and step (C) f32: feature = low + code * step; areas (N, R, 1 + objects) bytes

--scenes takes the first N of train, --captions the first N of each of these, --bits fewer than 8 for a feature; a set that is too large is
refused, with its sizes.
"""

import argparse
import hashlib
import io
import json
import lzma
import shutil
from pathlib import Path

import numpy as np

from .stem import SIDE

LIMIT = 64 * 2**20
SPLITS = ("train", "val")


def quantised(features: np.ndarray, bits: int = 8) -> dict[str, np.ndarray]:
    """(N, R, C) -> codes (N, R, C) bytes, below 2 ** bits, and low and step (C) of each feature; off by half a step at most."""
    low = features.min((0, 1)).astype(np.float32)  # (C,)
    step = np.maximum((features.max((0, 1)).astype(np.float32) - low) / (2**bits - 1), 1e-12)  # (C,)
    codes = np.empty(features.shape, np.uint8)
    for start in range(0, len(features), 1000):  # in f32 the whole would take four times its room
        codes[start : start + 1000] = np.rint((features[start : start + 1000].astype(np.float32) - low) / step)
    return {"codes": codes, "low": low, "step": step}


def restored(codes: np.ndarray, low: np.ndarray, step: np.ndarray) -> np.ndarray:
    """The features of the codes: (N, R, C) f16."""
    features = np.empty(codes.shape, np.float16)
    for start in range(0, len(codes), 1000):
        features[start : start + 1000] = low + codes[start : start + 1000] * step
    return features


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_split(run: Path, packed: Path, out: Path, split: str, count: int | None, captions: int | None, bits: int) -> int:
    """Writes the first `count` scenes of a split, with the first `captions` of each; returns how many these are."""
    scenes = json.loads((packed / f"{split}.json").read_text(encoding="utf-8"))
    features = np.load(run / f"{split}.features.npy", mmap_mode="r")
    if len(features) != len(scenes):
        raise ValueError(f"{run} has features of {len(features)} scenes of {split}, {packed} has {len(scenes)}: they do not belong together.")
    n = min(count or len(scenes), len(scenes))
    if not np.isfinite(features[:n]).all():
        raise ValueError(f"{run / f'{split}.features.npy'} has features that are no finite numbers: train the stem again.")
    kept = [scene | {"captions": scene["captions"][:captions]} for scene in scenes[:n]]
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    (out / f"{split}.json.xz").write_bytes(lzma.compress(text.encode()))
    arrays = io.BytesIO()
    np.savez(arrays, areas=np.load(packed / f"{split}.areas.npy")[:n], **quantised(features[:n], bits))
    (out / f"{split}.npz.xz").write_bytes(lzma.compress(arrays.getbuffer()))
    return n


def travel(
    run: Path, packed: Path, out: Path, scenes: int | None = None, limit: int = LIMIT, captions: int | None = None, bits: int = 8
) -> int:
    """Writes the set to `out`, whole or not at all; returns its bytes. Raises ValueError, with the sizes, when it is over the limit."""
    for name, count in (("scenes", scenes), ("captions", captions)):
        if count is not None and count < 1:
            raise ValueError(f"--{name} {count}: at least one must travel.")
    if not 1 <= bits <= 8:
        raise ValueError(f"--bits {bits}: a feature is kept in 1 to 8.")
    if out.exists() and not (out / "travel.json").exists():
        raise ValueError(f"{out} is there and is no set that travels: name a new folder.")
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    first = {"train": (scenes, captions), "val": (None, None)}
    counts = {split: write_split(run, packed, part, split, *first[split], bits) for split in SPLITS}
    if (run / "tokenizer.json").exists():
        shutil.copy(run / "tokenizer.json", part)
    files = {file.name: digest(file) for file in sorted(part.iterdir())}
    (part / "travel.json").write_text(json.dumps({"format": 1, "scenes": counts, "files": files}, indent=2))
    sizes = {file.name: file.stat().st_size for file in sorted(part.iterdir())}
    total = sum(sizes.values())
    if total > limit:
        shutil.rmtree(part)
        train = sum(size for name, size in sizes.items() if name.startswith("train."))
        fit = max(1, int(0.98 * counts["train"] * (limit - (total - train)) / train))
        named = ", ".join(f"{name} {size / 2**20:.2f}" for name, size in sizes.items())
        raise ValueError(
            f"{counts['train']} scenes take {total / 2**20:.2f} MiB ({named}), more than {limit / 2**20:.2f}: about --scenes {fit} would fit."
        )
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
    return total


def unpacked(source: Path, run: Path) -> Path:
    """Where to train from: `source` itself, or, if that is a set that travelled, RUN/packed, where what it holds is unpacked once.

    That folder has the region features too, and no pictures: the stem cannot be trained on it. Raises ValueError for a file that was
    changed on the way, and for a run that was begun with another set.
    """
    if not (source / "travel.json").exists():
        return source
    packed = run / "packed"
    made = (source / "travel.json").read_bytes()
    if packed.exists():
        if (packed / "travel.json").read_bytes() != made:
            raise ValueError(f"{run} was begun with another set than {source}: use another RUN_DIR.")
        return packed
    for name, expected in json.loads(made)["files"].items():
        if digest(source / name) != expected:
            raise ValueError(f"{source / name} is not the file that travel.json names: copy the set again.")
    part = run / "packed.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for split in SPLITS:
        (part / f"{split}.json").write_bytes(lzma.decompress((source / f"{split}.json.xz").read_bytes()))
        with np.load(io.BytesIO(lzma.decompress((source / f"{split}.npz.xz").read_bytes()))) as arrays:
            np.save(part / f"{split}.areas.npy", arrays["areas"])
            np.save(part / f"{split}.features.npy", restored(arrays["codes"], arrays["low"], arrays["step"]))
        np.save(part / f"{split}.pictures.npy", np.zeros((0, SIDE, SIDE, 3), np.uint8))
    if (source / "tokenizer.json").exists() and not (run / "tokenizer.json").exists():
        shutil.copy(source / "tokenizer.json", run)
    (part / "travel.json").write_bytes(made)
    part.rename(packed)
    return packed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("packed", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scenes", type=int, help="at most so many scenes of train")
    parser.add_argument("--captions", type=int, help="at most so many captions of each scene of train")
    parser.add_argument("--bits", type=int, default=8, help="of a feature")
    args = parser.parse_args()
    try:
        size = travel(args.run, args.packed, args.out, args.scenes, captions=args.captions, bits=args.bits)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    print(f"{args.out}: {size / 2**20:.2f} MiB")
