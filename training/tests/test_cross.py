"""The cross-encoder and its training."""

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from training import cross_data, cross_losses, fit_dot, train_cross
from training.claims import changed
from training.cross_encoder import CrossConfig, CrossEncoder
from training.cross_measure import measured, told_apart
from training.data import Classes, load
from training.export import CARDS, export
from training.model import LightningDOT, ModelConfig
from training.relevance import satisfies
from training.stem import Stem
from training.tests.conftest import COLOURS, SHAPE
from training.tokenizer import save_tokenizer, train_tokenizer
from training.train import texts_of
from training.weights import load_weights

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


def test_the_late_interaction_is_the_logit_without_its_layers_and_the_dot_score(cross):
    text, mask, regions = torch.randn(6, 7, 64), torch.ones(6, 7, dtype=torch.long), torch.randn(4, 36, 24)
    mask[1, 4:] = 0
    texts, images = torch.zeros(6, 8), torch.zeros(4, 8)
    with torch.no_grad():
        every = cross.late_all(text, mask, regions)
        each = cross.late_each(text[:4], mask[:4], regions)
        silent = cross.match[3]
        silent.weight.zero_()
        silent.bias.zero_()
        text_of, image_of = torch.arange(6).repeat_interleave(4), torch.arange(4).repeat(6)
        logits = cross(text, mask, regions, texts, images, text_of, image_of).view(6, 4)
    assert torch.allclose(every, logits, atol=1e-4)
    assert torch.allclose(each, logits.diagonal(), atol=1e-4)


@torch.no_grad()
def test_without_layers_the_late_interaction_and_the_dot_score_are_all_there_is():
    torch.manual_seed(0)
    alone = CrossEncoder(CrossConfig(text_width=64, region_features=32, **SMALL | {"layers": 0})).eval()
    text, mask, regions = torch.randn(1, 7, 64), torch.ones(1, 7, dtype=torch.long), torch.randn(4, 36, 24)
    texts, images = torch.randn(1, 8), torch.randn(4, 8)
    late, dots = alone.late_all(text, mask, regions)[0], (texts @ images.t())[0]
    assert torch.allclose(alone(text, mask, regions, texts, images), late + dots, atol=1e-4)
    assert late.std() > 1e-3
    assert not [name for name, _ in alone.named_parameters() if name.startswith(("neighbours.", "blocks.", "match."))]


@torch.no_grad()
def test_places_and_numbers_of_what_is_found_count(cross):
    """One token asks for one thing, which is where its regions' keys are the token's own."""
    grounding = cross.grounding
    text, mask, regions = torch.randn(1, 1, 64), torch.ones(1, 1), torch.randn(1, 36, 64)

    def found(places: list[int]) -> torch.Tensor:
        cosines = torch.zeros(1, 4, 1, 36)
        cosines[..., places] = 1
        return grounding.found(cosines, torch.ones(1, 4, 36, 1))[1][0, 0, 0]

    grounding.sharpness.fill_(5.0)
    left, right, three = found([12]), found([17]), found([0, 1, 2])
    assert left[:3].tolist() == pytest.approx([-5 / 6, -1 / 6, 1], abs=1e-3) and right[0].item() == pytest.approx(5 / 6, abs=1e-3)
    assert left[3].exp().item() == pytest.approx(2, abs=1e-3) and three[3].exp().item() == pytest.approx(4, abs=1e-3)
    assert left[4:].argmax() == 1 and three[4:].argmax() == 3
    worth = lambda: grounding.each_score(text, mask, regions).item()  # noqa: E731
    before = worth()
    for weights in (grounding.direction, grounding.number):
        weights.bias += 1
        assert worth() != pytest.approx(before, abs=1e-4)
        before = worth()


def test_losses_by_hand():
    logits = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
    none = torch.zeros(1, 2, 2, dtype=torch.bool)
    found = cross_losses.group_loss(logits[None], none).item()
    log, soft = np.log, lambda x: np.log(1 + np.exp(x))
    rows = (log(np.exp(2) + 1) - 2 + log(np.exp(1) + np.exp(3)) - 3) / 2
    columns = (log(np.exp(2) + np.exp(1)) - 2 + log(1 + np.exp(3)) - 3) / 2
    told = (soft(-2) + soft(-3)) / 2 + (soft(0) + soft(1)) / 2
    assert found == pytest.approx(0.5 * (rows + columns) + 0.5 * told, abs=1e-5)
    true = torch.tensor([[[False, True], [False, False]]])
    rows, columns = (0 + log(np.exp(1) + np.exp(3)) - 3) / 2, (log(np.exp(2) + np.exp(1)) - 2 + 0) / 2
    told = (soft(-2) + soft(-3)) / 2 + soft(1)
    assert cross_losses.group_loss(logits[None], true).item() == pytest.approx(0.5 * (rows + columns) + 0.5 * told, abs=1e-5)
    two = cross_losses.group_loss(torch.stack([logits, logits]), torch.cat([none, none]))
    assert two.item() == pytest.approx(found, abs=1e-5)
    foils = cross_losses.foil_loss(torch.tensor([2.0, 0.0]), torch.tensor([-1.0, 1.0])).item()
    assert foils == pytest.approx((soft(-3) + soft(1)) / 2 + 0.25 * (soft(-2) + soft(0) + soft(-1) + soft(1)) / 2, abs=1e-5)


@pytest.fixture
def pack(packed, tmp_path, run_folder):
    """A pack of untrained encoders over the toy features."""
    torch.manual_seed(1)
    data = load(packed, "train")
    tokenizer = train_tokenizer([text for scene in data.scenes for text in texts_of(scene, ("en", "xx"))], 400)
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    model = LightningDOT(ModelConfig(vocabulary=tokenizer.get_vocab_size(), classes=Classes.of(data).count, **SHAPE))
    stem = Stem(32)
    stem.load_state_dict({k[5:]: v for k, v in torch.load(run_folder / "stem.pt")["model"].items()})
    export(stem, model, tmp_path / "tokenizer.json", tmp_path / "pack", CARDS["diorama"])
    return tmp_path / "pack"


@pytest.fixture
def foiled(packed, tmp_path):
    """The toy data, with what each caption claims and a foil of another colour."""
    shutil.copytree(packed, tmp_path / "foiled")
    colours = list(COLOURS)
    for split in ("train", "val"):
        scenes = json.loads((packed / f"{split}.json").read_text())
        for scene in scenes:
            colour = scene["objects"][0]["attributes"][0]
            other = colours[(colours.index(colour) + 1) % len(colours)]
            for caption in scene["captions"]:
                claims = [{"mentions": [{"kind": "square", "colour": name, "count": 1}]} for name in (colour, other)]
                raw = caption["raw"].replace(colour, other)
                caption["proposition"] = claims[0]
                caption["foil"] = {"raw": raw, "translations": {"xx": raw[::-1]}, "proposition": claims[1]}
        (tmp_path / f"foiled/{split}.json").write_text(json.dumps(scenes))
    return tmp_path / "foiled"


def cross_data_of(packed, run_folder, pack, chosen=slice(None)) -> tuple[LightningDOT, cross_data.CrossData]:
    model = load_weights(pack)[1]
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    return model, cross_data.CrossData(model, packed, run_folder, "train", tokenizer, ("en", "xx"), "cpu", chosen)


def test_a_batch_has_groups_in_one_language_and_foils_of_their_own_captions(foiled, run_folder, pack):
    model, data = cross_data_of(foiled, run_folder, pack, slice(4, 20))
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    said = lambda row: tokenizer.decode([t for t in data.ids[row].tolist() if t]).strip()  # noqa: E731
    texts = lambda number: data.scenes[data.image_of[number]]["captions"][number - data.first[data.image_of[number]]]  # noqa: E731
    batch = cross_data.drawn(model, data, 3, 6, 10, 0.4, np.random.default_rng(2))
    assert batch.images.shape == batch.captions.shape == (3, 6) and batch.foils.shape == (10,)
    assert (data.image_of[batch.captions // 2] == batch.images).all()
    assert (batch.captions % 2 == batch.captions[:, :1] % 2).all() and len(set((batch.captions % 2).ravel())) == 2
    for own, foil, image in zip(batch.own, batch.foils, batch.foiled, strict=True):
        caption = texts(own // 2)
        assert caption in data.scenes[image]["captions"]
        of = [(c["raw"] if own % 2 == 0 else c["translations"]["xx"]).lower() for c in (caption, caption["foil"])]
        assert [said(own), said(foil)] == of
    ranking = (model.text.proj(data.states(model, batch.captions[:, 0])[0][:, 0]) @ data.vectors.t()).argsort(dim=1, descending=True)
    for group, near in zip(batch.images, ranking[:, : cross_data.AMONG].tolist(), strict=True):
        assert group[0] not in group[1:5] and set(group[1:5]) <= set(near)
    true = data.also_true(batch.captions, batch.images)
    for group, images, captions in zip(true, batch.images, batch.captions, strict=True):
        for r, c in np.ndindex(6, 6):
            claim = texts(captions[r] // 2)["proposition"]
            assert group[r, c] == (r != c and satisfies(data.scenes[images[c]], claim))


def test_groups_in_a_batch_are_scored_as_alone(foiled, run_folder, pack):
    """Parts by length, and what is shared among pairs, change no score: both losses are those of each pair scored by itself."""
    model, data = cross_data_of(foiled, run_folder, pack)
    torch.manual_seed(5)
    cross = CrossEncoder(C).eval()
    batch = cross_data.drawn(model, data, 2, 4, 6, 0.4, np.random.default_rng(3))

    @torch.no_grad()
    def pair(row: int, image: int, late: bool = False) -> float:
        (text, mask), regions = data.states(model, np.array([row])), data.regions_of(cross, np.array([image]))
        if late:
            return cross.late_each(text, mask, regions).item()
        return cross(text, mask, regions, model.text.proj(text[:, 0]), data.vectors[[image]]).item()

    def expected(captions: np.ndarray, images: np.ndarray, late: bool) -> float:
        logits = torch.tensor([[[pair(row, i, late) for i in seen] for row in rows] for rows, seen in zip(captions, images, strict=True)])
        own, foils = (torch.tensor([pair(row, i, late) for row, i in zip(rows, batch.foiled, strict=True)]) for rows in (batch.own, batch.foils))
        return (cross_losses.group_loss(logits, data.also_true(captions, images)) + cross_losses.foil_loss(own, foils)).item()

    with torch.no_grad():
        whole, late = (loss(cross, model, data, batch).item() for loss in (cross_losses.whole_loss, cross_losses.late_loss))
    assert whole == pytest.approx(expected(batch.captions, batch.images, late=False), abs=1e-4)
    assert late == pytest.approx(expected(batch.captions.reshape(1, -1), batch.images.reshape(1, -1), late=True), abs=1e-4)


def test_views_of_a_scene_are_images_of_it_and_stripped_captions_stay_out(packed, run_folder, pack):
    features = np.load(run_folder / "train.features.npy")
    np.save(run_folder / "train.features.npy", np.concatenate([features, -features]))
    model = load_weights(pack)[1]
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    data = cross_data.CrossData(model, packed, run_folder, "train", tokenizer, ("en",), "cpu", slice(None), frozenset({"red", "on"}))
    assert len(data) == 24 and not any("red" in c["raw"] or " on " in c["raw"] for scene in data.scenes for c in scene["captions"])
    assert len(data.vectors) == 48 and torch.equal(data.features[24:], -data.features[:24])
    batch = cross_data.drawn(model, data, 20, 6, 0, 1.0, np.random.default_rng(2))
    assert (batch.images >= 24).any() and (batch.images < 24).any() and batch.images.max() < 48
    assert (data.image_of[batch.captions] == batch.images % 24).all()
    same = batch.images % 24
    assert torch.equal(data.also_true(batch.captions, batch.images), torch.from_numpy((same[:, :, None] == same[:, None]) & ~np.eye(6, dtype=bool)))


def test_the_dot_score_counts_as_much_as_val_says(packed, run_folder, pack):
    torch.manual_seed(5)
    model, cross = load_weights(pack)[1], CrossEncoder(C)
    torch.save({"config": C.as_dict(), "model": cross.state_dict()}, run_folder / "cross.pt")
    found = fit_dot.fit(packed, run_folder, run_folder, pack, None)
    state = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    chosen = state.pop("dot").item()
    assert all(torch.equal(value, cross.state_dict()[name]) for name, value in state.items())
    assert found[round(chosen, 4)] == max(found.values()) and len(set(found.values())) > 1
    # As much as that weight really gives.
    cross.dot.data.fill_(chosen)
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    val = cross_data.CrossData(model, packed, run_folder, "val", tokenizer, ("en",), "cpu")
    assert measured(cross, model, val, top=50, sample=None)["ar"] == pytest.approx(found[round(chosen, 4)], abs=0.02)


def test_foils_are_drawn_evenly_by_what_they_change():
    data = SimpleNamespace(by_change={"count": np.arange(900), "kind": np.array([1000])})
    drawn = cross_data.drawn_by_change(data, 4000, np.random.default_rng(0))
    assert (drawn == 1000).mean() == pytest.approx(0.25, abs=0.03) and len(set(drawn)) > 850
    assert len(cross_data.drawn_by_change(SimpleNamespace(by_change={}), 8, np.random.default_rng(0))) == 0


def trained(state: dict) -> CrossEncoder:
    cross = CrossEncoder(C).eval()
    cross.load_state_dict(state)
    return cross


def test_it_learns_and_goes_on_where_it_stopped(foiled, run_folder, pack):
    torch.set_num_threads(1)
    packed = foiled
    config = train_cross.CrossTrainConfig(updates=200, late_share=0.4, late_groups=3, groups=2, images=6, foils=8, late_foils=8, rate=3e-3, languages=("en", "xx"), validate_every=100, held_back=4)
    train_cross.run(packed, run_folder, config, SMALL, pack)
    lines = [json.loads(line) for line in (run_folder / "cross.jsonl").read_text().splitlines()]
    last = [line for line in lines if "loss" in line][-1]
    assert last["loss"] < 2.1  # untrained: ln(6), and what telling costs, 2.5 together; and a foil 1
    assert lines[-1]["foils"]["colour"][0] == 8  # of the scenes that were held back
    assert lines[-1]["cross"][0][0] > lines[-1]["dot"][0][0]
    first = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    model, data = cross_data_of(packed, run_folder, pack, slice(None, -4))
    assert told_apart(trained(first), model, data)["colour"][1] > 90
    for name in ("cross.pt", "cross.jsonl"):
        (run_folder / name).unlink()
    train_cross.run(packed, run_folder, config, SMALL, pack, stop_after=100)
    train_cross.run(packed, run_folder, config, SMALL, pack)
    again = torch.load(run_folder / "cross.pt", weights_only=False)["model"]
    assert all(torch.equal(first[k], again[k]) for k in first)
    (run_folder / "cross.pt").unlink()
    export(*load_weights(pack), pack / "tokenizer.json", pack, CARDS["diorama"], trained(first))
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
