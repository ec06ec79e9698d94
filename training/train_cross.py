"""Trains the cross-encoder over the frozen encoders of a pack, with negatives mined from their dot product.

    python -m training.train_cross PACKED_DIR RUN_DIR --config training/configs/diorama-cross.json --init PACK_DIR [--further] [--device cpu|cuda]

--further begins with the pack's own cross-encoder. RUN_DIR holds the stem's cached features (train_stem.py --init PACK_DIR --seconds 0). It gets cross.pt (run it again to go on where it
stopped) and cross.jsonl (the log). export.py takes cross.pt into the pack.

A batch has groups of images that the dot product confuses: one caption's own image and others from the top of its ranking, each with a
caption. Every caption of a group is scored with every image of it; and each image with its caption's foil, the same with one fact changed.
The first updates train the late interaction alone, all of a larger batch's captions with all of its images: that is cheap.
"""

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from .cross_encoder import CrossConfig, CrossEncoder
from .data import load
from .model import LightningDOT
from .objectives import PAD
from .relevance import satisfies
from .tokenizer import encode
from .train import Examples, log, optimisers_of, rate
from .weights import load_cross, load_weights, pack_config

AMONG = 24  # negatives are drawn from so many of a caption's ranking
EASY = 1  # images of a group that are drawn from all
TOP = 20  # re-ranked when measuring while training
SAMPLE = 400  # captions, and images, that are measured
PARTS = 4  # by length: padding to the longest text of a batch would double the work


@dataclass(frozen=True)
class CrossTrainConfig:
    seed: int = 1
    updates: int = 2000
    groups: int = 4
    images: int = 8  # of a group
    late_updates: int = 1000  # of the updates, the first
    late_groups: int = 8  # that are one batch there
    rate: float = 5e-4
    weight_decay: float = 0.01
    clip: float = 5.0
    warm_up: float = 0.05
    validate_every: int = 250
    languages: tuple[str, ...] = ("en",)
    first_language: float = 0.4  # share of the groups that are in it whatever is drawn


@dataclass
class Encoded:
    """A split through the frozen encoders; N images, R regions, D dimension."""

    examples: Examples
    foils: Tensor | None  # (captions, T) ids as examples.ids, zeros where a caption has none
    hidden: Tensor  # (N, R, H) f16
    vectors: Tensor  # (N, D)

    def regions_of(self, cross: CrossEncoder, rows: np.ndarray) -> Tensor:
        return cross.regions(self.examples.images(rows), self.hidden[torch.from_numpy(rows)].to(self.examples.device).float())  # (n, R, K)


@torch.no_grad()
def encoded(model: LightningDOT, packed: Path, features: Path, split: str, tokenizer: Tokenizer, languages, device: str) -> Encoded:
    data = load(packed, split)
    examples = Examples(data, features / f"{split}.features.npy", tokenizer, model.config.max_tokens, languages, device)
    foils = None
    if any(c.get("foil") for scene in data.scenes for c in scene["captions"]):
        said = lambda foil, code: foil["raw"] if code == "en" else foil["translations"][code]  # noqa: E731
        texts = [said(c["foil"], code) if c.get("foil") else "" for scene in data.scenes for c in scene["captions"] for code in languages]
        foils = torch.from_numpy(encode(tokenizer, texts, model.config.max_tokens))
        foils[[i for i, text in enumerate(texts) if not text]] = PAD
    hidden, vectors = [], []
    for start in range(0, len(data), 500):
        rows = np.arange(start, min(start + 500, len(data)))
        states = model.image(examples.images(rows))  # (n, 1 + R, H)
        hidden.append(states[:, 1:].half().cpu())
        vectors.append(model.image.proj(states[:, 0]))
    return Encoded(examples, foils, torch.cat(hidden), torch.cat(vectors))


def padded(ids: Tensor, device: str) -> tuple[Tensor, Tensor]:
    """ids and mask (n, T), T the longest of these."""
    ids = ids[:, : int((ids != PAD).sum(1).max())].long().to(device)
    return ids, (ids != PAD).long()


def drawn(
    model: LightningDOT, data: Encoded, config: CrossTrainConfig, groups: int, picker: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Groups of images, and a caption of each: two (groups, images) arrays. All of a group's captions are in one language."""
    examples, languages = data.examples, len(config.languages)
    caption = lambda image, code: examples.first[image] + languages * picker.integers((examples.first[image + 1] - examples.first[image]) // languages) + code  # noqa: E731
    seeds = picker.integers(len(examples.data), size=groups)
    codes = np.where(picker.random(groups) < config.first_language, 0, picker.integers(languages, size=groups))
    asked = np.array([caption(image, code) for image, code in zip(seeds, codes, strict=True)])
    ranking = (model.text.embed(*examples.texts(asked)) @ data.vectors.t()).topk(min(AMONG, len(examples.data)), dim=1).indices.cpu().numpy()
    chosen = []
    for seed, near in zip(seeds, ranking, strict=True):
        hard = picker.permutation(near[near != seed])[: config.images - 1 - EASY]
        others = picker.permutation(len(examples.data))[: config.images + len(hard) + 1]
        fill = [image for image in others if image != seed and image not in hard][: config.images - 1 - len(hard)]
        chosen.append([seed, *hard, *fill])
    images = np.array(chosen)
    captions = np.array([[caption(image, code) for image in group] for group, code in zip(images, codes, strict=True)])
    captions[:, 0] = asked
    return images, captions


def group_loss(logits: Tensor, foils: Tensor, true: Tensor, foiled: Tensor) -> Tensor:
    """logits (n, n) of n captions with n images; foils (n), of each image with the foil of its caption, where it has one (foiled, bool).

    true (n, n) bool: captions that are true of an image not their own, neither right nor wrong. Every caption must find its image, every
    image its caption and not the foil, and the logit must tell by itself whether a pair matches.
    """
    gold = torch.arange(len(logits), device=logits.device)
    listed = logits.masked_fill(true, -1e4)
    against = torch.cat([listed.t(), foils.masked_fill(~foiled, -1e4)[:, None]], dim=1)  # (n, n + 1), by image
    found = F.cross_entropy(listed, gold) + F.cross_entropy(against, gold)
    matches = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    wrong = torch.cat([logits[~(matches | true)], foils[foiled]])
    told = F.softplus(-logits[matches]).mean() + F.softplus(wrong).mean()
    return 0.5 * found + 0.5 * told


def also_true(data: Encoded, captions: np.ndarray, images: np.ndarray) -> np.ndarray:
    """A group's captions and images (n) -> (n, n) bool: the caption is true of the image, which is not its own, as far as that is known."""
    scenes = [data.examples.data.scenes[image] for image in images]
    claims = [data.examples.propositions[caption] for caption in captions]
    true = np.array([[claim is not None and satisfies(scene, claim) for scene in scenes] for claim in claims])
    return (true | (images[:, None] == images)) & ~np.eye(len(images), dtype=bool)


@dataclass
class Batch:
    """Groups of n images with a caption and a foil of each, g groups; what is not trained is computed."""

    images: np.ndarray  # (g, n)
    captions: np.ndarray  # (g, n)
    text: Tensor  # (2gn, T, H) hidden states of the captions, then of their foils (or the captions again)
    mask: Tensor  # (2gn, T)
    vectors: tuple[Tensor, Tensor]  # of the texts (2gn, D) and images (gn, D)
    foiled: Tensor  # (g, n) bool, where there is a foil


def batch_of(model: LightningDOT, data: Encoded, images: np.ndarray, captions: np.ndarray) -> Batch:
    device = data.examples.device
    flat = torch.from_numpy(captions.ravel())
    own = data.examples.ids[flat]
    foils = data.foils[flat] if data.foils is not None else torch.zeros_like(own)
    foiled = (foils != PAD).any(1)
    ids, mask = padded(torch.cat([own, torch.where(foiled[:, None], foils, own)]), device)
    lengths = mask.sum(1)
    with torch.no_grad():
        text = torch.zeros(*ids.shape, model.config.width, device=device)
        for part in lengths.argsort().chunk(PARTS):
            longest = int(lengths[part].max())
            text[part, :longest] = model.text(ids[part, :longest], mask[part, :longest])
        vectors = model.text.proj(text[:, 0]), data.vectors[torch.from_numpy(images.ravel()).to(device)]
    return Batch(images, captions, text, mask, vectors, foiled.view(images.shape).to(device))


def late_loss(cross: CrossEncoder, model: LightningDOT, data: Encoded, config: CrossTrainConfig, picker: np.random.Generator) -> Tensor:
    """Of the late interaction alone, over one large group."""
    images, captions = (rows.reshape(1, -1) for rows in drawn(model, data, config, config.late_groups, picker))
    batch = batch_of(model, data, images, captions)
    regions, n = data.regions_of(cross, images[0]), images.size
    lengths = batch.mask.view(2, n, -1).sum(-1).amax(0).cpu().numpy()  # of a caption and its foil
    order = np.argsort(lengths, kind="stable")
    parts = []
    for part in np.array_split(order, PARTS):
        texts, longest = torch.from_numpy(np.concatenate([part, part + n])).to(regions.device), lengths[part].max()
        parts.append(cross.late(batch.text[texts, :longest], batch.mask[texts, :longest], regions, texts[: len(part)]))
    back = torch.from_numpy(np.argsort(order)).to(regions.device)
    pairs, against = (torch.cat(scores)[back] for scores in zip(*parts, strict=True))
    return group_loss(pairs, against, torch.from_numpy(also_true(data, captions[0], images[0])).to(pairs.device), batch.foiled[0])


def loss_of(cross: CrossEncoder, model: LightningDOT, data: Encoded, config: CrossTrainConfig, picker: np.random.Generator) -> Tensor:
    batch = batch_of(model, data, *drawn(model, data, config, config.groups, picker))
    groups, n = batch.images.shape
    device = batch.text.device
    regions = data.regions_of(cross, batch.images.ravel())  # (gn, R, K)
    # Every caption of a group with every image of it, then every foil with its image.
    group = np.arange(groups)[:, None, None] * n
    square = (groups, n, n)
    text_of = np.concatenate([np.broadcast_to(group + np.arange(n)[None, :, None], square).ravel(), np.arange(groups * n, 2 * groups * n)])
    image_of = np.concatenate([np.broadcast_to(group + np.arange(n)[None, None], square).ravel(), np.arange(groups * n)])
    lengths = batch.mask.sum(1).cpu().numpy()
    order = np.argsort(lengths[text_of], kind="stable")
    parts = []
    for part in np.array_split(order, PARTS):
        texts, rows = np.unique(text_of[part], return_inverse=True)
        text, longest = torch.from_numpy(texts).to(device), lengths[texts].max()
        of = torch.from_numpy(rows).to(device), torch.from_numpy(image_of[part]).to(device)
        parts.append(cross(batch.text[text, :longest], batch.mask[text, :longest], regions, batch.vectors[0][text], batch.vectors[1], *of))
    logits = torch.cat(parts)[torch.from_numpy(np.argsort(order)).to(device)]
    pairs, against = logits[: groups * n * n].view(square), logits[groups * n * n :].view(groups, n)
    true = [torch.from_numpy(also_true(data, captions, images)).to(device) for captions, images in zip(batch.captions, batch.images, strict=True)]
    return sum(group_loss(*of) for of in zip(pairs, against, true, batch.foiled, strict=True)) / groups


@torch.no_grad()
def measured(cross: CrossEncoder, model: LightningDOT, data: Encoded, top: int = TOP, sample: int = SAMPLE) -> dict:
    """R@1, 5, 10 of IR and TR over a sample, by the dot product and re-ranked: {dot: [ir, tr], cross: [ir, tr], dot_ar, ar}."""
    cross.eval()
    examples = data.examples
    picker = np.random.default_rng(0)
    every = np.arange(len(examples.ids))
    texts = torch.cat([model.text.embed(*examples.texts(every[i : i + 500])) for i in range(0, len(every), 500)])
    dots = texts @ data.vectors.t()  # (captions, N)
    captions = np.sort(picker.permutation(len(every))[:sample])
    images = np.sort(picker.permutation(len(examples.data))[:sample])
    gold = torch.from_numpy(examples.image_of)

    def scored(caption_rows: np.ndarray, image_rows: np.ndarray) -> Tensor:
        """Logits of pairs, a hundred at a time."""
        parts = []
        for i in range(0, len(caption_rows), 100):
            told, text_of = np.unique(caption_rows[i : i + 100], return_inverse=True)
            seen, image_of = np.unique(image_rows[i : i + 100], return_inverse=True)
            ids, mask = examples.texts(told)
            regions = data.regions_of(cross, seen)
            text = model.text(ids, mask)
            vectors = model.text.proj(text[:, 0]), data.vectors[torch.from_numpy(seen).to(data.vectors.device)]
            parts.append(cross(text, mask, regions, *vectors, torch.from_numpy(text_of), torch.from_numpy(image_of)))
        return torch.cat(parts)

    def places(dots: Tensor, right: Tensor, pair) -> tuple[Tensor, Tensor]:
        """Best place of a right answer by the dot product and re-ranked: dots and right (n, candidates)."""
        best = dots.topk(min(top, dots.shape[1]), dim=1).indices
        logits = pair(best).view(best.shape)
        order = best.gather(1, logits.argsort(dim=1, descending=True))
        return tuple(torch.where(right.gather(1, o).any(1), right.gather(1, o).int().argmax(1), 10_000) for o in (best, order))

    is_gold = gold[:, None] == torch.arange(len(examples.data))[None]  # (captions, N)
    ir = places(dots[captions], is_gold[captions], lambda best: scored(np.repeat(captions, best.shape[1]), best.flatten().numpy()))
    tr = places(dots.t()[images], is_gold.t()[images], lambda best: scored(best.flatten().numpy(), np.repeat(images, best.shape[1])))
    cross.train()
    recall = lambda ranks: [round(100 * (ranks < k).float().mean().item(), 2) for k in (1, 5, 10)]  # noqa: E731
    dot, again = [recall(ir[0]), recall(tr[0])], [recall(ir[1]), recall(tr[1])]
    return {"dot": dot, "cross": again, "dot_ar": round(float(np.mean(dot)), 2), "ar": round(float(np.mean(again)), 2)}


def run(
    packed: Path, out: Path, config: CrossTrainConfig, shape: dict, init: Path, stop_after: int | None = None, device: str = "cpu",
    further: bool = False,
) -> float:
    """Trains to the end, or stops (resumably) after `stop_after` updates. Returns the last loss."""
    torch.manual_seed(config.seed)
    encoders = pack_config(init)
    model = load_weights(init / "weights.safetensors", encoders)[1].to(device)
    tokenizer = Tokenizer.from_file(str(init / "tokenizer.json"))
    c = CrossConfig(text_width=encoders.width, region_features=encoders.region_features, grid=encoders.grid, **shape)
    cross = CrossEncoder(c)
    if further:
        cross.load_state_dict(load_cross(init).state_dict())
    cross.to(device).train()
    optimisers = optimisers_of(cross, config.rate, config.weight_decay, muon="")
    picker = np.random.default_rng(config.seed)
    update = 0
    saved = out / "cross.pt"
    if saved.exists():
        state = torch.load(saved, map_location="cpu", weights_only=False)
        if state["config"] != c.as_dict():
            raise ValueError(f"{saved} was trained with {state['config']}, this run wants {c.as_dict()}: use another RUN_DIR.")
        cross.load_state_dict(state["model"])
        for optimiser, its in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(its)
        picker.bit_generator.state = state["picker"]
        update = state["update"]
    train = encoded(model, packed, out, "train", tokenizer, config.languages, device)
    val = encoded(model, packed, out, "val", tokenizer, ("en",), device)
    value, began, first = float("nan"), time.time(), update
    while update < config.updates and (stop_after is None or update - first < stop_after):
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(update, config.updates, config.rate, config.warm_up)
        loss = (late_loss if update < config.late_updates else loss_of)(cross, model, train, config, picker)
        value = loss.item()
        cross.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(cross.parameters(), config.clip).item()
        if not np.isfinite([value, norm]).all():
            raise FloatingPointError(f"The loss is {value} and its gradient's length {norm} at update {update}; {saved} is from before.")
        for optimiser in optimisers:
            optimiser.step()
        update += 1
        if update % 50 == 0:
            log(out / "cross.jsonl", {"update": update, "loss": round(value, 4), "rate": round((update - first) / (time.time() - began), 2)})
        if update % config.validate_every == 0 or update == config.updates:
            log(out / "cross.jsonl", {"update": update, **measured(cross, model, val), "seconds": round(time.time() - began)})
            save(saved, cross, optimisers, picker, update)
    save(saved, cross, optimisers, picker, update)
    return value


def save(path: Path, cross: CrossEncoder, optimisers, picker, update: int) -> None:
    state = {
        "config": cross.config.as_dict(),
        "model": cross.state_dict(),
        "optimisers": [optimiser.state_dict() for optimiser in optimisers],
        "picker": picker.bit_generator.state,
        "update": update,
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--init", type=Path, required=True)
    parser.add_argument("--further", action="store_true")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    config = CrossTrainConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings["train"].items()})
    run(args.packed, args.run, config, settings["model"], args.init, device=args.device, further=args.further)
