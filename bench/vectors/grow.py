"""Grows a few thousand vectors to any number, and maps them to other dimensions. All seeded: the same rows every time.

A grown row stands between a row a and one of its ten nearest neighbours b, with noise of the shape that the neighbourhood has:
    t a + (1 - t) b  +  0.5 * (a draw from the covariance of a's 16 neighbours)  +  0.25 * (a draw coordinate by coordinate),
the last with the spread that the differences of neighbours have in each coordinate; then it is given unit length. The first
rows are the real ones themselves, in a seeded order. Rows come in chunks with a seed each, so that a smaller set is the
beginning of a larger one.

Other dimensions start from the 512 coordinates in the order of their mean size, so that the few huge ones are kept:
    256  every second coordinate (an orthogonal projection);
    768  every second coordinate as it is, the 256 others into 512 by an orthonormal map (an isometry), plus noise of 1 %.
Queries are mapped alike, without the noise.
"""

import numpy as np
from sources import SEED, unit

CHUNK = 50_000
PARTNERS, NEIGHBOURS = 10, 16
LOCAL, COORDINATE = 0.5, 0.25
BASE = 512


class Grower:
    """Rows of 512 dimensions, chunk by chunk, from the `rows` there are."""

    def __init__(self, rows):
        self.rows = rows
        scores = rows @ rows.T
        np.fill_diagonal(scores, -np.inf)
        self.near = np.argsort(-scores, axis=1)[:, :NEIGHBOURS]
        self.spread = (rows - rows[self.near[:, 0]]).std(axis=0)
        self.order = np.random.default_rng(SEED).permutation(len(rows))

    def chunk(self, number, count):
        """The first `count` rows of chunk `number`, float32, not yet of unit length (map_rows sees to that)."""
        rng = np.random.default_rng([SEED, number])
        parents = rng.integers(len(self.rows), size=CHUNK)
        partners = self.near[parents, rng.integers(PARTNERS, size=CHUNK)]
        t = rng.random((CHUNK, 1), dtype=np.float32)
        draws = rng.standard_normal((CHUNK, NEIGHBOURS), dtype=np.float32) * np.float32(LOCAL / (NEIGHBOURS - 1) ** 0.5)
        noise_seed = rng.integers(2**63)
        out = np.empty((count, BASE), np.float32)
        noise = np.random.default_rng(noise_seed)
        for start in range(0, count, 2000):
            end = min(start + 2000, count)
            a, b = self.rows[parents[start:end]], self.rows[partners[start:end]]
            out[start:end] = t[start:end] * a + (1 - t[start:end]) * b
            out[start:end] += noise.standard_normal((end - start, BASE), dtype=np.float32) * (COORDINATE * self.spread)
        order = np.argsort(parents[:count], kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(parents[order])) + 1):
            around = self.rows[self.near[parents[group[0]]]]
            out[group] += draws[group] @ (around - around.mean(axis=0))
        if number == 0:
            real = min(count, len(self.rows))
            out[:real] = self.rows[self.order[:real]]
        return out


class DimensionMap:
    """512 -> 256, 512 or 768 dimensions, fitted on nothing but the mean size of the coordinates."""

    def __init__(self, rows, dim):
        if dim not in (256, 512, 768):
            raise SystemExit(f"Vectors can be mapped to 256, 512 or 768 dimensions, not {dim}.")
        self.dim = dim
        by_size = np.argsort(-np.abs(rows).mean(axis=0), kind="stable")
        self.kept, self.spread = by_size[0::2], by_size[1::2]
        square = np.random.default_rng(SEED).standard_normal((512, 256))
        self.into = np.linalg.qr(square)[0].astype(np.float32)

    def queries(self, x):
        if self.dim == 256:
            x = x[:, self.kept]
        elif self.dim == 768:
            x = np.concatenate([x[:, self.kept], x[:, self.spread] @ self.into.T], axis=1)
        return unit(x)

    def rows(self, x, number):
        x = self.queries(x)
        if self.dim != 768:
            return x
        # Drawn 2,000 rows at a time, so that a shorter chunk is the beginning of a longer one.
        rng = np.random.default_rng([SEED, number, self.dim])
        size = np.float32(0.01 / self.dim**0.5)
        for start in range(0, len(x), 2000):
            block = x[start : start + 2000]
            block += rng.standard_normal(block.shape, dtype=np.float32) * size
        return unit(x)
