"""The learning curve and its plot."""

import math
import xml.dom.minidom

import pytest

from training import photo_curve
from training.plot import read
from training.tokenizer import save_tokenizer, train_tokenizer


def test_a_line_over_doublings_is_found_again_with_its_largest_miss():
    points = [(x, 3 + 2 * math.log2(x)) for x in (750, 1500, 3000)]
    assert photo_curve.fit(points) == pytest.approx((3, 2, 0), abs=1e-9)
    a, b, off = photo_curve.fit([*points, (6000, 3 + 2 * math.log2(6000) - 1)])
    assert b < 2 and 0.2 < off < 1


def test_more_pictures_are_trained_on_once_and_drawn_with_their_fit(run_folder, packed, tmp_path, monkeypatch):
    shape = {"text_layers": 1, "image_layers": 1, "width": 32, "heads": 2, "dimension": 16, "max_tokens": 24, "dropout": 0.0}
    settings = {"model": shape, "train": {"pictures": [4, 8], "updates": 3, "batch": 4}}
    save_tokenizer(train_tokenizer(["a red square", "two blue squares"], 300), tmp_path / "tokenizer.json")
    monkeypatch.setattr(photo_curve, "pack_config", lambda pack: photo_curve.ModelConfig(region_features=32))
    first = photo_curve.run(packed, run_folder, tmp_path, settings, tmp_path / "curve")
    assert [one["pictures"] for one in first] == [4, 8]
    assert all(0 <= one["ar"] <= 100 for one in first)
    kept = (tmp_path / "curve.json").read_text()
    assert photo_curve.run(packed, run_folder, tmp_path, settings, tmp_path / "curve") == first
    assert (tmp_path / "curve.json").read_text() == kept
    more = {**settings, "train": {**settings["train"], "updates": 4}}
    assert photo_curve.run(packed, run_folder, tmp_path, more, tmp_path / "curve") != first
    svg = photo_curve.plot(first, read(photo_curve.LOG))
    assert "a doubling" in xml.dom.minidom.parseString(svg).toxml()
