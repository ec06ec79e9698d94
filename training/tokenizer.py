"""A byte-level BPE vocabulary of at most 8,000, trained on captions: no language gives an unknown token."""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CHUNK = 20_000  # captions encoded at a time: an encoding takes a hundred times the room of its ids
SPECIAL_TOKENS = ["[PAD]", "[CLS]", "[SEP]", "[MASK]"]  # ids 0..3, as objectives.py expects


def train_tokenizer(captions: list[str], size: int = 8000) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(captions, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, path: Path) -> None:
    """Writes tokenizer.json with merges as "a b" strings: the form every reader knows."""
    data = json.loads(tokenizer.to_str())
    data["model"]["merges"] = [m if isinstance(m, str) else " ".join(m) for m in data["model"]["merges"]]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def encode(tokenizer: Tokenizer, captions: list[str], max_tokens: int) -> np.ndarray:
    """Token ids (captions, max_tokens) int16 with [CLS] and [SEP], padded with 0; a longer caption is cut and still ends in [SEP]."""
    ids = np.zeros((len(captions), max_tokens), np.int16)
    for start in range(0, len(captions), CHUNK):
        for row, encoding in enumerate(tokenizer.encode_batch_fast(captions[start : start + CHUNK]), start):
            tokens = encoding.ids
            if len(tokens) > max_tokens:
                tokens = [*tokens[: max_tokens - 1], tokens[-1]]
            ids[row, : len(tokens)] = tokens
    return ids
