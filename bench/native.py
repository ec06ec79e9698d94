"""FAISS and usearch on the bench's vectors: a request in JSON a line on stdin, an answer a line on stdout (native.mjs).

    {"op": "load", "folder", "n", "dim"}               drops every index and maps another set
    {"op": "build", "id", "threads"}                    -> {"buildMs", "bytesPerRow"}; one index serves any number of threads
    {"op": "search", "id", "threads", "queries", "k"}   -> {"ms": [...], "rows": [[...], ...]}, one query at a time
"""

import json
import os
import sys
from pathlib import Path
from time import perf_counter

import faiss
import numpy as np
import usearch.index

HNSW_M, HNSW_CONSTRUCTION, HNSW_SEARCH = 32, 200, 64


def flat(rows):
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(rows)
    return index, rows.shape[1] * 4


def scalar_quantizer(rows):
    index = faiss.IndexScalarQuantizer(rows.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    index.train(rows[:100_000])
    index.add(rows)
    return index, index.code_size


def hnsw(rows):
    index = faiss.IndexHNSWFlat(rows.shape[1], HNSW_M, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = HNSW_CONSTRUCTION
    index.hnsw.efSearch = HNSW_SEARCH
    index.add(rows)
    graph = index.hnsw
    return index, rows.shape[1] * 4 + (graph.neighbors.size() * 4 + graph.offsets.size() * 8 + graph.levels.size() * 4) / len(rows)


def usearch_rows(rows):
    return np.ascontiguousarray(rows), rows.shape[1] * 4


BUILDERS = {"faiss-flat": flat, "faiss-sq8": scalar_quantizer, "faiss-hnsw": hnsw, "usearch": usearch_rows}


class Bench:
    def load(self, folder, n, dim):
        self.indexes = {}
        self.rows = np.memmap(Path(folder) / "rows.f32", "<f4", "r", shape=(n, dim))
        self.queries = np.fromfile(Path(folder) / "queries.f32", "<f4").reshape(-1, dim)

    def build(self, id, threads):
        if id not in self.indexes:
            faiss.omp_set_num_threads(os.cpu_count() or 1)
            began = perf_counter()
            index, size = BUILDERS[id](self.rows)
            self.indexes[id] = index, {"buildMs": (perf_counter() - began) * 1000, "bytesPerRow": size}
        return self.indexes[id][1]

    def search(self, id, threads, queries, k):
        index = self.indexes[id][0]
        faiss.omp_set_num_threads(threads)
        answer = {"ms": [], "rows": []}
        for number in queries:
            query = self.queries[number : number + 1].copy()
            began = perf_counter()
            if id == "usearch":
                metric = usearch.index.MetricKind.IP
                found = usearch.index.search(index, query[0], k, metric, exact=True, threads=threads).keys
            else:
                found = index.search(query, k)[1][0]
            answer["ms"].append((perf_counter() - began) * 1000)
            answer["rows"].append([int(row) for row in found if row >= 0])
        return answer


def main():
    bench = Bench()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(bench, request.pop("op"))(**request)}
        except Exception as error:  # whatever an engine throws is its result
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
