"""What travels arrives: captions and areas as they were, features to half a step, and a run that trains on them."""

import json
import shutil

import numpy as np
import pytest
import torch

from training.data import load
from training.train import TrainConfig, run
from training.travel import quantised, restored, travel, unpacked

from .conftest import SHAPE


@pytest.mark.parametrize("bits", [8, 6])
def test_codes_are_off_by_half_a_step_at_most(bits):
    features = np.random.default_rng(0).normal(size=(1100, 4, 3)).astype(np.float16) * np.array([1, 10, 0], np.float16)
    made = quantised(features, bits)
    assert made["codes"].dtype == np.uint8 and made["codes"].max() == 2**bits - 1
    off = np.abs(restored(**made).astype(np.float32) - features.astype(np.float32))
    assert (off <= made["step"] / 2 + np.abs(features) * 2**-10).all()
    assert (off[..., 2] == 0).all()  # a feature that never changes


def test_a_set_that_travelled_trains(packed, run_folder, tmp_path_factory):
    there = tmp_path_factory.mktemp("there")
    config = TrainConfig(pretrain_updates=8, finetune_updates=2, batch=8, validate_every=10)
    run(packed, run_folder, config, SHAPE, stop_after=0)  # makes the tokenizer
    size = travel(run_folder, packed, there / "set")
    assert size == sum(file.stat().st_size for file in (there / "set").iterdir())
    again = unpacked(there / "set", there / "run")
    for split in ("train", "val"):
        one, two = load(packed, split), load(again, split)
        assert one.scenes == two.scenes and (one.areas == two.areas).all()
        before, after = (np.load(folder / f"{split}.features.npy").astype(np.float32) for folder in (run_folder, again))
        assert after.shape == before.shape and np.abs(after - before).max() < 0.03
    run(again, there / "run", config, SHAPE, features=again)
    run(packed, run_folder, config, SHAPE)
    home, away = (torch.load(folder / "model.pt", weights_only=False) for folder in (run_folder, there / "run"))
    assert away["config"] == home["config"] and away["update"] == home["update"] == 10
    drift = [(away["model"][name] - value).abs().mean() for name, value in home["model"].items()]
    assert max(drift) < 5e-3
    # Called again it unpacks nothing; a packed data set is what it is.
    assert unpacked(there / "set", there / "run") == again and unpacked(packed, run_folder) == packed


def test_what_does_not_fit_is_refused_with_its_sizes(packed, run_folder, tmp_path):
    with pytest.raises(ValueError, match=r"32 scenes take .* MiB \(.*train\.npz\.xz .* about --scenes \d+ would fit"):
        travel(run_folder, packed, tmp_path / "set", limit=30_000)
    assert not (tmp_path / "set").exists() and not (tmp_path / "set.part").exists()
    assert travel(run_folder, packed, tmp_path / "set", scenes=3, limit=30_000) <= 30_000
    assert len(load(unpacked(tmp_path / "set", tmp_path / "run"), "train")) == 3


def test_no_folder_of_another_kind_is_replaced(packed, run_folder):
    with pytest.raises(ValueError, match="is no set that travels"):
        travel(run_folder, packed, packed)
    with pytest.raises(ValueError, match="--scenes 0: at least one"):
        travel(run_folder, packed, run_folder / "set", scenes=0)
    with pytest.raises(ValueError, match="--bits 9: a feature"):
        travel(run_folder, packed, run_folder / "set", bits=9)


def test_fewer_captions_travel_of_train_only(packed, run_folder, tmp_path):
    travel(run_folder, packed, tmp_path / "set", captions=1)
    there = unpacked(tmp_path / "set", tmp_path / "run")
    assert [[c["raw"] for c in scene["captions"]] for scene in load(there, "train").scenes] == [
        [scene["captions"][0]["raw"]] for scene in load(packed, "train").scenes
    ]
    assert load(there, "val").scenes == load(packed, "val").scenes


def test_a_file_changed_on_the_way_and_another_set_are_named(packed, run_folder, tmp_path):
    travel(run_folder, packed, tmp_path / "one")
    travel(run_folder, packed, tmp_path / "two", scenes=4)
    unpacked(tmp_path / "one", tmp_path / "run")
    with pytest.raises(ValueError, match="begun with another set"):
        unpacked(tmp_path / "two", tmp_path / "run")
    (tmp_path / "one/val.json.xz").write_bytes(b"")
    with pytest.raises(ValueError, match=r"val\.json\.xz is not the file"):
        unpacked(tmp_path / "one", tmp_path / "other")


def test_features_of_another_data_set_do_not_travel(packed, run_folder, tmp_path):
    shutil.copytree(packed, tmp_path / "packed")
    scenes = json.loads((packed / "train.json").read_text())
    (tmp_path / "packed/train.json").write_text(json.dumps(scenes[1:]))
    with pytest.raises(ValueError, match="do not belong together"):
        travel(run_folder, tmp_path / "packed", tmp_path / "set")
