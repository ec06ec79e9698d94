"""Caches the region features that a pack's stem gives of a packed set, for the cross-encoder.

    python -m training.cache_features PACKED_DIR PACK_DIR RUN_DIR [--views 1]     # RUN_DIR/SPLIT.features.npy (V * N, R, C) f16, for train and val

Of the photographs of train there can be several views, all first ones (whole pictures) before all second ones (augmented, views.py).
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from .data import load
from .photo_examples import PhotoExamples
from .stem import SIDE, normalised
from .weights import load_weights


@torch.no_grad()
def cache(packed: Path, pack: Path, out: Path, views: int = 1, batch: int = 64) -> None:
    stem, _ = load_weights(pack)
    out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "val"):
        data = load(packed, split)
        starts = range(0, len(data), batch)
        parts = [stem(normalised(torch.from_numpy(np.array(data.pictures[i : i + batch])))).half().numpy() for i in starts]
        if split == "train" and views > 1:
            examples, picker = PhotoExamples(data, packed, split), np.random.default_rng(1)
            rows = [np.arange(i, min(i + batch, len(data))) for i in starts]
            parts += [stem(examples.view(part, picker, SIDE).pixels).half().numpy() for _ in range(views - 1) for part in rows]
        np.save(out / f"{split}.features.npy", np.concatenate(parts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--views", type=int, default=1)
    args = parser.parse_args()
    cache(args.packed, args.pack, args.run, args.views)
