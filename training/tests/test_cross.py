"""The cross-encoder and its training."""

import json

import numpy as np
import pytest
import torch

from training import train_cross
from training.check_foils import changed
from training.cross_encoder import CrossConfig, CrossEncoder
from training.data import Classes, load
from training.export import CARDS, export
from training.model import LightningDOT, ModelConfig
from training.stem import Stem
from training.tests.conftest import SHAPE
from training.tokenizer import save_tokenizer, train_tokenizer
from training.train import texts_of
from training.weights import load_weights, pack_config

SMALL = {"text_layers": 1, "layers": 2, "width": 64, "heads": 4, "region_width": 24}
C = CrossConfig(text_width=64, region_features=32, **SMALL)


@pytest.fixture
def cross():
    torch.manual_seed(0)
    return CrossEncoder(C).eval()


@torch.no_grad()
def test_a_pair_scores_the_same_alone_and_among_others(cross):
    text, regions = torch.randn(3, 7, 64), torch.randn(4, 36, 24)
    mask = torch.tensor([[1] * 7, [1] * 5 + [0] * 2, [1] * 3 + [0] * 4])
    text_of, image_of = torch.arange(3).repeat_interleave(4), torch.arange(4).repeat(3)
    texts, images = torch.randn(3, 8), torch.randn(4, 8)
    together = cross(text, mask, regions, texts, images, text_of, image_of).view(3, 4)
    for row in range(3):
        length = int(mask[row].sum())
        alone = cross(text[row : row + 1, :length], mask[row : row + 1, :length], regions, texts[row : row + 1], images)
        assert torch.allclose(together[row], alone, atol=1e-5)
    assert together.std() > 1e-3


@torch.no_grad()
def test_tokens_regions_and_places_all_count(cross):
    text, mask, regions = torch.randn(1, 6, 64), torch.ones(1, 6), torch.randn(1, 36, 24)
    nothing = torch.zeros(1, 8), torch.zeros(1, 8)
    score = cross(text, mask, regions, *nothing)
    other = text.clone()
    other[0, 4] += 1
    assert not torch.allclose(cross(other, mask, regions, *nothing), score, atol=1e-6)
    assert not torch.allclose(cross(text, mask, regions.roll(1, dims=1), *nothing), score, atol=1e-6)
    vectors = torch.randn(1, 8), torch.randn(1, 8)
    assert torch.allclose(cross(text, mask, regions, *vectors) - score, (vectors[0] * vectors[1]).sum(-1), atol=1e-4)


@torch.no_grad()
def test_the_late_interaction_is_the_logit_without_its_layers_and_the_dot_score(cross):
    text, mask, regions = torch.randn(6, 7, 64), torch.ones(6, 7, dtype=torch.long), torch.randn(4, 36, 24)
    mask[1, 4:] = 0
    texts, images = torch.zeros(6, 8), torch.zeros(4, 8)
    every, each = cross.late(text, mask, regions, torch.tensor([2, 0, 1]))
    silent = cross.match[3]
    silent.weight.zero_()
    silent.bias.zero_()
    text_of, image_of = torch.arange(6).repeat_interleave(4), torch.arange(4).repeat(6)
    logits = cross(text, mask, regions, texts, images, text_of, image_of).view(6, 4)
    assert torch.allclose(every, logits[:3], atol=1e-4)
    assert torch.allclose(each, logits[[3, 4, 5], [2, 0, 1]], atol=1e-4)


def test_group_loss_by_hand():
    logits = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
    foils, none = torch.tensor([-1.0, 5.0]), torch.zeros(2, 2, dtype=torch.bool)
    foiled = torch.tensor([True, False])
    found = train_cross.group_loss(logits, foils, none, foiled).item()
    log = np.log
    rows = (log(np.exp(2) + 1) - 2 + log(np.exp(1) + np.exp(3)) - 3) / 2
    columns = (log(np.exp(2) + np.exp(1) + np.exp(-1)) - 2 + log(1 + np.exp(3)) - 3) / 2
    soft = lambda x: log(1 + np.exp(x))  # noqa: E731
    told = (soft(-2) + soft(-3)) / 2 + (soft(0) + soft(1) + soft(-1)) / 3
    assert found == pytest.approx(0.5 * (rows + columns) + 0.5 * told, abs=1e-5)
    true = torch.tensor([[False, True], [False, False]])
    assert train_cross.group_loss(logits, foils, true, foiled).item() < found


@pytest.fixture
def pack(packed, tmp_path, run_folder):
    """A pack of untrained encoders over the toy features, with foils that name another side."""
    torch.manual_seed(1)
    data = load(packed, "train")
    tokenizer = train_tokenizer([text for scene in data.scenes for text in texts_of(scene, ("en", "xx"))], 400)
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    model = LightningDOT(ModelConfig(vocabulary=tokenizer.get_vocab_size(), classes=Classes.of(data).count, **SHAPE))
    stem = Stem(32)
    stem.load_state_dict({k[5:]: v for k, v in torch.load(run_folder / "stem.pt")["model"].items()})
    export(stem, model, tmp_path / "tokenizer.json", tmp_path / "pack", CARDS["diorama"])
    return tmp_path / "pack"


def trained(state: dict) -> CrossEncoder:
    cross = CrossEncoder(C).eval()
    cross.load_state_dict(state)
    return cross


def test_it_learns_and_goes_on_where_it_stopped(packed, run_folder, pack):
    torch.set_num_threads(1)
    config = train_cross.CrossTrainConfig(updates=200, late_updates=80, late_groups=3, groups=2, images=6, rate=3e-3, languages=("en", "xx"), validate_every=200)
    train_cross.run(packed, run_folder, config, SMALL, pack)
    lines = [json.loads(line) for line in (run_folder / "cross.jsonl").read_text().splitlines()]
    last = [line for line in lines if "loss" in line][-1]
    assert last["loss"] < 2.1  # untrained: ln(6), and what telling costs, 2.5 together
    assert lines[-1]["cross"][0][0] > lines[-1]["dot"][0][0]
    first = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    for name in ("cross.pt", "cross.jsonl"):
        (run_folder / name).unlink()
    train_cross.run(packed, run_folder, config, SMALL, pack, stop_after=100)
    train_cross.run(packed, run_folder, config, SMALL, pack)
    again = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    assert all(torch.equal(first[k], again[k]) for k in first)
    (run_folder / "cross.pt").unlink()
    export(*load_weights(pack / "weights.safetensors", pack_config(pack)), pack / "tokenizer.json", pack, CARDS["diorama"], trained(first))
    train_cross.run(packed, run_folder, config, SMALL, pack, stop_after=0, further=True)
    further = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    assert all(torch.equal(first[k].half(), further[k].half()) for k in first)
    with pytest.raises(ValueError, match="use another RUN_DIR"):
        train_cross.run(packed, run_folder, config, SMALL | {"layers": 1}, pack)


def test_what_a_foil_changes():
    car, dog = {"kind": "car", "colour": "red", "count": 1}, {"kind": "dog", "colour": "blue", "count": 1}
    claim = {"mentions": [car, dog], "relation": {"subject": 0, "is": "left", "object": 1}}
    assert changed(claim, claim | {"relation": {"subject": 1, "is": "left", "object": 0}}) == "relation"
    assert changed(claim, claim | {"mentions": [car | {"colour": "blue"}, dog | {"colour": "red"}]}) == "colours swapped"
    assert changed(claim, claim | {"mentions": [car | {"colour": "blue"}, dog]}) == "colour"
    assert changed(claim, claim | {"mentions": [car, dog | {"count": 2}]}) == "count"
