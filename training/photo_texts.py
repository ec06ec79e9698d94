"""The texts that the photo encoders learn from without a picture: other captions, bare words, and variations of captions.

A sentence encoder can be asked about any words, so the text encoder learns from many more than the captions: parts of captions, captions
with words left out or another word in one's place, parts of two joined.
"""

import json
from pathlib import Path

import numpy as np

from .photo_examples import holds


def stripped_words(path: Path | None) -> frozenset[str]:
    """The words of a list such as photos/words.json, whose captions stay out of training."""
    return frozenset(pair["word"] for pair in json.loads(path.read_text("utf-8"))["stripped"]) if path else frozenset()


def without_pictures(packed: Path, stripped: frozenset[str]) -> list[str]:
    """Bare words ("puppy", "a puppy") stay though they are stripped: they are no captions, and are where a stripped word is learnt."""
    texts = json.loads((packed / "texts.json").read_text("utf-8"))
    return [text for text in texts if len(text.split()) < 3 or not holds(stripped, text)]


def varied(caption: str, other: str, words: list[str], picker: np.random.Generator) -> str:
    """Another text made of a caption's words, and of another's or of any."""
    said, how = caption.rstrip(" .").split(), int(picker.integers(4))
    if how == 0 or len(said) < 3:
        return span(said, picker)
    if how == 1:
        left = picker.random(len(said)) > 0.25
        return " ".join(word for word, keep in zip(said, left, strict=True) if keep) or caption
    if how == 2:
        said[int(picker.integers(len(said)))] = words[int(picker.integers(len(words)))]
        return " ".join(said)
    return f"{span(said, picker)} and {span(other.rstrip(' .').split(), picker)}"


def span(said: list[str], picker: np.random.Generator) -> str:
    """Some words in a row."""
    first, last = np.sort(picker.integers(len(said) + 1, size=2)) if said else (0, 0)
    return " ".join(said[first:last] or said)


def variations(captions: list[str], texts: list[str], count: int, stripped: frozenset[str], picker: np.random.Generator) -> list[str]:
    """`count` of each caption, without doubles; none holds a stripped word. The words put in are the single words among `texts`."""
    words = [text for text in texts if " " not in text and not holds(stripped, text)]
    if not words or not captions:
        return []
    made = (varied(caption, captions[int(picker.integers(len(captions)))], words, picker) for _ in range(count) for caption in captions)
    return list(dict.fromkeys(made))
