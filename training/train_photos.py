"""Trains the photo encoders end to end, from pixels and words, with teachers that are never shipped.

    python -m training.train_photos PACKED_DIR TEACHERS_DIR RUN_DIR --config training/configs/photos.json [--strip training/photos/words.json]

RUN_DIR holds guide.pt (training.guide). It gets tokenizer.json, model.pt (run it again to go on where it stopped), best.pt and stem.pt (the highest
AR on val at the last phase's picture size) and train.jsonl. An update sees one view of each picture of a batch, which the teachers see too, and sums
    CMR          raw inner products against the other pictures of the batch, without a temperature, as in the paper
    one of VMLM, MRFR, MRC-kl where the phase has objectives; MRFR's targets are the classifier's features, MRC-kl's are both teachers' soft classes
    regions      the stem's features against the classifier's; a head on them against the soft classes
    guide        the cosine of both encoders' vectors to the guide's, and the text encoder's for sentences without pictures
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from . import objectives
from .data import load
from .evaluate import recalls
from .guide import Guide, load_guide, summary
from .model import LightningDOT, ModelConfig
from .photo_examples import PhotoExamples, Teachers, holds
from .stem import SIDE, PhotoStem
from .tokenizer import encode, save_tokenizer, train_tokenizer
from .train import log, rate


@dataclass(frozen=True)
class Phase:
    updates: int
    side: int  # of the views
    teacher_side: int  # what the classifier sees them at
    objectives: bool  # one of VMLM, MRFR, MRC-kl with each update; without, fine-tuning by CMR


@dataclass(frozen=True)
class PhotoConfig:
    phases: tuple[Phase, ...]
    seed: int = 1
    batch: int = 192
    texts: int = 96  # sentences without pictures, of each update
    rate: float = 6e-4
    stem_rate: float = 2e-3
    weight_decay: float = 0.02
    clip: float = 5.0
    warm_up: float = 0.04
    mix: tuple[float, ...] = (0.5, 0.25, 0.25)  # VMLM, MRFR, MRC-kl
    regions: float = 1.0
    guide: float = 3.0
    vocabulary: int = 8000
    validate_every: int = 300

    @staticmethod
    def of(settings: dict) -> "PhotoConfig":
        plain = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items() if k != "phases"}
        return PhotoConfig(phases=tuple(Phase(**phase) for phase in settings["phases"]), **plain)


class Student(nn.Module):
    """The stem, both encoders, and a head on the stem's features that only training has."""

    def __init__(self, c: ModelConfig):
        super().__init__()
        self.stem, self.model = PhotoStem(c.region_features), LightningDOT(c)
        self.region_head = nn.Linear(c.region_features, c.classes)


def optimisers_of(student: Student, config: PhotoConfig) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the stem and the transformers, AdamW for the rest; each group keeps its peak."""
    matrices = {n for n, p in student.named_parameters() if "blocks." in n and p.ndim == 2}
    groups = {(muon, own): [] for muon in (True, False) for own in (True, False)}
    for name, parameter in student.named_parameters():
        groups[name in matrices, name.startswith("stem.")].append(parameter)
    peak = lambda own: config.stem_rate if own else config.rate  # noqa: E731
    made = lambda muon: [{"params": groups[muon, own], "peak": peak(own)} for own in (True, False)]  # noqa: E731
    adamw = torch.optim.AdamW(made(False), config.rate, betas=(0.9, 0.98), weight_decay=config.weight_decay)
    return [adamw, torch.optim.Muon(made(True), config.rate, config.weight_decay, adjust_lr_fn="match_rms_adamw")]


class Texts:
    """Token ids of a list of texts."""

    def __init__(self, texts: list[str], tokenizer: Tokenizer, max_tokens: int, device: str):
        self.ids, self.device = torch.from_numpy(encode(tokenizer, texts, max_tokens)), device

    def batch(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        ids = self.ids[torch.from_numpy(rows)].long()
        ids = ids[:, : int((ids != objectives.PAD).sum(1).max())].to(self.device)
        return ids, (ids != objectives.PAD).long()


def away(vectors: Tensor, guided: Tensor) -> Tensor:
    return (1 - F.cosine_similarity(vectors, guided, dim=-1)).mean()


def losses_of(
    student: Student, guide: Guide, teachers: Teachers, examples: PhotoExamples, words: Texts, others: tuple[Texts, Tensor], phase: Phase,
    config: PhotoConfig, picker: np.random.Generator, generator: torch.Generator,
) -> dict[str, Tensor]:
    model = student.model
    rows = picker.choice(len(examples.data), min(config.batch, len(examples.data)), replace=False)
    captions = examples.drawn(rows, picker)
    view = examples.view(rows, picker, phase.side)
    features, soft, covered = teachers.targets(view, phase.side // 32, phase.teacher_side)
    classes = torch.cat([soft, covered], dim=-1) / 2  # (B, R, classes): half a distribution of each teacher
    with torch.autocast(view.pixels.device.type, torch.bfloat16):
        seen = student.stem(view.pixels.contiguous(memory_format=torch.channels_last))
    seen = seen.float()  # (B, R, C)
    ids, mask = words.batch(captions)
    image, text = model.image.embed(seen), model.text.embed(ids, mask)
    same = (words.ids[torch.from_numpy(captions)][:, None] == words.ids[torch.from_numpy(captions)][None]).all(-1)
    same &= ~torch.eye(len(rows), dtype=torch.bool)
    with torch.no_grad():
        image_guide = guide.images(summary(features, soft, covered))
        text_guide = guide.texts(examples.sentence(captions))
    known = F.kl_div(F.log_softmax(student.region_head(seen), -1).flatten(0, 1), classes.flatten(0, 1), reduction="batchmean")
    losses = {
        "CMR": objectives.cmr(text, image, same.to(image.device)),
        "regions": config.regions * (F.mse_loss(seen, features) + 0.3 * known),
        "guide": config.guide * (away(image, image_guide) + away(text, text_guide)),
    }
    other_words, sentences = others
    chosen = picker.choice(len(sentences), min(config.texts, len(sentences)), replace=False)
    with torch.no_grad():
        wanted = guide.texts(sentences[torch.from_numpy(chosen)].to(image.device).float())
    losses["texts"] = config.guide * away(model.text.embed(*other_words.batch(chosen)), wanted)
    if phase.objectives:
        task = int(picker.choice(3, p=config.mix))
        if task == 0:
            losses["VMLM"] = objectives.vmlm(model, ids, mask, seen, generator)
        elif task == 1:
            losses["MRFR"] = objectives.mrfr(model, ids, mask, seen, generator, features)
        else:
            losses["MRC-kl"] = objectives.mrc_kl(model, ids, mask, seen, classes, generator)
    return losses


@torch.no_grad()
def validated(student: Student, examples: PhotoExamples, words: Texts, side: int) -> dict:
    student.eval()
    order = lambda n, size: [np.arange(i, min(i + size, n)) for i in range(0, n, size)]  # noqa: E731
    pictures = [student.model.image.embed(student.stem(examples.view(rows, None, side).pixels)) for rows in order(len(examples.data), 50)]
    texts = [student.model.text.embed(*words.batch(rows)) for rows in order(len(words.ids), 250)]
    student.train()
    return recalls((torch.cat(texts) @ torch.cat(pictures).t()).cpu().numpy(), examples.image_of)


def run(
    packed: Path, teachers_folder: Path, out: Path, config: PhotoConfig, shape: dict, stripped: frozenset[str] = frozenset(),
    stop_after: int | None = None, device: str = "cpu",
) -> float:
    """Trains to the end, or stops (resumably) after `stop_after` updates. Returns the last loss."""
    torch.manual_seed(config.seed)
    teachers = Teachers(teachers_folder, packed, device)
    if not (out / "guide.pt").exists():
        raise FileNotFoundError(f"{out / 'guide.pt'} is missing: train the guide first (python -m training.guide).")
    guide = load_guide(out / "guide.pt").to(device)
    train = PhotoExamples(load(packed, "train"), packed, "train", device, stripped)
    val = PhotoExamples(load(packed, "val"), packed, "val", device)
    alone = json.loads((packed / "texts.json").read_text("utf-8"))
    # Bare words ("puppy", "a puppy") stay: they are no captions, and are where a stripped word is learnt.
    kept = np.array([len(text.split()) < 3 or not holds(stripped, text) for text in alone], bool)
    sentences = torch.from_numpy(np.load(packed / "texts.sentences.npy"))[torch.from_numpy(kept)]
    alone = [text for text, keep in zip(alone, kept, strict=True) if keep]
    if not (out / "tokenizer.json").exists():
        save_tokenizer(train_tokenizer(train.texts + alone, config.vocabulary), out / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    c = ModelConfig(vocabulary=tokenizer.get_vocab_size(), classes=teachers.classes, region_features=teachers.kept.components.shape[1], grid=SIDE // 32, stem="photo", **shape)
    if c.dimension != guide.dimension:
        raise ValueError(f"{out / 'guide.pt'} has {guide.dimension} dimensions, the configuration {c.dimension}: train the guide again.")
    words, val_words, other = (Texts(texts, tokenizer, c.max_tokens, device) for texts in (train.texts, val.texts, alone))
    student = Student(c).to(device)
    optimisers = optimisers_of(student, config)
    generator, picker = torch.Generator().manual_seed(config.seed), np.random.default_rng(config.seed)
    update, best = 0, -1.0
    wanted = {"model": c.as_dict(), "stripped": sorted(stripped)}
    if (out / "model.pt").exists():
        state = torch.load(out / "model.pt", map_location="cpu", weights_only=False)
        if state["config"] != wanted:
            raise ValueError(f"{out / 'model.pt'} was trained with {state['config']}, this run wants {wanted}: use another RUN_DIR.")
        student.load_state_dict(state["student"])
        for optimiser, its in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(its)
        generator.set_state(state["generator"])
        picker.bit_generator.state = state["picker"]
        torch.set_rng_state(state["torch"])
        update, best = state["update"], state["best"]

    def save() -> None:
        state = {
            "config": wanted, "student": student.state_dict(), "optimisers": [o.state_dict() for o in optimisers], "update": update, "best": best,
            "generator": generator.get_state(), "picker": picker.bit_generator.state, "torch": torch.get_rng_state(),
        }
        torch.save(state, out / "model.pt.part")
        (out / "model.pt.part").replace(out / "model.pt")

    ends = np.cumsum([phase.updates for phase in config.phases])
    total, first, began, value = int(ends[-1]), update, time.time(), float("nan")
    while update < total and (stop_after is None or update - first < stop_after):
        phase = config.phases[int(np.searchsorted(ends, update, side="right"))]
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(update, total, group["peak"], config.warm_up)
        losses = losses_of(student, guide, teachers, train, words, (other, sentences), phase, config, picker, generator)
        loss = sum(losses.values())
        value = loss.item()
        student.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(student.parameters(), config.clip).item()
        if not np.isfinite([value, norm]).all():
            raise FloatingPointError(f"The loss is {value} and its gradient's length {norm} at update {update}; {out / 'model.pt'} is from before.")
        for optimiser in optimisers:
            optimiser.step()
        update += 1
        if update % 50 == 0:
            parts = {name: round(part.item(), 4) for name, part in losses.items()}
            log(out / "train.jsonl", {"update": update, "side": phase.side, "losses": parts, "rate": round((update - first) / (time.time() - began), 3)})
        if update % config.validate_every == 0 or update in ends:
            found = validated(student, val, val_words, phase.side)
            log(out / "train.jsonl", {"update": update, "side": phase.side, **found, "views": update * config.batch, "seconds": round(time.time() - began)})
            if phase.side == config.phases[-1].side and found["ar"] > best:
                best = found["ar"]
                torch.save({"config": c.as_dict(), "model": student.model.state_dict(), "ar": best, "update": update}, out / "best.pt")
                torch.save({"model": {f"stem.{k}": v for k, v in student.stem.state_dict().items()}}, out / "stem.pt")
            save()
    save()
    return value


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--strip", type=Path)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    words = frozenset(pair["word"] for pair in json.loads(args.strip.read_text())["stripped"]) if args.strip else frozenset()
    (args.run / "train.json").write_text(json.dumps(settings | {"stripped": sorted(words)}))
    run(args.packed, args.teachers, args.run, PhotoConfig.of(settings["train"]), settings["model"], words, device=args.device)
