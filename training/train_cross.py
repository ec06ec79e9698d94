"""Trains the cross-encoder over the frozen encoders of a pack, with negatives mined from their dot product.

    python -m training.train_cross PACKED_DIR RUN_DIR --config training/configs/diorama-cross.json --init PACK_DIR
        [--seconds N] [--further] [--strip training/photos/words.json] [--device cpu|cuda]

RUN_DIR holds the stem's cached features (cache_features.py), unless PACKED_DIR is a set that travelled (travel.py), which has them. It gets cross.pt (run it
again to go on where it stopped) and cross.jsonl (the log). export.py takes cross.pt into the pack. --seconds trains for so long instead of for
the configuration's updates; --further begins with the pack's own cross-encoder.

A batch has groups of images that the dot product confuses, each with a caption; and captions with their foils, the same with one fact changed.
The first part trains the late interaction alone, all captions of a batch with all its images: that is cheap.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from .cross_data import CrossData, drawn
from .cross_encoder import CrossConfig, CrossEncoder
from .cross_losses import late_loss, whole_loss
from .cross_measure import measured, told_apart
from .photo_texts import stripped_words
from .train import log, optimisers_of
from .travel import unpacked
from .weights import load_cross, load_weights, pack_config


@dataclass(frozen=True)
class CrossTrainConfig:
    seed: int = 1
    updates: int = 2000
    groups: int = 4
    images: int = 8  # of a group
    foils: int = 32  # captions with a foil, of a batch
    late_share: float = 0.3  # of the training, the first
    late_groups: int = 8  # that are one batch there
    late_foils: int = 64
    rate: float = 5e-4
    weight_decay: float = 0.01
    clip: float = 5.0
    warm_up: float = 0.05
    validate_every: int = 250
    held_back: int = 500  # scenes, the last of train, whose foils measure what is learnt
    languages: tuple[str, ...] = ("en",)
    first_language: float = 0.4  # share of the groups that are in it whatever is drawn


def rate(part: float, peak: float, warm_up: float) -> float:
    """Linear warm-up, then linear decay to nothing; `part` of the training is done."""
    return peak * max(1e-3, min(part / warm_up, (1 - part) / (1 - warm_up)))


def run(
    packed: Path, out: Path, config: CrossTrainConfig, shape: dict, init: Path, stop_after: int | None = None, device: str = "cpu",
    further: bool = False, features: Path | None = None, seconds: float | None = None, stripped: frozenset[str] = frozenset(),
) -> float:  # fmt: skip
    """Trains to the end, or stops (resumably) after `stop_after` updates. Returns the last loss.

    `features` is the folder of the cached region features, `out` unless it is given. The end is after `seconds`, if given, else after the
    configuration's updates.
    """
    features = features or out
    torch.manual_seed(config.seed)
    torch.set_float32_matmul_precision("high")  # TF32, where a GPU has it
    encoders = pack_config(init)
    model = load_weights(init, encoders)[1].to(device)
    tokenizer = Tokenizer.from_file(str(init / "tokenizer.json"))
    c = CrossConfig(text_width=encoders.width, region_features=encoders.region_features, grid=encoders.grid, **shape)
    cross = CrossEncoder(c)
    if further:
        cross.load_state_dict(load_cross(init).state_dict())
    cross.to(device).train()
    optimisers = optimisers_of(cross, config.rate, config.weight_decay, muon="")
    picker = np.random.default_rng(config.seed)
    update, before = 0, 0.0
    saved = out / "cross.pt"
    if saved.exists():
        state = torch.load(saved, map_location="cpu", weights_only=False)
        if state["config"] != c.as_dict():
            raise ValueError(f"{saved} was trained with {state['config']}, this run wants {c.as_dict()}: use another RUN_DIR.")
        cross.load_state_dict(state["model"])
        for optimiser, its in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(its)
        picker.bit_generator.state = state["picker"]
        update, before = state["update"], state["spent"]
    of = lambda split, languages, chosen, *more: CrossData(model, packed, features, split, tokenizer, languages, device, chosen, *more)  # noqa: E731
    train = of("train", config.languages, slice(None, -config.held_back or None), stripped)
    held = of("train", ("en",), slice(-config.held_back, None)) if config.held_back else None
    val = of("val", ("en",), slice(None))
    value, began, first = torch.tensor(float("nan")), time.time(), update
    spent = lambda: before + time.time() - began  # noqa: E731
    done = lambda: spent() / seconds if seconds else update / config.updates  # noqa: E731

    def checked() -> dict:
        """What the last update gave; asked for now and then only, since a GPU must finish before it can tell."""
        figures = {"loss": round(value.item(), 4), "norm": round(norm.item(), 2)}
        if not np.isfinite(list(figures.values())).all():
            raise FloatingPointError(f"The loss and its gradient's length are {figures} at update {update}; {saved} is from before.")
        return figures

    while (part := done()) < 1 and (stop_after is None or update - first < stop_after):
        late = part < config.late_share
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(part, config.rate, config.warm_up)
        sizes = (config.late_groups, config.images, config.late_foils) if late else (config.groups, config.images, config.foils)
        batch = drawn(model, train, *sizes, config.first_language, picker)
        value = (late_loss if late else whole_loss)(cross, model, train, batch)
        cross.zero_grad()
        value.backward()
        norm = torch.nn.utils.clip_grad_norm_(cross.parameters(), config.clip)
        for optimiser in optimisers:
            optimiser.step()
        update += 1
        if update % 50 == 0:
            pace = (update - first) / (time.time() - began)
            log(out / "cross.jsonl", {"update": update, "late": late, **checked(), "rate": round(pace, 2), "seconds": round(spent())})
        if update % config.validate_every == 0:
            checked()
            line = {"foils": told_apart(cross, model, held, late)} if held else {}
            log(out / "cross.jsonl", {"update": update, **line, **({} if late else measured(cross, model, val)), "seconds": round(spent())})
            save(saved, cross, optimisers, picker, update, spent())
    if done() >= 1:
        foils = {"foils": told_apart(cross, model, held)} if held else {}
        log(out / "cross.jsonl", {"update": update, **foils, **measured(cross, model, val, top=50, sample=None)})
    save(saved, cross, optimisers, picker, update, spent())
    return value.item()


def save(path: Path, cross: CrossEncoder, optimisers, picker, update: int, spent: float) -> None:
    state = {
        "config": cross.config.as_dict(),
        "model": cross.state_dict(),
        "optimisers": [optimiser.state_dict() for optimiser in optimisers],
        "picker": picker.bit_generator.state,
        "update": update,
        "spent": spent,
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--further", action="store_true")
    parser.add_argument("--strip", type=Path)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    config = CrossTrainConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings["train"].items()})
    packed = unpacked(args.packed, args.run)
    features = args.run if packed == args.packed else packed
    run(
        packed, args.run, config, settings["model"], args.init, device=args.device, further=args.further, features=features, seconds=args.seconds,
        stripped=stripped_words(args.strip),
    )
