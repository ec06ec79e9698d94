"""Pre-trains the two encoders (CMR, VMLM, MRFR, MRC-kl, one drawn per update), then fine-tunes them with CMR.

    python -m training.train PACKED_DIR RUN_DIR --config training/configs/diorama.json [--init PACK_DIR] [--device cpu|cuda]
    torchrun --nproc-per-node N -m training.train ...

RUN_DIR holds the stem's cached features (train_stem.py). It gets tokenizer.json, model.pt (run it again to go on where it stopped),
best.pt (the highest mean AR of its languages on val) and train.jsonl (the log). --init begins with the tokenizer and the f16 weights of a pack (give the same
to train_stem.py, so that the region features are the pack's). PACKED_DIR may be a set that travelled (travel.py).
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from . import objectives
from .data import Classes, Packed, load, region_classes
from .evaluate import recalls
from .model import LightningDOT, ModelConfig
from .parallel import World, started
from .relevance import also_true
from .travel import unpacked
from .weights import load_weights
from .tokenizer import encode, save_tokenizer, train_tokenizer


@dataclass(frozen=True)
class TrainConfig:
    seed: int = 1
    pretrain_updates: int = 3000
    finetune_updates: int = 3000
    batch: int = 192  # images
    captions: int = 1  # of each image of a CMR batch: an image costs as much as two captions
    pretrain_rate: float = 1e-3
    finetune_rate: float = 4e-4
    weight_decay: float = 0.01
    muon: bool = False  # for the transformers' matrices, at AdamW's rates (its updates have their root mean square); AdamW for the rest
    clip: float = 5.0
    warm_up: float = 0.05  # of each phase's updates
    mix: tuple[float, ...] = (0.44, 0.28, 0.14, 0.14)  # CMR, VMLM, MRFR, MRC-kl
    hard: float = 0.5  # share of a fine-tuning batch that are mined neighbours of the rest; 0 turns mining off
    validate_every: int = 300
    vocabulary: int = 8000
    languages: tuple[str, ...] = ("en",)  # of the captions; "en" is a caption's own text, the others its translations
    log_every: int = 50


def texts_of(scene: dict, languages: tuple[str, ...]) -> list[str]:
    """A scene's captions in these languages. Raises ValueError, naming scene and language, where a translation is missing."""
    try:
        return [c["raw"] if language == "en" else (c["translations"] or {})[language] for c in scene["captions"] for language in languages]
    except KeyError as error:
        raise ValueError(
            f"Scene {scene.get('imgid')} has a caption without its translation into {error}: make the data set with that language, "
            'or leave it out of "languages" in the configuration.'
        ) from None


class Examples:
    """One split in memory: region features (N, R, C) f16, every caption's token ids, and each caption's image."""

    def __init__(
        self, data: Packed, features: Path, tokenizer: Tokenizer, max_tokens: int, languages: tuple[str, ...] = ("en",), device: str = "cpu"
    ):
        self.data, self.device = data, device  # batches go to the device, everything else stays
        self.features = torch.from_numpy(np.load(features, mmap_mode="c"))
        if len(self.features) != len(data):
            raise ValueError(f"{features} is of {len(self.features)} scenes, the data set of {len(data)}: cache them again (train_stem.py).")
        texts = [texts_of(scene, languages) for scene in data.scenes]
        self.ids = torch.from_numpy(encode(tokenizer, [text for each in texts for text in each], max_tokens))
        self.image_of = np.repeat(np.arange(len(data)), [len(each) for each in texts])
        self.propositions = [c.get("proposition") for scene in data.scenes for c in scene["captions"] for _ in languages]
        self.first = np.searchsorted(self.image_of, np.arange(len(data) + 1))

    def texts(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        """ids and mask (n, T), T the longest of these."""
        ids = self.ids[torch.from_numpy(rows)].long()
        ids = ids[:, : int((ids != objectives.PAD).sum(1).max())]
        ids = ids.to(self.device)
        return ids, (ids != objectives.PAD).long()

    def images(self, rows: np.ndarray) -> Tensor:
        return self.features[torch.from_numpy(rows)].to(self.device).float()  # (n, R, C)


@torch.no_grad()
def vectors(model: LightningDOT, examples: Examples, batch: int = 500) -> tuple[Tensor, Tensor]:
    """Text vectors (captions, D) and image vectors (N, D) of a whole split."""
    model.eval()
    n = len(examples.ids)
    texts = [model.text.embed(*examples.texts(np.arange(i, min(i + batch, n)))) for i in range(0, n, batch)]
    n = len(examples.data)
    images = [model.image.embed(examples.images(np.arange(i, min(i + batch, n)))) for i in range(0, n, batch)]
    model.train()
    return torch.cat(texts), torch.cat(images)


def evaluate(model: LightningDOT, examples: Examples) -> dict:
    texts, images = vectors(model, examples)
    return recalls((texts @ images.t()).cpu().numpy(), examples.image_of)


@torch.no_grad()
def mine(model: LightningDOT, examples: Examples, neighbours: int = 12) -> np.ndarray:
    """For every image the images that the current model takes for its nearest, itself left out: (N, neighbours)."""
    model.eval()
    n = len(examples.data)
    images = torch.cat([model.image.embed(examples.images(np.arange(i, min(i + 500, n)))) for i in range(0, n, 500)])
    model.train()
    images = torch.nn.functional.normalize(images - images.mean(0), dim=1)
    found = []
    for i in range(0, n, 500):
        scores = images[i : i + 500] @ images.t()
        scores[torch.arange(len(scores)), torch.arange(i, i + len(scores))] = -2
        found.append(scores.topk(min(neighbours, n - 1), dim=1).indices)
    return torch.cat(found).cpu().numpy()


def draw_images(picker: np.random.Generator, n: int, size: int, hard: np.ndarray | None, share: float) -> np.ndarray:
    """A batch of different images: random seeds, and for each some of its mined neighbours."""
    if hard is None:
        return picker.choice(n, min(size, n), replace=False)
    seeds = picker.choice(n, min(int(size * (1 - share)), n), replace=False)
    each = picker.permuted(hard[seeds], axis=1)[:, : max(1, round(share / (1 - share)))]
    batch = np.unique(np.concatenate([seeds, each.ravel()]))
    return picker.permutation(batch)[:size]


LEAST_SIDE = 16


def optimisers_of(model: nn.Module, peak: float, weight_decay: float, muon: str | None) -> list[torch.optim.Optimizer]:
    """AdamW; the matrices whose names hold `muon`, of at least LEAST_SIDE rows and columns, have Muon instead."""
    inner = [p for n, p in model.named_parameters() if muon is not None and muon in n and p.ndim == 2 and min(p.shape) >= LEAST_SIDE]
    chosen = {id(p) for p in inner}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    adamw = torch.optim.AdamW(rest, peak, betas=(0.9, 0.98), weight_decay=weight_decay)
    if not inner:
        return [adamw]
    return [adamw, torch.optim.Muon(inner, peak, weight_decay, adjust_lr_fn="match_rms_adamw")]


def rate(update: int, total: int, peak: float, warm_up: float) -> float:
    """Linear warm-up, then linear decay to nothing."""
    warm = max(1, int(total * warm_up))
    return peak * min((update + 1) / warm, max(0.0, (total - update) / (total - warm)))


def embed_texts(model: LightningDOT, examples: Examples, rows: np.ndarray, parts: int = 4) -> Tensor:
    """Vectors (n, D) of captions, computed in parts of like length: padding to the longest of all would nearly double the work."""
    order = np.argsort((examples.ids[torch.from_numpy(rows)] != objectives.PAD).sum(1).numpy(), kind="stable")
    vectors = torch.cat([model.text.embed(*examples.texts(rows[part])) for part in np.array_split(order, min(parts, len(rows)))])
    return vectors[torch.from_numpy(np.argsort(order, kind="stable"))]


def cmr_loss(model: LightningDOT, examples: Examples, rows: np.ndarray, count: int, picker, world: World) -> Tensor:
    """CMR of the images with `count` captions of each, one set of captions after the other against the same image vectors."""
    captions = [picker.integers(examples.first[rows], examples.first[rows + 1]) for _ in range(count)]
    part = world.part(len(rows))
    own = embed_texts(model, examples, np.concatenate([each[part] for each in captions])).chunk(count)  # (B / processes, D) each
    texts = [world.gathered(each, len(rows)) for each in own]  # (B, D) each
    images = world.gathered(model.image.embed(examples.images(rows[part])), len(rows))  # (B, D)
    scenes = [examples.data.scenes[row] for row in rows]
    losses = []
    for each, vectors in zip(captions, texts, strict=True):
        ids = examples.ids[torch.from_numpy(each)]
        # A caption that is true of another picture of the batch, or is worded as another's, has no negative there.
        same = (ids[:, None] == ids[None]).all(-1) & ~torch.eye(len(ids), dtype=torch.bool)
        same |= torch.from_numpy(also_true(scenes, [examples.propositions[caption] for caption in each]))
        losses.append(objectives.cmr(vectors, images, same.to(images.device)))
    return sum(losses) / count


def loss_of(
    task: int, model: LightningDOT, examples: Examples, rows: np.ndarray, config: TrainConfig, classes: Classes, picker, generator, world: World
) -> Tensor:
    """The objective number `task` of the mix: CMR, VMLM, MRFR, MRC-kl. The processes' mean is the batch's loss."""
    if task == 0:
        return cmr_loss(model, examples, rows, config.captions, picker, world)
    ids, mask = examples.texts(picker.integers(examples.first[rows], examples.first[rows + 1]))
    part = world.part(len(rows))
    features = examples.images(rows[part])
    if task == 1:
        loss = objectives.vmlm(model, ids, mask, features, generator, part)
    elif task == 2:
        loss = objectives.mrfr(model, ids, mask, features, generator, part=part)
    else:
        soft = torch.from_numpy(region_classes(examples.data, classes, rows[part])).to(features.device)
        loss = objectives.mrc_kl(model, ids, mask, features, soft, generator, part)
    return loss * world.size


class Step(nn.Module):
    """A batch's loss as one module's output, which is what DistributedDataParallel wraps."""

    def __init__(self, model: LightningDOT):
        super().__init__()
        self.model = model

    def forward(self, task: int, *batch) -> Tensor:
        return loss_of(task, self.model, *batch)


def run(
    packed: Path, out: Path, config: TrainConfig, shape: dict, stop_after: int | None = None, init: Path | None = None,
    features: Path | None = None, device: str = "cpu",
) -> float:
    """Trains to the end, or stops (resumably) after `stop_after` updates; begins with the pack `init`. Returns the last loss.

    `features` is the folder of the cached region features, `out` unless it is given.
    """
    features, world = features or out, started(device)
    if config.batch < 2 * world.size:
        raise ValueError(f"A batch of {config.batch} images is too small for {world.size} processes.")
    torch.manual_seed(config.seed)
    train_data, val_data = load(packed, "train"), load(packed, "val")
    classes = Classes.of(train_data)
    if init and not (out / "tokenizer.json").exists() and world.first:
        (out / "tokenizer.json").write_bytes((init / "tokenizer.json").read_bytes())
    if not (out / "tokenizer.json").exists() and world.first:
        captions = [text for scene in train_data.scenes for text in texts_of(scene, config.languages)]
        save_tokenizer(train_tokenizer(captions, config.vocabulary), out / "tokenizer.json")
    tokenizer = Tokenizer.from_str(world.same((out / "tokenizer.json").read_text("utf-8") if world.first else ""))
    c = ModelConfig(vocabulary=tokenizer.get_vocab_size(), classes=classes.count, **shape)
    train = Examples(train_data, features / "train.features.npy", tokenizer, c.max_tokens, config.languages, device)
    # One language at a time: the gallery is searched in one.
    vals = {code: Examples(val_data, features / "val.features.npy", tokenizer, c.max_tokens, (code,), device) for code in config.languages}
    model = (load_weights(init, c)[1].train() if init else LightningDOT(c)).to(device)
    optimisers = optimisers_of(model, config.pretrain_rate, config.weight_decay, "blocks." if config.muon else None)
    step = world.wrapped(Step(model), device)
    generator = torch.Generator().manual_seed(config.seed)
    picker = np.random.default_rng(config.seed)
    update, best, hard = 0, -1.0, None
    if (out / "model.pt").exists():
        state = torch.load(out / "model.pt", map_location="cpu", weights_only=False)
        if state["config"] != c.as_dict():
            raise ValueError(f"{out / 'model.pt'} was trained with {state['config']}, this run wants {c.as_dict()}: use another RUN_DIR.")
        model.load_state_dict(state["model"])
        if len(state["optimisers"]) != len(optimisers):
            raise ValueError(f"{out / 'model.pt'} was trained {'with' if len(optimisers) < 2 else 'without'} Muon: use another RUN_DIR.")
        for optimiser, its in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(its)
        generator.set_state(state["generator"])
        picker.bit_generator.state = state["picker"]
        torch.set_rng_state(state["torch"])
        update, best, hard = state["update"], state["best"], state["hard"]
    if not world.first:
        torch.manual_seed(config.seed + 1000 * world.rank + update)  # what is dropped out differs from process to process
    total = config.pretrain_updates + config.finetune_updates
    value, began, first = float("nan"), time.time(), update
    while update < total and (stop_after is None or update - first < stop_after):
        tuning = update >= config.pretrain_updates
        phase = (update - config.pretrain_updates, config.finetune_updates) if tuning else (update, config.pretrain_updates)
        peak = config.finetune_rate if tuning else config.pretrain_rate
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(*phase, peak, config.warm_up)
        if tuning and config.hard > 0 and (phase[0] % max(1, len(train.data) // config.batch) == 0 or hard is None):
            hard = world.same(mine(model, train) if world.first else None)
        rows = draw_images(picker, len(train.data), config.batch, hard if tuning else None, config.hard)
        task = 0 if tuning else int(picker.choice(4, p=config.mix))
        loss = step(task, train, rows, config, classes, picker, generator, world)
        value = world.mean(loss)
        model.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), config.clip).item()
        if not np.isfinite([value, norm]).all():
            raise FloatingPointError(
                f"The loss is {value} and its gradient's length {norm} at update {update}: lower the rate or look at the data; "
                f"{out / 'model.pt'} is from before."
            )
        for optimiser in optimisers:
            optimiser.step()
        update += 1
        if not world.first:
            continue
        if update % config.log_every == 0:
            log(out / "train.jsonl", {"update": update, "task": task, "loss": round(value, 6), "rate": round((update - first) / (time.time() - began), 2)})
        if update % config.validate_every == 0 or update == total:
            ars = {code: round(evaluate(model, val)["ar"], 2) for code, val in vals.items()}
            ar = float(np.mean(list(ars.values())))
            log(out / "train.jsonl", {"update": update, "ar": round(ar, 2), "ars": ars, "seconds": round(time.time() - began)})
            if ar > best:
                best = ar
                torch.save({"config": c.as_dict(), "model": model.state_dict(), "ar": best, "update": update}, out / "best.pt")
            save(out, c, model, optimisers, generator, picker, update, best, hard)
    if world.first:
        save(out, c, model, optimisers, generator, picker, update, best, hard)
    return value


def save(out: Path, c: ModelConfig, model, optimisers, generator, picker, update: int, best: float, hard) -> None:
    state = {
        "config": c.as_dict(),
        "model": model.state_dict(),
        "optimisers": [optimiser.state_dict() for optimiser in optimisers],
        "generator": generator.get_state(),
        "picker": picker.bit_generator.state,
        "torch": torch.get_rng_state(),
        "update": update,
        "best": best,
        "hard": hard,
    }
    torch.save(state, out / "model.pt.part")
    (out / "model.pt.part").replace(out / "model.pt")


def log(path: Path, line: dict) -> None:
    print(json.dumps(line), flush=True)
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    config = TrainConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings["train"].items()})
    packed = unpacked(args.packed, args.run)
    features = args.run if packed == args.packed else packed
    if started(args.device).first:
        (args.run / "train.json").write_text(json.dumps(asdict(config)))
    run(packed, args.run, config, settings["model"], init=args.init, features=features, device=args.device)
