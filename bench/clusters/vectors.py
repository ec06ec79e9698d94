"""The set that clusters are measured on: real vectors of one pack (photos-small), nothing grown or drawn at random.

Rows, in a seeded order, of what is at hand:
- pictures: each packed picture (training.photos pack, training.data pack) as a whole and in VIEWS - 1 crops of at least a tenth of its area,
  perhaps mirrored; of each view its vector and those of its 36 regions, the same projection over the image encoder's other outputs;
- captions: each different English caption once, but for those held out.
Queries: captions held out, of photographs the pack was not trained on.

    python bench/clusters/vectors.py --out DIR --rows N --pictures A.npy ... --captions A.json ...

Writes rows.npy (N x 256, f16), kinds.u8 (0 a view, 1 a region, 2 a caption), queries.f32, queries.json, truth.i32 (of each query the ten best rows)
and set.json.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

sys.path.append(str(Path(__file__).parents[2]))
from training.tokenizer import encode
from training.views import Crops, cut
from training.weights import load_weights, pack_config

PACK = Path(__file__).parents[2] / "public/packs/photos-small"
SEED = 2103
LEAST = 0.1  # of a picture's area in a crop
BATCH = 64
QUERIES = 1000


@torch.inference_mode()
def views_of(pictures, stem, model, side, picker, whole):
    """uint8 (N, S, S, 3) -> (N, 37, 256): the view's vector, then its regions'."""
    for start in range(0, len(pictures), BATCH):
        part = torch.from_numpy(pictures[start : start + BATCH].transpose(0, 3, 1, 2).copy())
        crops = Crops.whole(len(part)) if whole else Crops.drawn(picker, np.ones(len(part), bool), LEAST)
        yield model.image.vector(model.image(stem(cut(part, crops, side)))).numpy()


@torch.inference_mode()
def texts_of(texts, tokenizer, model, length):
    """n texts -> (n, 256), by length so that little is padded."""
    ids = encode(tokenizer, texts, length)
    order = np.argsort((ids > 0).sum(1), kind="stable")
    out = np.empty((len(texts), 256), np.float32)
    for start in range(0, len(texts), 256):
        rows = order[start : start + 256]
        own = torch.from_numpy(ids[rows][:, : (ids[rows] > 0).sum(1).max()].astype(np.int64))
        out[rows] = model.text.embed(own, own > 0).numpy()
    return out


def captions(files):
    """English captions of packed data (raw) and of COCO, each once; which files hold photographs that were not trained on is for the caller."""
    seen = {}
    for file in files:
        data = json.loads(Path(file).read_text("utf-8"))
        texts = (
            [note["caption"] for note in data["annotations"]]
            if isinstance(data, dict)
            else [caption["raw"] for image in data for caption in image["captions"]]
        )
        for text in texts:
            seen.setdefault(" ".join(text.lower().split()).rstrip(" ."), text.strip())
    return seen


def truth_of(queries, rows, best=10):
    """Of each query (n, 256) the numbers of the best rows by inner product, best first: (n, best) int32."""
    scores, numbers = np.full((len(queries), best), -np.inf, np.float32), np.zeros((len(queries), best), np.int32)
    for start in range(0, len(rows), 65536):
        own = queries @ rows[start : start + 65536].astype(np.float32).T
        near = np.argpartition(-own, min(best, own.shape[1]) - 1, axis=1)[:, :best]
        scores = np.concatenate([scores, np.take_along_axis(own, near, 1)], 1)
        numbers = np.concatenate([numbers, near.astype(np.int32) + start], 1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :best]
        scores, numbers = np.take_along_axis(scores, order, 1), np.take_along_axis(numbers, order, 1)
    return numbers


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--rows", type=int, required=True)
    arguments.add_argument("--views", type=int, default=4)
    arguments.add_argument("--pictures", nargs="+", required=True)
    arguments.add_argument("--captions", nargs="*", default=[])
    arguments.add_argument("--queries", nargs="+", required=True, help="packed photographs that were not trained on")
    arguments.add_argument("--threads", type=int, default=1)
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    config = pack_config(PACK)
    stem, model = load_weights(PACK / "weights.safetensors", config)
    tokenizer = Tokenizer.from_file(str(PACK / "tokenizer.json"))
    side = config.grid * 32
    picker = np.random.default_rng(SEED)

    held = captions(given.queries)
    chosen = [list(held.values())[i] for i in np.random.default_rng(SEED).permutation(len(held))[:QUERIES]]
    queries = texts_of(chosen, tokenizer, model, config.max_tokens)
    queries.tofile(given.out / "queries.f32")
    (given.out / "queries.json").write_text(json.dumps(chosen))
    texts = [text for key, text in captions(given.captions).items() if key not in held]

    pictures = [np.load(file, mmap_mode="r") for file in given.pictures]
    each = 1 + config.grid**2
    most = sum(map(len, pictures)) * each * given.views + len(texts)
    if most < given.rows:
        raise SystemExit(f"{most} vectors are at hand, not {given.rows}: give more pictures, captions or --views.")
    # Where each vector goes: rows come in one seeded order, so that a smaller set is like the larger one.
    order = np.random.default_rng(SEED).permutation(most)
    rows = np.lib.format.open_memmap(given.out / "rows.npy", "w+", np.float16, (given.rows, 256))
    kinds = np.zeros(given.rows, np.uint8)

    at = 0

    def put(vectors, kind):
        nonlocal at
        to = order[at : at + len(vectors)]
        kept = to < given.rows
        rows[to[kept]] = vectors[kept]
        kinds[to[kept]] = kind[kept] if isinstance(kind, np.ndarray) else kind
        at += len(vectors)

    kind = np.array([0] + [1] * (each - 1), np.uint8)
    for view in range(given.views):
        for data in pictures:
            for vectors in views_of(data, stem, model, side, picker, view == 0):
                put(vectors.reshape(-1, 256), np.tile(kind, len(vectors)))
            print(f"view {view + 1}: {at} of {most}", file=sys.stderr, flush=True)
    for start in range(0, len(texts), 8192):
        put(texts_of(texts[start : start + 8192], tokenizer, model, config.max_tokens), 2)
    rows.flush()
    truth_of(queries, rows).tofile(given.out / "truth.i32")
    kinds.tofile(given.out / "kinds.u8")
    of = dict(zip(["views", "regions", "captions"], np.bincount(kinds, minlength=3).tolist(), strict=True))
    about = {"rows": given.rows, "dimension": 256, "pack": "photos-small", "pictures": sum(map(len, pictures)), "views": given.views, "of": of}
    (given.out / "set.json").write_text(json.dumps(about))
    print(json.dumps(about))


if __name__ == "__main__":
    main()
