"""How often a pack's cross-encoder, and the dot product, score a caption above its foil, by what the foil changes.

    python -m training.check_foils PACKED_DIR PACK_DIR RUN_DIR [--scenes 1500]

Of the last training scenes the captions from the eleventh on, in English. RUN_DIR holds the region features (train_stem.py --init PACK_DIR --seconds 0).
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .data import load
from .tokenizer import encode
from .train_cross import padded
from .weights import load_cross, load_weights, pack_config

FIRST = 10  # captions of a scene that are passed over: the committed cross-encoder was trained on them


def changed(claim: dict, foil: dict) -> str:
    """What differs between two propositions."""
    for what in ("relation", "place", "time"):
        if claim.get(what) != foil.get(what):
            return what
    pairs = list(zip(claim["mentions"], foil["mentions"], strict=True))
    if sum(one.get("colour") != other.get("colour") for one, other in pairs) == 2:
        return "colours swapped"
    return next(what for one, other in pairs for what in ("kind", "count", "colour", "material") if one.get(what) != other.get(what))


@torch.no_grad()
def compare(packed: Path, pack: Path, run: Path, scenes: int, batch: int = 50) -> dict[str, tuple[int, float, float]]:
    """{what is changed: (captions, percent right re-ranked, percent right by dot product)}"""
    model, cross = load_weights(pack / "weights.safetensors", pack_config(pack))[1], load_cross(pack)
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    data, features = load(packed, "train"), np.load(run / "train.features.npy", mmap_mode="r")
    right = defaultdict(list)
    for start in range(max(0, len(data) - scenes), len(data), batch):
        rows = np.arange(start, min(start + batch, len(data)))
        seen = torch.from_numpy(np.array(features[rows])).float()
        states = model.image(seen)
        regions, images = cross.regions(seen, states[:, 1:]), model.image.proj(states[:, 0])
        captions = [(i, c) for i, row in enumerate(rows) for c in data.scenes[row]["captions"][FIRST:] if c.get("foil")]
        if not captions:
            continue
        image_of = torch.tensor([i for i, _ in captions])
        scores = []
        for texts in ([c["raw"] for _, c in captions], [c["foil"]["raw"] for _, c in captions]):
            ids, mask = padded(torch.from_numpy(encode(tokenizer, texts, model.config.max_tokens)), "cpu")
            text = model.text(ids, mask)
            vectors = model.text.proj(text[:, 0])
            scores.append((cross(text, mask, regions, vectors, images, torch.arange(len(texts)), image_of), (vectors * images[image_of]).sum(-1)))
        won = [(own > foil).tolist() for own, foil in zip(*scores, strict=True)]
        for (_, c), *both in zip(captions, *won, strict=True):
            right[changed(c["proposition"], c["foil"]["proposition"])].append(both)
    return {what: (len(both), *(round(100 * float(share), 1) for share in np.mean(both, axis=0))) for what, both in right.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--scenes", type=int, default=1500)
    args = parser.parse_args()
    for what, (count, cross, dot) in sorted(compare(args.packed, args.pack, args.run, args.scenes).items(), key=lambda item: -item[1][0]):
        print(f"{what:16} {count:6} captions   re-ranked {cross:5.1f} %   by dot product {dot:5.1f} %")
