"""Trains the stem as a region classifier, then caches the region features of every scene.

    python -m training.train_stem PACKED_DIR RUN_DIR [--seconds 1500] [--init PACK_DIR] [--device cpu|cuda]

--init begins with the stem of a pack; with --seconds 0 it is used as it is. RUN_DIR gets stem.pt (with the optimiser: run it again to go on), stem.jsonl (the log) and SPLIT.features.npy (N, R, C) f16.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .data import Classes, Packed, load, stem_targets
from .stem import RegionClassifier, normalised
from .weights import load_weights

BATCH = 64
RATE = 2e-3


def augmented(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Light and contrast only: nothing that a caption speaks of changes."""
    n = len(pictures)
    gain = 1 + 0.25 * (torch.rand(n, 1, 1, 1, generator=generator) - 0.5)
    shift = 0.2 * (torch.rand(n, 1, 1, 1, generator=generator) - 0.5)
    noise = 0.04 * torch.rand(n, 1, 1, 1, generator=generator) * torch.randn(pictures.shape, generator=generator)
    return (pictures * gain + shift + noise).clamp(-1, 1)


def batch(data: Packed, classes: Classes, rows: np.ndarray) -> tuple[Tensor, list[Tensor], Tensor, Tensor]:
    covers, middles = stem_targets(data, classes, rows)
    setting = [classes.settings.index(f"{data.scenes[r]['place']} {data.scenes[r]['time']}") for r in rows]
    pictures = normalised(torch.from_numpy(data.pictures[np.sort(rows)][np.argsort(np.argsort(rows))]))
    return pictures, [torch.from_numpy(cover) for cover in covers], torch.from_numpy(middles), torch.tensor(setting)


def moved(made: tuple, device: str) -> tuple:
    """A batch on the device."""
    pictures, covers, *rest = made
    return pictures.to(device), [cover.to(device) for cover in covers], *(target.to(device) for target in rest)


@torch.no_grad()
def cache(model: RegionClassifier, data: Packed, path: Path, device: str = "cpu") -> None:
    model.eval()
    parts = [
        model.stem(normalised(torch.from_numpy(np.array(data.pictures[i : min(i + 128, len(data))]))).to(device)).half().cpu().numpy()
        for i in range(0, len(data), 128)
    ]
    np.save(path, np.concatenate(parts))


@torch.no_grad()
def validate(model: RegionClassifier, data: Packed, classes: Classes, device: str = "cpu") -> dict[str, float]:
    """Losses, and of the regions half covered by an object the share whose likeliest kind, and each attribute, is that object's."""
    model.eval()
    pictures, covers, middles, setting = moved(batch(data, classes, np.arange(min(500, len(data)))), device)
    losses = {k: round(v.item(), 4) for k, v in model.loss(pictures, covers, middles, setting).items()}
    features = model.stem.raw(pictures)
    right = {}
    for name, head, cover in zip(("kind", "colour", "material", "size"), model.covers, covers, strict=False):
        value, truth = cover[..., :-1].max(-1)
        guess = head(features)[..., :-1].argmax(-1)
        right[name] = round((guess == truth)[value >= 0.5].float().mean().item(), 4)
    return losses | right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--seconds", type=float, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--bf16", action="store_true", help="compute the convolutions in bfloat16 while training")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    train, val = load(args.packed, "train"), load(args.packed, "val")
    classes = Classes.of(train)
    model = RegionClassifier(classes.heads, len(classes.settings)).to(args.device, memory_format=torch.channels_last)
    if args.init:
        model.stem.load_state_dict(load_weights(args.init)[0].state_dict())
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.01)
    generator = torch.Generator().manual_seed(args.seed)
    picker = np.random.default_rng(args.seed)
    args.run.mkdir(parents=True, exist_ok=True)
    saved, spent, step = args.run / "stem.pt", 0.0, 0
    if saved.exists():
        state = torch.load(saved, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        spent, step = state["spent"], state["step"]
    began = time.time() - spent
    while (spent := time.time() - began) < args.seconds:
        part = spent / args.seconds
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * max(0.02, 1 - part)
        model.train()
        pictures, *targets = batch(train, classes, picker.choice(len(train), min(BATCH, len(train)), replace=False))
        with torch.autocast(args.device, torch.bfloat16, enabled=args.bf16):
            losses = model.loss(*moved((augmented(pictures, generator), *targets), args.device))
        loss = sum(losses.values())
        if not torch.isfinite(loss):
            raise FloatingPointError(f"The stem's loss is {loss.item()} at step {step}: lower the rate or look at the data.")
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimiser.step()
        step += 1
        if step % 200 == 0:
            line = {"step": step, "seconds": round(spent), "loss": loss.item()} | validate(model, val, classes, args.device)
            print(json.dumps(line), flush=True)
            with (args.run / "stem.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "spent": spent, "step": step}, saved)
    if not args.init:
        sample = picker.choice(len(train), min(len(train), 2000), replace=False)
        model.stem.standardise(normalised(torch.from_numpy(train.pictures[np.sort(sample)])).to(args.device))
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "spent": spent, "step": step}, saved)
    (args.run / "classes.json").write_text(json.dumps(classes.__dict__))
    for split in ("train", "val", "test"):
        cache(model, load(args.packed, split), args.run / f"{split}.features.npy", args.device)


if __name__ == "__main__":
    main()
