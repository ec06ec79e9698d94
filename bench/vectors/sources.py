"""Where vectors come from: the real sets, and what stands in for them where the data folder is absent.

Each source gives unit rows, unit queries and their names' origin; float32. Images and texts of two models are never mixed.
"""

import json
import sys
from pathlib import Path

import numpy as np

SEED = 2103
HELD_OUT = 300


def unit(x):
    x = x.astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def shuffled(queries):
    """Queries in a seeded order, so that the first few are like the rest."""
    return queries[np.random.default_rng(SEED).permutation(len(queries))]


def clip_b16(data):
    """2,001 Unsplash photos by CLIP ViT-B/16; queries: 171 COCO-Stuff names."""
    folder = data / "clip-vectors"
    rows = np.fromfile(folder / "unsplash2001_clip_image_emb_f32.bin", "<f4").reshape(-1, 512)
    return unit(rows), shuffled(unit(np.load(folder / "zegclip_vitb16_coco_single.npy")))


def clip_b32(data):
    """1,000 Flickr8k photos by CLIP ViT-B/32; queries: 80 COCO and 1,203 LVIS names."""
    folder = data / "clip-vectors"
    rows = np.load(folder / "flickr8k_1000_clip_vitb32_image_emb.npy")
    names = [np.load(folder / f"detic_{name}_clip_vitb32_text.npy") for name in ("coco80", "lvis1203")]
    return unit(rows), shuffled(unit(np.concatenate(names)))


def captions(data):
    """Every caption of COCO val2017 and Flickr8k once: case, spaces and the final period make no difference."""
    coco = json.loads((data / "coco/captions_val2017.json").read_text("utf-8"))
    flickr = json.loads((data / "flickr8k/dataset_flickr8k.json").read_text("utf-8"))
    texts = [note["caption"] for note in coco["annotations"]]
    texts += [sentence["raw"] for image in flickr["images"] for sentence in image["sentences"]]
    seen = {}
    for text in texts:
        seen.setdefault(" ".join(text.lower().split()).rstrip(" ."), text.strip())
    return list(seen.values())


def sentences(data):
    """About 60,000 captions by all-MiniLM-L6-v2; queries: 300 of them, held out."""
    sys.path.append(str(Path(__file__).parents[2]))
    from training.teachers.minilm import MiniLM

    texts = captions(data)
    print(f"Encoding {len(texts)} captions, once: this takes minutes.", file=sys.stderr, flush=True)
    vectors = unit(MiniLM().encode(texts))
    order = np.random.default_rng(SEED).permutation(len(texts))
    return vectors[np.sort(order[HELD_OUT:])], vectors[order[:HELD_OUT]]


def mixture():
    """A stand-in for CLIP: 2,001 rows of 64 anisotropic Gaussians about a mean of one huge dimension; 171 queries off to one side."""
    rng = np.random.default_rng(SEED)
    dim = 512
    spectrum = 1 / np.sqrt(1 + np.arange(dim))
    mean, gap = rng.normal(size=(2, dim)) * 0.03
    mean[0] = 1.0
    centres = rng.normal(size=(64, dim)) * rng.permutation(spectrum) * 0.27

    def drawn(count):
        return centres[rng.integers(64, size=count)] + rng.normal(size=(count, dim)) * spectrum * 0.34

    return unit(mean + drawn(2001)), unit(0.2 * mean + gap + drawn(171))


REAL = {"clip-b16": clip_b16, "clip-b32": clip_b32, "sentences": sentences}


def needed(name, data):
    """The files that a real set is made of."""
    files = {
        "clip-b16": ["clip-vectors/unsplash2001_clip_image_emb_f32.bin", "clip-vectors/zegclip_vitb16_coco_single.npy"],
        "clip-b32": [
            "clip-vectors/flickr8k_1000_clip_vitb32_image_emb.npy",
            "clip-vectors/detic_coco80_clip_vitb32_text.npy",
            "clip-vectors/detic_lvis1203_clip_vitb32_text.npy",
        ],
        "sentences": ["coco/captions_val2017.json", "flickr8k/dataset_flickr8k.json"],
    }
    return [Path(data) / file for file in files[name]]
