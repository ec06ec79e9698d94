"""Writes one set of vectors with its true answers, or finds it already written, and prints its folder.

    python bench/vectors SET N DIM --data FOLDER --cache FOLDER

SET is `grown` (then N and DIM say what to grow to), `clip-b16`, `clip-b32` or `sentences`. The folder holds
    rows.f32     N x DIM, little-endian; every value is one that f16 holds, as in a gallery's full-precision rows
    queries.f32  Q x DIM, unit length
    truth.json   {"rows": Q lists of the best 100 row numbers, "scores": theirs}: float64 inner products of what rows.f32
                 holds, equal scores by row number
    set.json     {"set", "n", "dim", "queries", "source"}: written last
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from grow import CHUNK, DimensionMap, Grower
from sources import REAL, clip_b16, mixture, needed

VERSION = 1
DEPTH = 100


class Truth:
    """The best rows for each query, gathered chunk by chunk."""

    def __init__(self, queries):
        self.queries = queries.astype(np.float64)
        self.rows = [np.empty(0, np.int64)] * len(queries)
        self.scores = [np.empty(0)] * len(queries)

    def add(self, rows, first):
        for start in range(0, len(rows), 10_000):
            block = rows[start : start + 10_000].astype(np.float64)
            for query, scores in enumerate(self.queries @ block.T):
                self.merge(query, scores, first + start)

    def merge(self, query, scores, first):
        kept = min(DEPTH, len(scores))
        floor = np.partition(scores, len(scores) - kept)[len(scores) - kept]
        chosen = np.flatnonzero(scores >= floor)
        rows = np.concatenate([self.rows[query], chosen + first])
        scores = np.concatenate([self.scores[query], scores[chosen]])
        best = np.lexsort((rows, -scores))[:DEPTH]
        self.rows[query], self.scores[query] = rows[best], scores[best]


def f16(x):
    return x.astype(np.float16).astype("<f4")


def chunks(args):
    """The source's name, the queries, and a generator of the rows."""
    data = Path(args.data)
    if args.set in REAL:
        rows, queries = REAL[args.set](data)
        return args.set, queries, iter([rows])
    real = all(file.exists() for file in needed("clip-b16", data))
    rows, queries = clip_b16(data) if real else mixture()
    grower, mapped = Grower(rows), DimensionMap(rows, args.dim)
    starts = range(0, args.n, CHUNK)
    grown = (mapped.rows(grower.chunk(i, min(CHUNK, args.n - start)), i) for i, start in enumerate(starts))
    return ("clip-b16" if real else "mixture"), mapped.queries(queries), grown


def write(args, folder):
    source, queries, rows = chunks(args)
    queries = queries.astype("<f4")
    truth, n, dim = Truth(queries), 0, queries.shape[1]
    with open(folder / "rows.f32", "wb") as file:
        for chunk in rows:
            chunk = f16(chunk)
            file.write(chunk.tobytes())
            truth.add(chunk, n)
            n += len(chunk)
    queries.tofile(folder / "queries.f32")
    answers = {"rows": [r.tolist() for r in truth.rows], "scores": [s.tolist() for s in truth.scores]}
    (folder / "truth.json").write_text(json.dumps(answers))
    return {"set": "mixture" if source == "mixture" else args.set, "n": n, "dim": dim, "queries": len(queries), "source": source}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("set", choices=["grown", *REAL])
    parser.add_argument("n", type=int, nargs="?", default=0)
    parser.add_argument("dim", type=int, nargs="?", default=0)
    parser.add_argument("--data", required=True)
    parser.add_argument("--cache", required=True)
    args = parser.parse_args()
    if args.set in REAL and (missing := [str(file) for file in needed(args.set, args.data) if not file.exists()]):
        print(json.dumps({"missing": missing}))
        return
    real = all(file.exists() for file in needed("clip-b16", args.data))
    name = args.set if args.set in REAL else f"{'grown' if real else 'mixture'}-{args.n}x{args.dim}"
    folder = Path(args.cache) / f"bench-v{VERSION}" / name
    if not (folder / "set.json").exists():
        partial = folder.with_name(f"{name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        about = write(args, partial)
        (partial / "set.json").write_text(json.dumps(about))
        partial.rename(folder)
    print(json.dumps({"folder": str(folder), **json.loads((folder / "set.json").read_text())}))


if __name__ == "__main__":
    main()
