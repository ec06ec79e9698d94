"""Puts the vectors of trained photo encoders around the middle of the training set's, at length 1.

    python -m training.centre PACKED_DIR PACK_DIR [--strip training/photos/words.json]

The vectors of pictures and of texts lie in two cones apart (the modality gap), and long vectors win rankings for no reason of theirs. PACK_DIR's
weights get the mean direction of the training pictures' vectors and of their captions', and its config.json says "centred"; export.py --init goes on
from there. This departs from the paper, whose scores are raw inner products; on Flickr8k's val it is worth one point of AR.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from .data import load
from .export import write_weights
from .model import LightningDOT
from .objectives import PAD
from .photo_examples import PhotoExamples
from .photo_texts import stripped_words
from .stem import SIDE
from .tokenizer import encode
from .weights import load_weights, pack_config

BATCH = 100


def trimmed(ids: torch.Tensor) -> list[torch.Tensor]:
    """Parts without the columns that are all padding."""
    return [part[:, : int((part != PAD).sum(1).max())] for part in ids.split(BATCH)]


@torch.no_grad()
def centre(packed: Path, pack: Path, stripped: frozenset[str], device: str = "cpu") -> None:
    """Raises ValueError for a pack whose vectors are centred already."""
    c = pack_config(pack)
    if c.centred:
        raise ValueError(f"The vectors of {pack} are centred already.")
    stem, model = load_weights(pack, c)
    stem, model = stem.to(device), model.to(device)
    train = PhotoExamples(load(packed, "train"), packed, "train", device, stripped)
    ids = torch.from_numpy(encode(Tokenizer.from_file(str(pack / "tokenizer.json")), train.texts, c.max_tokens)).to(device).long()
    rows = np.array_split(np.arange(len(train)), -(-len(train) // BATCH))
    images = torch.cat([F.normalize(model.image.embed(stem(train.whole(part, SIDE).pixels)), dim=-1) for part in rows])
    texts = torch.cat([F.normalize(model.text.embed(part, (part != PAD).long()), dim=-1) for part in trimmed(ids)])
    centred = LightningDOT(replace(c, centred=True))
    centred.load_state_dict({**model.state_dict(), "image.middle": images.mean(0), "text.middle": texts.mean(0)})
    write_weights(stem, centred, pack / "tokenizer.json", pack)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--strip", type=Path)
    args = parser.parse_args()
    centre(args.packed, args.pack, stripped_words(args.strip))
