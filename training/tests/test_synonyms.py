"""A word that no caption holds comes to mean what its neighbour does, and the others stay what they were."""

import numpy as np
import pytest
import torch

from training.model import LightningDOT, ModelConfig
from training.synonyms import OFTEN, Lexicon, Teaching, lexicon_of, teach
from training.tests.conftest import SHAPE
from training.tokenizer import train_tokenizer

CAPTIONS = ["A dog runs on the grass.", "A woman rides a horse.", "The dog and the horse drink."] * OFTEN
TEXTS = ["puppy", "a puppy", "zebra", "a lady walks with a puppy", "qed"]
MEANINGS = {"puppy": (1, 0, 0), "dog": (0.9, 0.4, 0), "zebra": (0, 0.9, 0.4), "horse": (0, 1, 0), "lady": (0, 0, 1), "woman": (0, 0.3, 0.95)}


def meaning(texts: list[str]) -> torch.Tensor:
    found = torch.tensor([MEANINGS.get(text.split()[-1], (-1, -1, -1)) for text in texts], dtype=torch.float32)
    return torch.nn.functional.normalize(found, dim=-1)


def test_neighbours_are_the_well_known_words_nearest_in_meaning():
    lexicon = lexicon_of(CAPTIONS, TEXTS, meaning)
    nearest = {word: lexicon.known[row[0]] for word, row in zip(lexicon.words, lexicon.neighbours, strict=True)}
    assert {word: nearest[word] for word in ("puppy", "zebra", "lady")} == {"puppy": "dog", "zebra": "horse", "lady": "woman"}
    assert "dog" not in lexicon.words and np.allclose(lexicon.shares.sum(1), 1)
    chance = dict(zip(lexicon.words, lexicon.chances, strict=True))
    assert chance["puppy"] == pytest.approx(6 * chance["zebra"])  # a sentence has it


def test_a_word_is_learnt_and_the_others_stay():
    tokenizer = train_tokenizer([*CAPTIONS, *TEXTS], 300)
    torch.manual_seed(1)
    text = LightningDOT(ModelConfig(vocabulary=tokenizer.get_vocab_size(), classes=2, **SHAPE)).text
    with torch.no_grad():  # words of an untrained encoder hardly differ
        for name, matrix in text.named_parameters():
            matrix *= 1 if matrix.ndim < 2 else 20 if name == "words.weight" else 3
    lexicon = Lexicon(["puppy"], ["dog", "horse"], np.array([[0, 1]]), np.array([[0.9, 0.1]], np.float32), np.ones(1))
    teaching = Teaching(text, tokenizer, 48, CAPTIONS, lexicon, np.random.default_rng(1))
    said = ["puppy", "a photo of a puppy", "the puppy and the horse drink."]
    meant = ["dog", "a photo of a dog", "the dog and the horse drink."]
    away = lambda texts, vectors: (1 - torch.nn.functional.cosine_similarity(teaching.vectors(text, texts), vectors, dim=-1)).mean().item()  # noqa: E731
    were, horse = teaching.vectors(text, meant), teaching.vectors(text, ["horse", "a woman rides a horse."])
    before = away(said, were)
    teach(teaching, text, 60)
    assert away(said, were) < 0.3 * before
    assert away(["horse", "a woman rides a horse."], horse) < 0.05
