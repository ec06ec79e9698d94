"""The grid at a budget of a few updates: its rows, that nothing is done twice, and the table."""

import json
from dataclasses import replace

import pytest

from training import ablation
from training.ablation import ROWS, Grid, Row, ablate, at_once, train_row
from training.ablation_table import spread, summary, table
from training.train import TrainConfig

from .conftest import SHAPE

SMALL = SHAPE | {"width": 16, "dimension": 8}


@pytest.fixture
def grid(packed, run_folder) -> Grid:
    return Grid(packed, run_folder, TrainConfig(batch=8, vocabulary=300), SMALL, pretrain_share=0.5, threads=1)


def test_every_row_has_the_same_budget_and_its_own_mix(grid):
    mixes = {row.name: grid.of(row, 1, 10).mix for row in ROWS}
    assert all(sum(mix) == pytest.approx(1) for mix in mixes.values())
    assert mixes["all"] == pytest.approx(grid.config.mix) and mixes["CMR only"] == (1, 0, 0, 0)
    assert mixes["without VMLM"] == pytest.approx([0.44 / 0.72, 0, 0.14 / 0.72, 0.14 / 0.72])
    assert mixes["without SMRM"] == pytest.approx([0.44 / 0.72, 0.28 / 0.72, 0, 0])
    updates = {row.name: (grid.of(row, 1, 11).pretrain_updates, grid.of(row, 1, 11).finetune_updates) for row in ROWS}
    assert updates.pop("no pre-training") == (0, 11) and set(updates.values()) == {(6, 5)}


def test_the_grid_is_trained_once_and_grows_by_seeds(grid, monkeypatch, capsys):
    found = ablate(grid, [1], updates=4, jobs=1)
    assert [row["name"] for row in found["rows"]] == [row.name for row in ROWS]
    assert found["budget"] == {"updates": 4, "pretrain_updates": 2, "finetune_updates": 2} and found["images"] == {"train": 32, "val": 8}
    assert all(0 <= row["ar"]["mean"] <= 100 and row["ar"]["sd"] is None for row in found["rows"])
    assert json.loads(json.dumps(found)) == found
    tokenizers = {path.read_bytes() for path in grid.work.glob("*-1/tokenizer.json")}
    assert len(tokenizers) == 1 and not list(grid.work.glob("*/*.pt"))

    trained = []
    real = ablation.run
    monkeypatch.setattr(ablation, "run", lambda packed, folder, *rest, **more: (trained.append(folder.name), real(packed, folder, *rest, **more)))
    again = ablate(grid, [1, 2], updates=4, jobs=1)
    assert sorted(trained) == sorted(f"{row.name.replace(' ', '-')}-2" for row in ROWS)
    assert [row["seeds"][0] for row in again["rows"]] == [row["seeds"][0] for row in found["rows"]]
    assert "all, seed 2: AR" in capsys.readouterr().out

    with pytest.raises(ValueError, match="begun with updates 4, this grid wants 5"):
        ablate(grid, [1], updates=5, jobs=1)
    with pytest.raises(ValueError, match="begun with train"):
        ablate(replace(grid, config=replace(grid.config, batch=9)), [1], updates=4, jobs=1)


def test_a_run_that_was_cut_off_goes_on(grid):
    ablate(grid, [1], updates=16, jobs=1)
    whole = json.loads((grid.work / "all-1/result.json").read_text())
    (grid.work / "all-1").rename(grid.work / "aside")
    ablation.silently(grid, grid.work / "all-1", grid.of(ROWS[-1], 1, 16), stop_after=10)
    assert train_row(grid, ROWS[-1], 1, 16) == whole
    assert set(whole["ars"]) == {str(update) for update in range(2, 17, 2)}


def test_the_budget_is_timed_and_kept(grid, monkeypatch):
    monkeypatch.setattr(ablation, "TRIAL", 6)
    monkeypatch.setattr(ablation, "ROWS", (Row("all", (True,) * 4),))
    monkeypatch.setattr(ablation, "trial", lambda *_: 0.5)
    found = ablate(grid, [1], seconds=2, jobs=1)
    assert found["budget"]["updates"] == 8  # 2 seconds of two cores on one thread
    assert found["budget"]["trial"]["seconds_an_update"] == 0.5
    assert ablate(grid, [1], seconds=2, jobs=1)["budget"] == found["budget"]
    with pytest.raises(ValueError, match="begun with seconds 2"):
        ablate(grid, [1], seconds=3, jobs=1)
    monkeypatch.undo()
    monkeypatch.setattr(ablation, "TRIAL", 6)
    assert 0 < ablation.trial(grid, 0) < 1 and not (grid.work / "trial-0").exists()


def test_what_fails_in_a_process_of_its_own_is_told():
    with pytest.raises(TypeError, match="bad operand"):
        list(at_once(2, abs, [(-1,), ("one",)]))


def test_the_table_by_hand():
    def result(row: str, seed: int, ar: float) -> dict:
        return {"row": row, "seed": seed, "ar": ar, "ir": {"r1": ar - 10}, "tr": {"r1": ar + 1}, "ars": {}}

    results = [result("all", 2, 54.0), result("all", 1, 50.0), result("CMR only", 1, 47.0), result("CMR only", 2, 49.0)]
    rows = summary(["CMR only", "all"], results, {"CMR only": (1.0, 0, 0, 0)})
    assert rows[0]["ar"] == {"mean": 48, "sd": 1.41} and rows[0]["ir_r1"]["mean"] == 38 and rows[0]["tr_r1"]["mean"] == 49
    assert rows[0]["difference"] == {"mean": -4, "sd": 1.41} and rows[1]["difference"] is None  # -3 and -5, seed by seed
    assert [r["seed"] for r in rows[1]["seeds"]] == [1, 2]
    assert spread([3.0]) == {"mean": 3.0, "sd": None}
    machine = {"cpu": "a CPU", "cores": 2}
    budget = {"updates": 9, "pretrain_updates": 4}
    printed = table({"date": "2026-01-01", "machine": machine, "budget": budget, "images": {"val": 8}, "rows": rows})
    assert "CMR only              48.0 ± 1.4    38.0 ± 1.4    49.0 ± 1.4      -4.0 ± 1.4" in printed
