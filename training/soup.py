"""Averages the weights of a run and of one that went on from it (Wortsman et al. 2022, model soups), by the share that is best on val.

    python -m training.soup PACKED_DIR RUN_DIR LATER_RUN_DIR OUT_DIR [--shares 0,0.25,0.5,0.75]

A share is the earlier run's. OUT_DIR gets best.pt with the tokenizer and the stem of the later run, ready for training.export.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .data import load
from .model import LightningDOT, ModelConfig
from .train import Examples, evaluate


def mixed(one: dict[str, Tensor], other: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """share * one + (1 - share) * other, tensor by tensor; what is no float is the other's. Raises ValueError for other shapes."""
    if one.keys() != other.keys() or any(one[name].shape != other[name].shape for name in one):
        raise ValueError("The runs have models of different shapes: only a run that went on from another can be averaged with it.")
    return {name: share * one[name] + (1 - share) * value if value.is_floating_point() else value for name, value in other.items()}


def soup(packed: Path, earlier: Path, later: Path, out: Path, shares: list[float]) -> dict[float, float]:
    """Mean val AR of the later run's languages by share; writes the best."""
    one, other = (torch.load(run / "best.pt", weights_only=True) for run in (earlier, later))
    model = LightningDOT(ModelConfig(**other["config"]))
    tokenizer = Tokenizer.from_file(str(later / "tokenizer.json"))
    languages = json.loads((later / "train.json").read_text())["languages"]
    val = load(packed, "val")
    vals = [Examples(val, later / "val.features.npy", tokenizer, model.config.max_tokens, (language,)) for language in languages]
    found = {}
    for share in shares:
        model.load_state_dict(mixed(one["model"], other["model"], share))
        found[share] = float(np.mean([evaluate(model, examples)["ar"] for examples in vals]))
        print(f"share {share}: AR {found[share]:.2f} on val", flush=True)
    best = max(found, key=found.get)
    out.mkdir(parents=True, exist_ok=True)
    state = mixed(one["model"], other["model"], best)
    torch.save({"config": other["config"], "model": state, "ar": found[best], "update": other["update"]}, out / "best.pt")
    for name in ("tokenizer.json", "stem.pt"):
        shutil.copyfile(later / name, out / name)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("later", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shares", default="0,0.25,0.5,0.75")
    args = parser.parse_args()
    soup(args.packed, args.earlier, args.later, args.out, [float(share) for share in args.shares.split(",")])
