"""Two processes (gloo) train as one does with the same batches."""

import json
import os
import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as processes

from training.parallel import World
from training.train import TrainConfig, run

from .conftest import SHAPE

# A batch of an odd number, several captions of an image, mined negatives, all objectives.
CONFIG = TrainConfig(
    pretrain_updates=16, finetune_updates=8, batch=11, captions=2, pretrain_rate=1e-3, finetune_rate=1e-3, validate_every=12, log_every=1,
    mix=(0.4, 0.2, 0.2, 0.2),
)  # fmt: skip


def one_of(rank: int, size: int, port: int, packed: Path, out: Path, config: TrainConfig, stop_after: int | None) -> None:
    os.environ.update(RANK=str(rank), WORLD_SIZE=str(size), MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    torch.set_num_threads(1)
    run(packed, out, config, SHAPE, stop_after=stop_after)
    dist.destroy_process_group()


def run_by(size: int, packed: Path, out: Path, config: TrainConfig = CONFIG, stop_after: int | None = None) -> None:
    if size == 1:
        run(packed, out, config, SHAPE, stop_after=stop_after)
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    processes.spawn(one_of, (size, port, packed, out, config, stop_after), nprocs=size)


def losses(out: Path) -> list[float]:
    return [line["loss"] for line in map(json.loads, (out / "train.jsonl").read_text().splitlines()) if "loss" in line]


def weights(out: Path) -> dict:
    return torch.load(out / "model.pt", weights_only=False)["model"]


def test_two_processes_train_as_one_also_when_it_goes_on_alone(packed, run_folder, tmp_path_factory):
    two, turns = tmp_path_factory.mktemp("two"), tmp_path_factory.mktemp("turns")
    for other in (two, turns):
        shutil.copytree(run_folder, other, dirs_exist_ok=True)
    run_by(1, packed, run_folder)
    run_by(2, packed, two)
    for size, updates in ((2, 9), (1, None)):
        run_by(size, packed, turns, stop_after=updates)
    for other in (two, turns):
        assert losses(other) == pytest.approx(losses(run_folder), abs=1e-5)
        # Adam divides by a gradient's own size: where that is nearly nothing, a last bit moves a weight.
        assert all(torch.allclose(weights(other)[name], value, atol=2e-3) for name, value in weights(run_folder).items())


def test_a_batch_is_shared_out_whole():
    for count in (2, 11, 192):
        parts = [World(rank, 3).part(count) for rank in range(3)]
        assert [row for part in parts for row in range(count)[part]] == list(range(count))


def test_more_processes_than_the_batch_feeds_are_refused(packed, run_folder, monkeypatch):
    monkeypatch.setattr("training.train.started", lambda device: World(0, 8))
    with pytest.raises(ValueError, match="11 images is too small for 8 processes"):
        run(packed, run_folder, replace(CONFIG), SHAPE)
