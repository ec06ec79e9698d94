"""What the photo pack finds: words that no caption of its training held, and photographs of another collection.

    python -m training.check_photos PACKED_DIR PACK_DIR PHOTOS_DIR [--out training/results/photos.json]

By the pack's 8-bit encoders. Words (photos/words.json): how many of a stripped word's first ten pictures of val are its synonym's first ten.
Queries (photos/queries.json): whether a right one is among the first five of the photographs in PHOTOS_DIR, none of which was trained on.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .check_pack import BATCH, session
from .data import load, read_picture
from .tokenizer import encode
from .weights import pack_config

LISTS = Path(__file__).parent / "photos"
WORDS_TOP, QUERIES_TOP = 10, 5


class EightBit:
    """The encoders of a pack as they are shipped."""

    def __init__(self, pack: Path):
        self.text, self.vision = (session(pack / f"onnx/{name}_model_quantized.onnx") for name in ("text", "vision"))
        self.tokenizer, self.most = Tokenizer.from_file(str(pack / "tokenizer.json")), pack_config(pack).max_tokens

    def texts(self, texts: list[str]) -> np.ndarray:
        """(n, D)"""
        each = [row[row != 0][None].astype(np.int64) for row in encode(self.tokenizer, texts, self.most)]
        return np.concatenate([self.text.run(["text_embeds"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0] for ids in each])

    def pictures(self, pictures: np.ndarray) -> np.ndarray:
        """Bytes (n, SIDE, SIDE, 3) -> (n, D)"""
        parts = [pictures[i : i + BATCH].transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1 for i in range(0, len(pictures), BATCH)]
        return np.concatenate([self.vision.run(["image_embeds"], {"pixel_values": np.ascontiguousarray(part)})[0] for part in parts])


def first(scores: np.ndarray, count: int) -> np.ndarray:
    return np.argsort(-scores, axis=-1, kind="stable")[..., :count]


def words_found(encoders: EightBit, pictures: np.ndarray) -> list[dict]:
    """Each pair of words with its overlap in percent."""
    pairs, vectors = json.loads((LISTS / "words.json").read_text("utf-8"))["stripped"], encoders.pictures(pictures)
    tops = [first(encoders.texts([pair[key] for pair in pairs]) @ vectors.T, WORDS_TOP) for key in ("word", "synonym")]
    return [pair | {"overlap": 100 * len(set(one) & set(other)) // WORDS_TOP} for pair, one, other in zip(pairs, *tops, strict=True)]


def queries_found(encoders: EightBit, photos: Path) -> list[dict]:
    """Each query with the first photographs by name, and whether a right one is among them."""
    names = sorted(path.name for path in photos.iterdir())
    vectors = encoders.pictures(np.stack([read_picture(photos / name) for name in names]))
    queries = json.loads((LISTS / "queries.json").read_text("utf-8"))["queries"]
    tops = first(encoders.texts([query["text"] for query in queries]) @ vectors.T, QUERIES_TOP)
    found = [(query, [names[i] for i in top]) for query, top in zip(queries, tops, strict=True)]
    return [{"text": query["text"], "hit": bool(set(top) & set(query["right"])), "first": top} for query, top in found]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    encoders = EightBit(args.pack)
    words = words_found(encoders, np.array(load(args.packed, "val").pictures))
    queries = queries_found(encoders, args.photos)
    overlap, hits = float(np.mean([pair["overlap"] for pair in words])), sum(query["hit"] for query in queries)
    print(f"words: overlap of the first {WORDS_TOP} {overlap:.1f} % on average over {len(words)} words")
    print(f"queries: a right photograph among the first {QUERIES_TOP} for {hits} of {len(queries)}; missed: " + ", ".join(q["text"] for q in queries if not q["hit"]))
    if args.out:
        args.out.write_text(json.dumps({"overlap": round(overlap, 1), "words": words, "hits": hits, "queries": queries}, indent=1) + "\n", encoding="utf-8")
