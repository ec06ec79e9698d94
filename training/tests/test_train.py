import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from training.data import load
from training.model import LightningDOT, ModelConfig
from training.stem import Stem
from training.train import Examples, TrainConfig, draw_images, evaluate, mine, rate, run, texts_of
from training.weights import save_weights

from .conftest import SHAPE

CONFIG = TrainConfig(pretrain_updates=12, finetune_updates=12, batch=12, pretrain_rate=1e-3, finetune_rate=1e-3, validate_every=6)


def test_pairs_are_learnt_by_heart(packed, run_folder):
    """Every training picture and its captions: R@1 must reach 100 both ways, or the model cannot tell pairs apart."""
    config = TrainConfig(pretrain_updates=0, finetune_updates=500, batch=32, finetune_rate=1e-3, hard=0, validate_every=500)
    run(packed, run_folder, config, SHAPE)
    saved = torch.load(run_folder / "model.pt", weights_only=False)
    model = LightningDOT(ModelConfig(**saved["config"]))
    model.load_state_dict(saved["model"])
    tokenizer = Tokenizer.from_file(str(run_folder / "tokenizer.json"))
    examples = Examples(load(packed, "train"), run_folder / "train.features.npy", tokenizer, model.config.max_tokens)
    found = evaluate(model, examples)
    assert found["ir"]["r1"] == 100 and found["tr"]["r1"] == 100


def test_a_stopped_run_goes_on_as_if_it_had_not(packed, run_folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(run_folder, other, dirs_exist_ok=True)
    run(packed, run_folder, CONFIG, SHAPE)
    # Stops in both phases, between validations too.
    for updates in (5, 9, None):
        run(packed, other, CONFIG, SHAPE, stop_after=updates)
    one, two = (torch.load(f / "model.pt", weights_only=False) for f in (run_folder, other))
    assert one["update"] == two["update"] == 24
    assert all(torch.equal(one["model"][name], two["model"][name]) for name in one["model"])
    lines = [json.loads(line) for line in (other / "train.jsonl").read_text().splitlines()]
    assert [line["update"] for line in lines if "ar" in line] == [6, 12, 18, 24]


def test_another_shape_is_refused(packed, run_folder):
    run(packed, run_folder, CONFIG, SHAPE, stop_after=1)
    with pytest.raises(ValueError, match="use another RUN_DIR"):
        run(packed, run_folder, CONFIG, SHAPE | {"width": 32})


def test_another_optimiser_is_refused(packed, run_folder):
    run(packed, run_folder, CONFIG, SHAPE, stop_after=1)
    with pytest.raises(ValueError, match="without Muon: use another RUN_DIR"):
        run(packed, run_folder, replace(CONFIG, muon=True), SHAPE)


def test_features_of_another_data_set_are_refused(packed, run_folder):
    np.save(run_folder / "train.features.npy", np.zeros((31, 36, 32), np.float16))
    with pytest.raises(ValueError, match="31 scenes, the data set of 32"):
        run(packed, run_folder, CONFIG, SHAPE)


@pytest.mark.parametrize("updates", [{"pretrain_updates": 9}, {"pretrain_updates": 0}])
def test_a_feature_that_is_no_number_stops_the_run_and_leaves_the_checkpoint(packed, run_folder, updates):
    config = replace(CONFIG, validate_every=1, batch=32, hard=0, **updates)  # every scene in every batch
    run(packed, run_folder, config, SHAPE, stop_after=1)
    before = (run_folder / "model.pt").read_bytes()
    features = np.load(run_folder / "train.features.npy")
    features[3, 5, 2] = np.nan
    np.save(run_folder / "train.features.npy", features)
    with pytest.raises(FloatingPointError, match="at update 1: lower the rate or look at the data"):
        run(packed, run_folder, config, SHAPE)
    assert (run_folder / "model.pt").read_bytes() == before


def test_a_gradient_that_is_no_number_stops_the_run(packed, run_folder, monkeypatch):
    """A finite loss may have such a gradient: one step with it, and the checkpoint is lost."""
    monkeypatch.setattr("training.train.loss_of", lambda task, model, *_: (model.text.words.weight.sum() * 0).sqrt())
    with pytest.raises(FloatingPointError, match="gradient's length nan at update 0"):
        run(packed, run_folder, CONFIG, SHAPE)


def test_a_loss_that_is_no_number_stops_the_run(packed, run_folder):
    wild = TrainConfig(pretrain_updates=0, finetune_updates=60, batch=12, finetune_rate=1e30, hard=0, clip=1e30)
    with pytest.raises(FloatingPointError, match="lower the rate"):
        run(packed, run_folder, wild, SHAPE)


def test_mined_neighbours_are_others_and_batches_have_no_twins(packed, run_folder):
    run(packed, run_folder, CONFIG, SHAPE, stop_after=1)
    saved = torch.load(run_folder / "model.pt", weights_only=False)
    model = LightningDOT(ModelConfig(**saved["config"]))
    tokenizer = Tokenizer.from_file(str(run_folder / "tokenizer.json"))
    examples = Examples(load(packed, "train"), run_folder / "train.features.npy", tokenizer, 48)
    hard = mine(model, examples, neighbours=5)
    assert hard.shape == (32, 5)
    assert all(i not in row for i, row in enumerate(hard))
    rows = draw_images(np.random.default_rng(0), 32, 12, hard, 0.5)
    assert len(set(rows)) == len(rows) <= 12


def test_each_language_is_trained_and_measured(packed, run_folder):
    config = TrainConfig(pretrain_updates=0, finetune_updates=2, batch=8, hard=0, validate_every=2, languages=("en", "xx"))
    run(packed, run_folder, config, SHAPE)
    last = json.loads((run_folder / "train.jsonl").read_text().splitlines()[-1])
    assert set(last["ars"]) == {"en", "xx"} and last["ar"] == pytest.approx(np.mean(list(last["ars"].values())), abs=0.01)
    scene = load(packed, "train").scenes[0]
    assert texts_of(scene, ("en", "xx"))[:2] == [scene["captions"][0]["raw"], scene["captions"][0]["raw"][::-1]]


@pytest.mark.parametrize("translations", [{"xx": "yes"}, {}, None])
def test_a_missing_translation_is_named(packed, run_folder, translations):
    with pytest.raises(ValueError, match="Scene 7 .* into 'yy'"):
        texts_of({"imgid": 7, "captions": [{"raw": "yes", "translations": translations}]}, ("en", "yy"))
    with pytest.raises(ValueError, match="Scene 0 .* into 'yy'"):
        run(packed, run_folder, TrainConfig(languages=("en", "yy")), SHAPE)


def test_a_run_begins_with_a_packs_weights(packed, run_folder, tmp_path_factory):
    run(packed, run_folder, CONFIG, SHAPE, stop_after=2)
    saved = torch.load(run_folder / "model.pt", weights_only=False)
    model = LightningDOT(ModelConfig(**saved["config"]))
    model.load_state_dict(saved["model"])
    pack, other = tmp_path_factory.mktemp("pack"), tmp_path_factory.mktemp("other")
    save_weights(Stem(32), model, pack)
    shutil.copy(run_folder / "tokenizer.json", pack)
    shutil.copytree(run_folder, other, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.pt", "tokenizer.json"))
    run(packed, other, CONFIG, SHAPE, stop_after=0, init=pack)
    begun = torch.load(other / "model.pt", weights_only=False)["model"]
    assert all(torch.allclose(begun[name], value, atol=1e-3, rtol=1e-3) for name, value in saved["model"].items())


def test_the_rate_warms_up_and_ends_at_nothing():
    assert rate(0, 100, 1.0, 0.1) == pytest.approx(0.1)
    assert rate(9, 100, 1.0, 0.1) == pytest.approx(1.0)
    assert rate(100, 100, 1.0, 0.1) == 0
