"""How often a pack's cross-encoder, and the dot product, score a caption above its foil, by what the foil changes.

    python -m training.check_foils PACKED_DIR PACK_DIR RUN_DIR [--scenes 500]

In English, of the last training scenes; the last that train_cross.py holds back were never trained on. RUN_DIR holds the region features.
"""

import argparse
from pathlib import Path

from tokenizers import Tokenizer

from .cross_data import CrossData
from .cross_measure import told_apart
from .train_cross import CrossTrainConfig
from .weights import load_cross, load_weights


def compare(packed: Path, pack: Path, run: Path, scenes: int) -> dict[str, tuple[int, float, float]]:
    """{what is changed: (captions, percent right re-ranked, percent right by dot product)}"""
    model = load_weights(pack)[1]
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    data = CrossData(model, packed, run, "train", tokenizer, ("en",), "cpu", slice(-scenes, None))
    return told_apart(load_cross(pack), model, data)


def table(found: dict[str, tuple[int, float, float]]) -> str:
    lines = sorted(found.items(), key=lambda item: -item[1][0])
    return "\n".join(f"{what:16} {count:6} captions   re-ranked {cross:5.1f} %   by dot product {dot:5.1f} %" for what, (count, cross, dot) in lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--scenes", type=int, default=CrossTrainConfig.held_back)
    args = parser.parse_args()
    print(table(compare(args.packed, args.pack, args.run, args.scenes)))
