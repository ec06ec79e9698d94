import json
import shutil
from dataclasses import asdict

import pytest
import torch

from training.soup import mixed, soup
from training.train import run

from .conftest import SHAPE
from .test_train import CONFIG


def test_a_share_of_each_is_taken():
    one, other = {"a": torch.tensor([0.0, 2.0])}, {"a": torch.tensor([4.0, 2.0])}
    assert mixed(one, other, 0.25)["a"].tolist() == [3.0, 2.0]
    with pytest.raises(ValueError, match="different shapes"):
        mixed(one, {"a": torch.zeros(3)}, 0.5)


def test_the_best_share_on_val_is_written(packed, run_folder, tmp_path_factory):
    later, out = tmp_path_factory.mktemp("later"), tmp_path_factory.mktemp("soup")
    (run_folder / "train.json").write_text(json.dumps(asdict(CONFIG)))
    run(packed, run_folder, CONFIG, SHAPE, stop_after=12)
    shutil.copytree(run_folder, later, dirs_exist_ok=True)
    run(packed, later, CONFIG, SHAPE)
    found = soup(packed, run_folder, later, out, [0.0, 0.5, 1.0])
    saved = torch.load(out / "best.pt", weights_only=True)
    assert saved["ar"] == max(found.values()) and set(found) == {0.0, 0.5, 1.0}
    one, other = (torch.load(f / "best.pt", weights_only=True)["model"] for f in (run_folder, later))
    share = max(found, key=found.get)
    assert torch.allclose(saved["model"]["text.words.weight"], mixed(one, other, share)["text.words.weight"])
    assert (out / "tokenizer.json").exists() and (out / "stem.pt").exists()
