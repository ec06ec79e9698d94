"""Caches the region features that a pack's stem gives of a packed set, for the cross-encoder.

    python -m training.cache_features PACKED_DIR PACK_DIR RUN_DIR        # RUN_DIR/SPLIT.features.npy (N, R, C) f16, for train and val
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from .data import load
from .stem import normalised
from .weights import load_weights, pack_config


@torch.no_grad()
def cache(packed: Path, pack: Path, out: Path, batch: int = 64) -> None:
    stem, _ = load_weights(pack / "weights.safetensors", pack_config(pack))
    out.mkdir(parents=True, exist_ok=True)
    for split in ("train", "val"):
        pictures = load(packed, split).pictures
        parts = [stem(normalised(torch.from_numpy(np.array(pictures[i : i + batch])))).half().numpy() for i in range(0, len(pictures), batch)]
        np.save(out / f"{split}.features.npy", np.concatenate(parts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("run", type=Path)
    args = parser.parse_args()
    cache(args.packed, args.pack, args.run)
