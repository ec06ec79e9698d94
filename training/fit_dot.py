"""Fits on val how much the dot score counts in a cross-encoder's logit.

    python -m training.fit_dot PACKED_DIR FEATURES_DIR RUN_DIR --init PACK_DIR [--sample 1000]

The encoders' scores are sharper on the pictures that they were trained on than on others, so the weight that the cross-encoder learnt there is not
the best elsewhere. FEATURES_DIR holds the stem's cached features of val; RUN_DIR/cross.pt gets the weight whose AR is the highest, and keeps the
rest.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .cross_data import CrossData
from .cross_encoder import CrossConfig, CrossEncoder
from .cross_measure import candidates, recall_of
from .weights import load_weights

FACTORS = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 48.0, 64.0)


def ar_of(ranked: list[tuple[Tensor, Tensor, Tensor]], more: float) -> float:
    """Of both directions' (logits, dots, right), all (queries, candidates), with `more` times the dot score added."""
    return float(np.mean([recall_of(right, (logits + more * dots).argsort(dim=1, descending=True)) for logits, dots, right in ranked]))


def fit(packed: Path, features: Path, run: Path, init: Path, sample: int | None, top: int = 50, device: str = "cpu") -> dict[float, float]:
    """AR by the weight; the chosen one is written."""
    saved = torch.load(run / "cross.pt", map_location="cpu", weights_only=False)
    cross = CrossEncoder(CrossConfig(**saved["config"])).to(device).eval()
    cross.load_state_dict(saved["model"])
    model = load_weights(init)[1].to(device)
    data = CrossData(model, packed, features, "val", Tokenizer.from_file(str(init / "tokenizer.json")), ("en",), device)
    ranked = candidates(cross, model, data, top, sample)
    learnt = cross.dot.item()
    found = {round(factor * learnt, 4): round(ar_of(ranked, (factor - 1) * learnt), 3) for factor in FACTORS}
    chosen = max(found, key=found.__getitem__)
    saved["model"]["dot"] = torch.tensor(chosen).to(saved["model"]["dot"])
    torch.save(saved, run / "cross.part")
    (run / "cross.part").replace(run / "cross.pt")
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("features", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--sample", type=int, help="of so many captions, and images, instead of all")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    print(json.dumps(fit(args.packed, args.features, args.run, args.init, args.sample, device=args.device)))
