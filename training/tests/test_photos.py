"""Photographs: bad files are named, views keep their boxes, stripped words stay out."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.centre import centre
from training.data import load
from training.export import write_weights
from training.model import LightningDOT, ModelConfig
from training.photo_examples import holds
from training.photo_texts import variations
from training.photos import pack
from training.stem import PhotoStem
from training.tests.conftest import SHAPE
from training.tokenizer import save_tokenizer, train_tokenizer
from training.travel_photos import restored, squeezed, unpack
from training.views import Crops, Mixing, coverage, cut
from training.weights import load_weights


def test_bad_and_unusual_pictures_are_counted_and_named(tmp_path):
    (tmp_path / "images").mkdir()
    colours = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    made = {
        "good.png": Image.fromarray(colours),
        "grey.png": Image.fromarray(colours[..., 0]),
        "cmyk.jpg": Image.fromarray(colours).convert("CMYK"),
        "deep.png": Image.fromarray((colours[..., 0].astype(np.uint16)) * 257),
        "tiny.png": Image.fromarray(colours[:8, :8]),
    }
    for name, image in made.items():
        image.save(tmp_path / "images" / name)
    (tmp_path / "images/broken.jpg").write_bytes(b"no picture")
    names = [*made, "broken.jpg", "missing.jpg"]
    images = [{"filename": n, "imgid": i, "split": "train", "sentences": [{"raw": "A dog ."}, {"raw": "犬が走る"}]} for i, n in enumerate(names)]
    (tmp_path / "dataset.json").write_text(json.dumps({"images": images}))
    skipped, unusual = pack(tmp_path, tmp_path / "packed")
    assert len(skipped.names["missing files"]) == 1 and len(skipped.names["captions in other scripts"]) == 7
    assert [name.split(":")[0] for name in skipped.names["broken or tiny pictures"]] == ["tiny.png", "broken.jpg"]
    assert unusual.names == {"grey-scale pictures": ["grey.png"], "CMYK pictures": ["cmyk.jpg"], "16-bit pictures": ["deep.png"]}
    pictures = np.load(tmp_path / "packed/train.pictures.npy")
    assert pictures.shape == (4, 192, 192, 3)
    assert np.abs(pictures[3].astype(int) - pictures[1]).max() <= 1  # 16 bits of the same grey


def test_boxes_lie_where_a_mirrored_crop_shows_them():
    boxes = torch.tensor([[[0.0, 0.5, 0.25, 1.0, 3, 1.0], [0, 0, 0, 0, 0, 0]]])
    whole = coverage(boxes, Crops.whole(1), 4, 5)[0].view(4, 4, 6)
    assert torch.allclose(whole[2:, 0, 3], torch.ones(2)) and torch.allclose(whole[:2, :, 5], torch.ones(2, 4))
    crop = Crops(np.array([[0, 0.5, 0.5, 1]], np.float32), np.array([True]))
    seen = coverage(boxes, crop, 4, 5)[0].view(4, 4, 6)
    assert torch.allclose(seen[:, 2:, 3], torch.ones(4, 2)) and torch.allclose(seen[:, :2, 5], torch.ones(4, 2))


def test_a_view_is_the_crop_mirrored():
    picture = torch.zeros(1, 3, 8, 8, dtype=torch.uint8)
    picture[0, :, :4, :2] = 255
    crop = Crops(np.array([[0, 0, 0.5, 0.5]], np.float32), np.array([True]))
    view = cut(picture, crop, 4)[0, 0]
    assert torch.allclose(view[:, 2:], torch.ones(4, 2)) and torch.allclose(view[:, :2], -torch.ones(4, 2))
    assert torch.equal(cut(picture, Crops.whole(1), 8), picture / 127.5 - 1)


def test_mixed_views_and_their_targets_share_alike():
    mixing = Mixing(torch.tensor([1, 0]), torch.tensor([0.25, 1.0]))
    assert torch.equal(mixing.of(torch.tensor([[8.0], [4.0]])), torch.tensor([[5.0], [4.0]]))
    drawn = Mixing.drawn(np.random.default_rng(0), 400, torch.device("cpu"))
    assert 140 < (drawn.share < 1).sum() < 260 and sorted(drawn.other.tolist()) == list(range(400))


def test_variations_hold_no_stripped_word_and_no_double():
    captions, texts = ["A brown dog runs on the grass .", "Two men ride horses ."], ["puppy", "a puppy", "zebra", "a zebra"]
    made = variations(captions, texts, 40, frozenset({"puppy"}), np.random.default_rng(1))
    assert len(made) == len(set(made)) > 20 and not any("puppy" in text.split() for text in made)
    assert any("zebra" in text for text in made) and any(text in "A brown dog runs on the grass" for text in made) and all(text.strip() for text in made)


@torch.no_grad()
def test_centred_vectors_are_of_length_one_around_the_middle(packed, tmp_path):
    torch.manual_seed(1)
    texts = [c["raw"] for split in ("train", "val") for scene in load(packed, split).scenes for c in scene["captions"]]
    save_tokenizer(train_tokenizer(texts, 400), tmp_path / "tokenizer.json")
    c = ModelConfig(vocabulary=400, stem="photo", **SHAPE)
    stem, plain = PhotoStem(32), LightningDOT(c)
    write_weights(stem, plain, tmp_path / "tokenizer.json", tmp_path / "pack")
    np.save(packed / "train.boxes.npy", np.zeros((len(load(packed, "train")), 20, 6), np.float16))
    centre(packed, tmp_path / "pack", frozenset())
    centred = load_weights(tmp_path / "pack")[1]
    ids = torch.tensor([[1, 70, 71, 2], [1, 90, 2, 0]])
    vectors = centred.text.embed(ids, (ids != 0).long())
    assert torch.allclose(vectors.norm(dim=1), torch.ones(2), atol=1e-5)
    before = torch.nn.functional.normalize(plain.text.embed(ids, (ids != 0).long()), dim=-1) - centred.text.middle
    assert torch.allclose(torch.nn.functional.normalize(before, dim=-1), vectors, atol=0.02)  # the weights are kept in f16
    assert all(0.5 < encoder.middle.norm() < 1.001 for encoder in (centred.text, centred.image))
    with pytest.raises(ValueError, match="centred already"):
        centre(packed, tmp_path / "pack", frozenset())


def test_what_travels_is_what_was_packed(tmp_path):
    weights = {"a": np.random.default_rng(0).normal(size=(5, 7)).astype(np.float32), "b": np.linspace(-1, 1, 5, dtype=np.float32)}
    again = restored(squeezed(weights))
    assert set(again) == {"a", "b"} and np.abs(again["a"] - weights["a"]).max() <= np.abs(weights["a"]).max() / 254 * 1.01
    assert np.allclose(again["b"], weights["b"], atol=1e-3)
    (tmp_path / "travel.json").write_text(json.dumps({"kept.npz": "0" * 64}))
    (tmp_path / "kept.npz").write_bytes(b"other")
    with pytest.raises(ValueError, match="kept.npz is not the file"):
        unpack(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_whole_words_are_stripped():
    assert holds({"bike"}, "A Bike leans .") and not holds({"bike"}, "Bikers .")


def test_the_photo_stem_gives_a_grid_for_every_size():
    stem = PhotoStem(16).eval()
    assert stem(torch.zeros(2, 3, 96, 96)).shape == (2, 9, 16) and stem(torch.zeros(1, 3, 192, 192)).shape == (1, 36, 16)


def test_the_lists_are_thirty_words_and_twenty_queries():
    folder = Path(__file__).parents[1] / "photos"
    pairs = json.loads((folder / "words.json").read_text())["stripped"]
    assert len({pair["word"] for pair in pairs}) == 30 and not {p["word"] for p in pairs} & {p["synonym"] for p in pairs}
    queries = json.loads((folder / "queries.json").read_text())["queries"]
    assert len(queries) == 20 and all(query["right"] for query in queries)
