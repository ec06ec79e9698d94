"""The paper's ablation grid at one small fixed budget: which of the pre-training objectives help.

    python -m training.ablation PACKED_DIR RUN_DIR --out training/results/ablation.json
        [--config training/configs/ablation.json] [--seconds 600 | --updates N] [--seeds 1,2,3] [--threads 1] [--jobs 2]

RUN_DIR holds the stem's cached features (train_stem.py). Every row and seed is trained for the same number of updates over the same English
captions with the same tokenizer, and measured on val after the last one. How many updates is found once by a timed trial, so that a run
takes about --seconds of two cores (one thread takes twice as long), or is given with --updates. RUN_DIR/ablation keeps what is done: a
grid that was cut off goes on where it was. --jobs runs go on at once, of --threads each; one thread each wastes least.
"""

import argparse
import contextlib
import json
import multiprocessing.connection
import os
import platform
import shutil
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .ablation_table import summary, table
from .data import load
from .model import LightningDOT, ModelConfig
from .tokenizer import save_tokenizer, train_tokenizer
from .train import Examples, TrainConfig, evaluate, run, texts_of

CORES = 2  # of which a run takes --seconds
TRIAL = 120  # updates timed to find the budget
CHECKPOINTS = 8  # of each run
OF_EACH_RUN = ("seed", "pretrain_updates", "finetune_updates", "validate_every")  # of the configuration, set by Grid.of


@dataclass(frozen=True)
class Row:
    """One line of the table: what is drawn while pre-training."""

    name: str
    objectives: tuple[bool, bool, bool, bool] | None  # CMR, VMLM, MRFR, MRC-kl; None: no pre-training

    def mix(self, full: tuple[float, ...]) -> tuple[float, ...]:
        """The full mix without what is left out, its proportions kept."""
        kept = [share if on else 0.0 for share, on in zip(full, self.objectives or (True,) * 4, strict=True)]
        return tuple(share / sum(kept) for share in kept)


ROWS = (
    Row("no pre-training", None),
    Row("CMR only", (True, False, False, False)),
    Row("without VMLM", (True, False, True, True)),
    Row("without SMRM", (True, True, False, False)),
    Row("all", (True, True, True, True)),
)


@dataclass(frozen=True)
class Grid:
    """Where the data are, and what every run of the grid has in common."""

    packed: Path
    features: Path  # the RUN_DIR
    config: TrainConfig
    shape: dict
    pretrain_share: float
    threads: int

    @property
    def work(self) -> Path:
        return self.features / "ablation"

    def of(self, row: Row, seed: int, updates: int) -> TrainConfig:
        """A run's configuration. The budget is the updates of both phases: without pre-training all of it is fine-tuning."""
        first = round(self.pretrain_share * updates) if row.objectives else 0
        every = max(1, -(-updates // CHECKPOINTS))
        mix = row.mix(self.config.mix)
        return replace(self.config, seed=seed, mix=mix, pretrain_updates=first, finetune_updates=updates - first, validate_every=every)


def silently(grid: Grid, folder: Path, config: TrainConfig, stop_after: int | None = None) -> None:
    """train.run in a folder of its own with the grid's tokenizer; its log goes to the folder only."""
    torch.set_num_threads(grid.threads)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "tokenizer.json").exists():
        shutil.copy(grid.work / "tokenizer.json", folder)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        run(grid.packed, folder, config, grid.shape, stop_after=stop_after, features=grid.features)


def trial(grid: Grid, number: int) -> float:
    """Seconds an update takes, both phases in their proportion. A run of no update is timed first: what it takes is loading."""
    folder = grid.work / f"trial-{number}"
    shutil.rmtree(folder, ignore_errors=True)
    config = grid.of(ROWS[-1], 1, TRIAL + 1)  # one more than is done, so that nothing is evaluated
    config = replace(config, validate_every=TRIAL + 1)
    times = [time.time()]
    for updates in (0, TRIAL):
        silently(grid, folder, config, stop_after=updates)
        times.append(time.time())
    shutil.rmtree(folder)
    return max(1e-3, (times[2] - times[1]) - (times[1] - times[0])) / TRIAL


def train_row(grid: Grid, row: Row, seed: int, updates: int) -> dict:
    """Trains and measures one row with one seed, or reads what was found before: {row, seed, ar, ir, tr, ars by update}."""
    folder = grid.work / f"{row.name.replace(' ', '-')}-{seed}"
    done = folder / "result.json"
    if done.exists():
        return json.loads(done.read_text())
    silently(grid, folder, grid.of(row, seed, updates))
    state = torch.load(folder / "model.pt", map_location="cpu", weights_only=False)
    model = LightningDOT(ModelConfig(**state["config"]))
    model.load_state_dict(state["model"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    val = Examples(load(grid.packed, "val"), grid.features / "val.features.npy", tokenizer, model.config.max_tokens)
    lines = [json.loads(line) for line in (folder / "train.jsonl").read_text().splitlines()]
    ars = {line["update"]: line["ar"] for line in lines if "ar" in line}
    result = {"row": row.name, "seed": seed, **evaluate(model, val), "ars": ars}
    done.with_suffix(".part").write_text(json.dumps(result))
    done.with_suffix(".part").replace(done)
    for name in ("model.pt", "best.pt"):
        (folder / name).unlink(missing_ok=True)
    return json.loads(done.read_text())


def prepare(grid: Grid, wanted: dict) -> dict:
    """Makes the folder of the grid, with its tokenizer; returns what it was begun with. Raises ValueError if that is not `wanted`.

    What is None in `wanted` may be anything.
    """
    train = load(grid.packed, "train")
    wanted = wanted | {"images": {"train": len(train), "val": len(load(grid.packed, "val"))}}
    grid.work.mkdir(parents=True, exist_ok=True)
    begun = grid.work / "grid.json"
    if begun.exists():
        settings = json.loads(begun.read_text())
        for key, value in wanted.items():
            if value is not None and settings[key] != value:
                raise ValueError(
                    f"{grid.work} was begun with {key} {settings[key]}, this grid wants {value}: rows of two would not compare. "
                    "Ask for the same, or remove that folder."
                )
        return settings
    texts = [text for scene in train.scenes for text in texts_of(scene, grid.config.languages)]
    save_tokenizer(train_tokenizer(texts, grid.config.vocabulary), grid.work / "tokenizer.json")
    return wanted


def end_with_parent() -> None:
    """A worker whose parent was killed would train on, beside the workers of the grid that is started again."""

    def watch() -> None:
        multiprocessing.connection.wait([multiprocessing.parent_process().sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def at_once(jobs: int, task, arguments: list[tuple]):
    """Yields task(*each) as they are done, `jobs` at a time, each in a process of its own; one job stays in this one."""
    if jobs == 1:
        yield from (task(*each) for each in arguments)
        return
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), end_with_parent) as pool:
        futures = [pool.submit(task, *each) for each in arguments]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise


def ablate(grid: Grid, seeds: list[int], seconds: float = 600, updates: int | None = None, jobs: int = 2) -> dict:
    """The whole grid; returns what ablation.json holds."""
    wanted = {
        "train": json.loads(json.dumps({key: value for key, value in asdict(grid.config).items() if key not in OF_EACH_RUN})),
        "model": grid.shape,
        "pretrain_share": grid.pretrain_share,
        "updates": updates,
        "seconds": seconds if updates is None else None,
    }
    budget = prepare(grid, wanted)
    if budget["updates"] is None:
        print(f"timing {TRIAL} updates …", flush=True)
        each = list(at_once(jobs, trial, [(grid, number) for number in range(jobs)]))
        mean = sum(each) / len(each)
        budget["updates"] = max(1, round(seconds * CORES / grid.threads / mean))
        budget["trial"] = {"cores": CORES, "threads": grid.threads, "seconds": seconds, "seconds_an_update": round(mean, 4)}
    (grid.work / "grid.json").write_text(json.dumps(budget))
    count = budget["updates"]
    print(f"{len(ROWS)} rows, {len(seeds)} seeds, {count} updates each", flush=True)
    results = []
    # All rows of a seed before the next: a grid that is cut off has whole tables.
    for result in at_once(jobs, train_row, [(grid, row, seed, count) for seed in seeds for row in ROWS]):
        print(f"{result['row']}, seed {result['seed']}: AR {result['ar']:.1f}", flush=True)
        results.append(result)
    first = grid.of(ROWS[-1], 1, count)
    return {
        "date": date.today().isoformat(),
        "machine": {"cpu": processor(), "cores": os.cpu_count(), "jobs": jobs, "threads": grid.threads},
        "budget": {
            "updates": count,
            "pretrain_updates": first.pretrain_updates,
            "finetune_updates": first.finetune_updates,
            **({"trial": budget["trial"]} if "trial" in budget else {}),
        },
        "config": {key: budget[key] for key in ("model", "train", "pretrain_share")},
        "images": budget["images"],
        "rows": summary([row.name for row in ROWS], results, {row.name: row.mix(grid.config.mix) for row in ROWS if row.objectives}),
    }


def processor() -> str:
    """The CPU's name."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "configs/ablation.json")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--updates", type=int)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    config = TrainConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings["train"].items()})
    grid = Grid(args.packed, args.run, config, settings["model"], settings["pretrain_share"], args.threads)
    found = ablate(grid, args.seeds, args.seconds, args.updates, args.jobs)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(found, indent=2) + "\n")
    print(f"\n{table(found)}\n\n{args.out}")


if __name__ == "__main__":
    main()
