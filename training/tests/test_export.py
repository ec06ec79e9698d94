"""What is exported computes what was trained."""

import json

import numpy as np
import onnxruntime
import pytest
import torch

from training.cross_encoder import CrossConfig, CrossEncoder
from training.export import CARDS, export
from training.model import LightningDOT, ModelConfig
from training.stem import SIDE, Stem
from training.tokenizer import encode, save_tokenizer, train_tokenizer
from training.weights import load_cross, load_weights

TEXTS = ["A small red square on the left.", "blue", "ひとつの赤い四角", "🙂"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("export")
    tokenizer = train_tokenizer(TEXTS * 5, 400)
    save_tokenizer(tokenizer, folder / "tokenizer.json")
    config = ModelConfig(vocabulary=tokenizer.get_vocab_size(), width=64, text_layers=1, image_layers=1, dimension=32, region_features=32)
    stem, model = Stem(32).eval(), LightningDOT(config).eval()
    cross = CrossEncoder(CrossConfig(text_width=64, region_features=32, region_width=24, layers=2, width=64)).eval()
    export(stem, model, folder / "tokenizer.json", folder / "pack", CARDS["diorama"], cross)
    return stem, model, tokenizer, folder / "pack"


def ids_of(tokenizer, text: str) -> torch.Tensor:
    ids = torch.from_numpy(encode(tokenizer, [text], 48)).long()
    return ids[:, : int((ids != 0).sum())]


def session(pack, name):
    return onnxruntime.InferenceSession(str(pack / f"onnx/{name if '_' in name else f'{name}_model'}_quantized.onnx"), providers=["CPUExecutionProvider"])


def close(found: np.ndarray, expected: np.ndarray) -> bool:
    """Within what 8-bit weights cost an untrained model: 5 % of a vector's length."""
    return bool((np.linalg.norm(found - expected, axis=-1) <= 0.05 * np.linalg.norm(expected, axis=-1)).all())


@torch.no_grad()
def test_text_encoder_parity(exported):
    _, model, tokenizer, pack = exported
    run = session(pack, "text")
    for text in TEXTS:
        ids = ids_of(tokenizer, text)
        (found,) = run.run(["text_embeds"], {"input_ids": ids.numpy(), "attention_mask": np.ones_like(ids.numpy())})
        assert close(found, model.text.embed(ids, torch.ones_like(ids)).numpy())


@torch.no_grad()
def test_image_encoder_parity(exported):
    stem, model, _, pack = exported
    pixels = torch.randn(3, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    found, hidden = session(pack, "vision").run(["image_embeds", "last_hidden_state"], {"pixel_values": pixels.numpy()})
    assert hidden.shape == (3, 37, 64)
    assert close(found, model.image.embed(stem(pixels)).numpy())


@torch.no_grad()
def test_f16_weights_give_the_model_back(exported):
    stem, model, tokenizer, pack = exported
    again_stem, again = load_weights(pack)
    ids = ids_of(tokenizer, TEXTS[0])
    one, two = (m.text.embed(ids, torch.ones_like(ids)) for m in (model, again))
    assert torch.allclose(one, two, rtol=5e-3, atol=5e-3)
    pixels = torch.randn(1, 3, SIDE, SIDE)
    assert torch.allclose(stem(pixels), again_stem(pixels), rtol=2e-2, atol=2e-2)


@torch.no_grad()
def test_cross_encoder_parity(exported):
    stem, model, tokenizer, pack = exported
    cross = load_cross(pack)
    pixels = torch.randn(3, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    (regions,) = session(pack, "vision").run(["region_embeds"], {"pixel_values": pixels.numpy()})
    features = stem(pixels)
    expected = cross.regions(features, model.image(features)[:, 1:])
    assert regions.shape == (3, 36, 24)
    assert close(regions, expected.numpy())
    for text in TEXTS:
        ids = ids_of(tokenizer, text)
        mask = torch.ones_like(ids)
        states = model.text(ids, mask)
        vectors = model.text.proj(states[:, 0]), model.image.embed(features)
        feeds = {"text_states": states.numpy(), "attention_mask": mask.numpy(), "regions": expected.numpy()}
        feeds |= {"text_embeds": vectors[0].numpy(), "image_embeds": vectors[1].numpy()}
        (found,) = session(pack, "cross_encoder").run(["match_logits"], feeds)
        # Logits are sums over tokens and heads of what 8 bits each blur a little.
        assert np.abs(found - cross(states, mask, expected, *vectors).numpy()).max() < 0.05


def test_the_manifest_names_every_file_with_its_digest(exported):
    *_, pack = exported
    manifest = json.loads((pack / "dotlight.json").read_text())
    assert manifest["dimension"] == 32 and manifest["metric"] == "dot"
    for file, record in manifest["files"].items():
        assert (pack / file).stat().st_size == record["bytes"]
    golden = json.loads((pack / "golden.json").read_text())
    assert len(golden["texts"][0]["vector"]) == 32 and len(golden["image"]["vector"]) == 32
