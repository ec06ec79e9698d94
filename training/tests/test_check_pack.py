import numpy as np
import torch

from training.check_pack import check
from training.export import CARDS, export
from training.model import LightningDOT, ModelConfig
from training.stem import Stem
from training.tokenizer import save_tokenizer, train_tokenizer


def test_a_packs_8_bit_encoders_are_measured_beside_the_float_model(packed, tmp_path):
    torch.manual_seed(0)
    tokenizer = train_tokenizer(["a small red square on the left", "a large blue one"] * 5, 400)
    save_tokenizer(tokenizer, tmp_path / "tokenizer.json")
    config = ModelConfig(vocabulary=tokenizer.get_vocab_size(), width=64, text_layers=1, image_layers=1, dimension=32, region_features=32)
    export(Stem(32).eval(), LightningDOT(config).eval(), tmp_path / "tokenizer.json", tmp_path / "pack", CARDS["diorama"])
    found = check(packed, tmp_path / "pack", "val")
    assert set(found) == {"float", "8 bit"} and all(0 <= ar <= 100 for ar in found.values())
    # The same model, but for 8 bits: an encoder that reads something else would rank like chance.
    assert np.abs(found["float"] - found["8 bit"]) < 20
