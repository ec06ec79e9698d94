"""The picture of a run: every series is in it, and it is well-formed XML."""

import json
import xml.etree.ElementTree as ElementTree

import pytest

from training.plot import apart, gathered, plot, plot_run, ticks
from training.train import TrainConfig, run

from .conftest import SHAPE


def texts_in(svg: str) -> list[str]:
    return [element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_a_run_is_drawn_from_its_logs(packed, run_folder):
    config = TrainConfig(pretrain_updates=50, finetune_updates=50, batch=8, hard=0, validate_every=50, languages=("en", "xx"))
    run(packed, run_folder, config, SHAPE)
    (run_folder / "train.json").write_text(json.dumps({"pretrain_updates": 50}))
    (run_folder / "stem.jsonl").write_text(json.dumps({"step": 200, "cover": 0.5, "kind": 0.75}))
    found = texts_in(plot_run(run_folder))
    assert {"pre-training", "fine-tuning", "cover 0.5", "kind 75.0"} <= set(found)
    assert any(name.startswith("xx ") for name in found) and any(name.startswith("CMR ") for name in found)


def test_what_was_logged_twice_counts_once_and_what_is_no_number_not_at_all():
    assert gathered([("CMR", 50, 3.0), ("CMR", 100, 2.0), ("CMR", 50, 1.0), ("CMR", 150, float("nan"))]) == {"CMR": [(50, 1.0), (100, 2.0)]}


def test_a_line_that_was_cut_off_is_counted(tmp_path, capsys):
    (tmp_path / "train.jsonl").write_text('{"update": 200, "ar": 12.5}\n{"update": 40')
    assert "AR 12.5" in texts_in(plot_run(tmp_path))
    assert "1 lines left out" in capsys.readouterr().err
    with pytest.raises(FileNotFoundError, match="train first"):
        plot_run(tmp_path / "nothing")


def test_a_name_is_data():
    assert "<b> 1" in texts_in(plot([{"update": 1, "ar": 1, "ars": {"<b>": 1}}], []))


def test_ticks_are_round_and_hold_the_values():
    assert ticks(0, 4400) == [0, 1000, 2000, 3000, 4000, 5000]
    assert ticks(0, 0.9) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert ticks(0, 100) == [0, 20, 40, 60, 80, 100]


def test_names_do_not_cover_each_other():
    assert apart([10, 12, 50], 14, 100) == [10, 24, 50]
    assert apart([95, 99], 14, 100) == [86, 100]
