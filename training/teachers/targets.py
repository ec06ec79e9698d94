"""What the teachers say once and for all of a packed set of photographs.

    python -m training.teachers.targets PACKED_DIR TEACHERS_DIR [--captions captions_val2017.json]

PACKED_DIR gets SPLIT.boxes.npy (N, MOST_BOXES, 6) f16 by the detector, kept.npz (vision.Kept), and texts.json: sentences without pictures, which
are other captions (--captions, COCO's form) and the whole words that the sentence encoder knows, alone and after "a".
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from ..data import load
from ..views import Crops, cut
from .minilm import SentenceEncoder
from .vision import Classifier, Detector, Kept

FEATURES, CLASSES = 256, 256  # kept of the classifier's 1,280 and 1,001
SAMPLE = 1500  # training pictures from which those are found
BATCH = 32


def whole(pictures: np.ndarray, side: int) -> torch.Tensor:
    return cut(torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2), Crops.whole(len(pictures)), side)


def known_words(model: SentenceEncoder) -> list[str]:
    """Lower-case words of at least three Latin letters that are one token."""
    vocabulary = model.tokenizer.get_vocab()
    return sorted(word for word in vocabulary if len(word) > 2 and word.isascii() and word.isalpha())


@torch.no_grad()
def find_kept(classifier: Classifier, pictures: np.ndarray) -> Kept:
    rows = np.sort(np.random.default_rng(1).permutation(len(pictures))[:SAMPLE])
    maps, soft = [], []
    for part in np.array_split(rows, max(1, len(rows) // BATCH)):
        found, logits = classifier.maps(whole(pictures[part], 192), 6)
        maps.append(found.flatten(0, 1))
        soft.append(logits.softmax(-1).mean(1))
    return Kept.found(torch.cat(maps), torch.cat(soft), FEATURES, CLASSES)


def write(packed: Path, teachers: Path, captions: Path | None) -> None:
    classifier, detector = Classifier(teachers), Detector(teachers)
    find_kept(classifier, load(packed, "train").pictures).save(packed / "kept.npz")
    for split in ("train", "val"):
        data = load(packed, split)
        parts = [detector.boxes(whole(data.pictures[i : i + BATCH], 300)) for i in range(0, len(data), BATCH)]
        np.save(packed / f"{split}.boxes.npy", torch.cat(parts).half().numpy())
        print(f"{split}: boxes of {len(data)} pictures", flush=True)
    others = [note["caption"].strip() for note in json.loads(captions.read_text("utf-8"))["annotations"]] if captions else []
    texts = list(dict.fromkeys(text for text in others if text))
    words = known_words(SentenceEncoder())
    texts += [*words, *(f"a {word}" for word in words)]
    (packed / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    print(f"{len(texts)} sentences without pictures", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("--captions", type=Path)
    args = parser.parse_args()
    write(args.packed, args.teachers, args.captions)
