"""Teaches the text encoder words that hardly any caption holds, by those that mean the same to the sentence encoder.

    python -m training.synonyms PACKED_DIR TEACHERS_DIR PACK_DIR OUT_DIR [--strip training/photos/words.json] [--updates 1000]

A caption tells what a word looks like only if it is there often. For every other word of the texts without pictures the sentence encoder, which
is never shipped, says which of the well-known words it is nearest to, alone and in a short sentence. The text encoder then learns to give such
a word the vector that PACK_DIR's encoder gives its neighbours: by itself, in a short sentence, and in a caption in the neighbour's place; and to
keep the vectors of all other captions. Pictures' vectors stay what they are. OUT_DIR gets the weights, config.json and tokenizer.json, from
which export.py --init goes on.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .data import load
from .export import write_weights
from .model import TextEncoder
from .objectives import PAD
from .photo_examples import holds
from .photo_texts import stripped_words
from .teachers.minilm import SentenceEncoder, encoded
from .tokenizer import encode
from .train import rate
from .weights import load_weights, pack_config

OFTEN = 20  # captions that make a word well known
NEIGHBOURS = 3
SHARPNESS = 30.0  # of the neighbours' shares, by their cosines
SELDOM = 0.2  # chance of a word that no sentence holds, where one that a sentence holds has 1
LEAST = 0.45  # cosine of a neighbour that means something like the word
SHORT = ("{}", "a {}", "the {}", "a photo of a {}", "there is a {}", "some {}")
ALONE = "a photo of a {}"  # what the sentence encoder compares besides the word itself
SHORT_BATCH, CAPTION_BATCH = 160, 24  # of each kind of text
PEAK = 1e-3


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


@dataclass
class Lexicon:
    """N words with their neighbours among K well-known ones: numbers and shares (N, NEIGHBOURS), and how often each is drawn (N)."""

    words: list[str]
    known: list[str]
    neighbours: np.ndarray
    shares: np.ndarray
    chances: np.ndarray


def lexicon_of(captions: list[str], texts: list[str], meaning: Callable[[list[str]], Tensor]) -> Lexicon:
    """Of all words of `texts` and of the captions; what stands in sentences, as people write them, is drawn more often. `meaning` gives unit
    vectors (n, W) of texts."""
    counts = Counter(word for caption in captions for word in set(words_of(caption)))
    known = sorted(word for word, count in counts.items() if count >= OFTEN and len(word) > 2)
    written = Counter(word for text in texts if len(text.split()) > 2 for word in set(words_of(text)))
    bare = {word for text in texts if len(text.split()) < 3 for word in words_of(text)}
    unknown = sorted(word for word in bare | set(written) | set(counts) if len(word) > 2 and counts[word] < OFTEN)
    vectors = lambda words: torch.cat([meaning([form.format(word) for word in words]) for form in ("{}", ALONE)], dim=1) / 2**0.5  # noqa: E731
    cosines = vectors(unknown) @ vectors(known).t()
    best, neighbours = cosines.topk(min(NEIGHBOURS, len(known)), dim=1)
    kept = (best[:, 0] >= LEAST).nonzero()[:, 0]
    words = [unknown[row] for row in kept.tolist()]
    chances = np.array([SELDOM + (written[word] + counts[word]) ** 0.5 for word in words])
    return Lexicon(words, known, neighbours[kept].numpy(), (best[kept] * SHARPNESS).softmax(1).numpy(), chances / chances.sum())


class Teaching:
    """Batches of texts with the vectors that they are to get, which are those of the encoder as it was."""

    def __init__(self, text: TextEncoder, tokenizer: Tokenizer, most: int, captions: list[str], lexicon: Lexicon, picker: np.random.Generator):
        self.tokenizer, self.most, self.lexicon, self.picker = tokenizer, most, lexicon, picker
        self.captions = [caption.lower() for caption in captions]
        self.caption_vectors = self.vectors(text, self.captions)  # (captions, D)
        short = [form.format(word) for form in SHORT for word in lexicon.known]
        self.short_vectors = self.vectors(text, short).view(len(SHORT), len(lexicon.known), -1)
        self.holding = defaultdict(list)  # captions by the well-known words they hold
        for number, caption in enumerate(captions):
            for word in set(words_of(caption)):
                self.holding[word].append(number)

    def ids(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        ids = torch.from_numpy(encode(self.tokenizer, texts, self.most)).long()
        ids = ids[:, : int((ids != PAD).sum(1).max())]
        return ids, (ids != PAD).long()

    @torch.no_grad()
    def vectors(self, text: TextEncoder, texts: list[str]) -> Tensor:
        return torch.cat([text.embed(*self.ids(texts[start : start + 256])) for start in range(0, len(texts), 256)])

    def drawn(self) -> tuple[list[str], Tensor]:
        """SHORT_BATCH short texts of a word, as many of a well-known one, CAPTION_BATCH captions with a word in its neighbour's place, and as many
        as they are; with their vectors (n, D)."""
        of, pick, n = self.lexicon, self.picker, SHORT_BATCH
        rows, forms = pick.choice(len(of.words), n, p=of.chances), pick.integers(len(SHORT), size=(2, n))
        meant = (self.short_vectors[forms[0][:, None], of.neighbours[rows]] * torch.from_numpy(of.shares[rows])[..., None]).sum(1)
        texts, known = [SHORT[f].format(of.words[row]) for f, row in zip(forms[0], rows, strict=True)], pick.integers(len(of.known), size=n)
        texts += [SHORT[f].format(of.known[k]) for f, k in zip(forms[1], known, strict=True)]
        numbers = []
        for row in rows[:CAPTION_BATCH]:
            word = of.known[of.neighbours[row, pick.choice(of.shares.shape[1], p=of.shares[row] / of.shares[row].sum())]]
            numbers.append(int(pick.choice(self.holding[word])))
            texts.append(re.sub(rf"\b{word}\b", of.words[row], self.captions[numbers[-1]]))
        plain = pick.integers(len(self.captions), size=CAPTION_BATCH)
        texts += [self.captions[number] for number in plain]
        return texts, torch.cat([meant, self.short_vectors[forms[1], known], self.caption_vectors[numbers], self.caption_vectors[plain]])


def teach(teaching: Teaching, text: TextEncoder, updates: int) -> None:
    """Trains `text`, of which `teaching` was made."""
    optimiser = torch.optim.AdamW(text.parameters(), PEAK, weight_decay=0.0)
    for update in range(updates):
        optimiser.param_groups[0]["lr"] = rate(update, updates, PEAK, 0.05)
        said, targets = teaching.drawn()
        # Short texts and captions apart: padding to the longest would double the work.
        found = torch.cat([text.embed(*teaching.ids(part)) for part in (said[: 2 * SHORT_BATCH], said[2 * SHORT_BATCH :])])
        sizes = [SHORT_BATCH, SHORT_BATCH, CAPTION_BATCH, CAPTION_BATCH]
        parts = [part.mean() for part in (1 - F.cosine_similarity(found, targets, dim=-1)).split(sizes)]
        optimiser.zero_grad()
        sum(parts).backward()
        optimiser.step()
        if (update + 1) % 50 == 0:
            print(update + 1, " ".join(f"{part.item():.4f}" for part in parts), flush=True)


def run(packed: Path, teachers: Path, pack: Path, out: Path, stripped: frozenset[str], updates: int) -> None:
    torch.manual_seed(1)
    c = pack_config(pack)
    stem, model = load_weights(pack, c)
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    captions = [caption["raw"] for scene in load(packed, "train").scenes for caption in scene["captions"] if not holds(stripped, caption["raw"])]
    texts = json.loads((packed / "texts.json").read_text("utf-8"))
    sentences = SentenceEncoder.beside(teachers)
    lexicon = lexicon_of(captions, texts, lambda said: encoded(sentences, sentences.ids_of(said)).float())
    print(f"{len(lexicon.words)} words by {len(lexicon.known)} that are well known", flush=True)
    teaching = Teaching(model.text, tokenizer, c.max_tokens, captions, lexicon, np.random.default_rng(1))
    teach(teaching, model.text, updates)
    write_weights(stem, model.eval(), pack / "tokenizer.json", out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--strip", type=Path)
    parser.add_argument("--updates", type=int, default=1000)
    args = parser.parse_args()
    run(args.packed, args.teachers, args.pack, args.out, stripped_words(args.strip), args.updates)
