"""Trains the photo encoders end to end, from pixels and words, with teachers that are never shipped.

    python -m training.train_photos PACKED_DIR TEACHERS_DIR RUN_DIR --config training/configs/photos.json [--strip training/photos/words.json]
        [--seconds N] [--pictures N]

RUN_DIR holds guide.pt (training.guide). It gets tokenizer.json, model.pt (run it again to go on where it stopped), best.pt and stem.pt (the highest
AR on val at the last phase's picture size) and train.jsonl. With --seconds the configuration's updates say how that time is shared out. An update
sums, over a view of each picture of a batch, which the teachers see too,
    CMR          raw inner products against the other pictures of the batch, without a temperature, as in the paper
    one of VMLM, MRFR, MRC-kl where the phase has objectives; MRFR's targets are the classifier's features, MRC-kl's are both teachers' soft classes
    guide        the cosine of both encoders' vectors to the guide's, and the text encoder's for texts without pictures
and over these and over wilder views, that no caption goes with,
    regions      the stem's features against the classifier's; a head on them against the soft classes
    guide        as above
    affinity     which of many captions a view is near to, as the guide ranks them
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
from .guide import Guide, load_guide
from .model import LightningDOT, ModelConfig
from .photo_examples import PhotoExamples, Targets
from .photo_texts import stripped_words, variations, without_pictures
from .stem import SIDE, PhotoStem
from .teachers.minilm import encoded
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
    wild: int = 0  # views without captions, of each update
    texts: int = 96  # texts without pictures, of each update
    variations: int = 0  # of each caption, among these texts
    bank: int = 2048  # captions that affinity compares with
    rate: float = 6e-4
    stem_rate: float = 2e-3
    weight_decay: float = 0.02
    clip: float = 5.0
    warm_up: float = 0.04
    mix: tuple[float, ...] = (0.5, 0.25, 0.25)  # VMLM, MRFR, MRC-kl
    cmr: float = 1.0
    regions: float = 1.0
    guide: float = 3.0
    affinity: float = 0.0
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
    """Token ids of a list of texts, and where the guide has them: vectors (texts, D)."""

    def __init__(self, texts: list[str], tokenizer: Tokenizer, max_tokens: int, guide: Guide | None, device: str):
        self.ids = torch.from_numpy(encode(tokenizer, texts, max_tokens))
        self.lengths = (self.ids != objectives.PAD).sum(1).numpy()
        self.ids = self.ids.to(device)
        self.guided = encoded(guide.sentences, guide.sentences.ids_of(texts), guide.texts).to(device) if guide else None

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, rows: np.ndarray) -> Tensor:
        return torch.from_numpy(rows).to(self.ids.device)

    def batch(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        ids = self.ids[self.at(rows)][:, : int(self.lengths[rows].max())].long()
        return ids, (ids != objectives.PAD).long()

    def vectors(self, rows: np.ndarray) -> Tensor:
        return self.guided[self.at(rows)].float()


def away(vectors: Tensor, guided: Tensor) -> Tensor:
    return (1 - F.cosine_similarity(vectors, guided, dim=-1)).mean()


def seen_by_teachers(guide: Guide, examples: PhotoExamples, rows: np.ndarray, wild: np.ndarray, phase: Phase, picker) -> tuple[Tensor, Targets]:
    """Pixels of a batch's views, then of its wild ones, and what the teachers see there."""
    views = [examples.view(rows, picker, phase.side), *([examples.wild(wild, picker, phase.side)] if len(wild) else [])]
    each = [guide.teachers.targets(view, phase.side // 32, phase.teacher_side) for view in views]
    joined = lambda name: torch.cat([getattr(targets, name) for targets in each])  # noqa: E731
    return torch.cat([view.pixels for view in views]), Targets(joined("features"), joined("soft"), joined("covered"))


def losses_of(
    student: Student, guide: Guide, examples: PhotoExamples, words: Texts, others: Texts, phase: Phase, config: PhotoConfig,
    picker: np.random.Generator, generator: torch.Generator,
) -> dict[str, Tensor]:
    model, chosen = student.model, lambda count, of: picker.choice(of, min(count, of), replace=False)
    rows, wild, texts = chosen(config.batch, len(examples)), chosen(config.wild, len(examples)), chosen(config.texts, len(others))
    captions, n = examples.drawn(rows, picker), len(rows)
    with torch.no_grad():
        pixels, targets = seen_by_teachers(guide, examples, rows, wild, phase, picker)
        image_guide = guide.images(targets.summary)
    with torch.autocast(pixels.device.type, torch.bfloat16):
        seen = student.stem(pixels.contiguous(memory_format=torch.channels_last))
        known = student.region_head(seen)
    seen = seen.float()  # (B, R, C)
    ids, mask = words.batch(captions)
    image, text = model.image.embed(seen), model.text.embed(ids, mask)
    same = (ids[:, None] == ids[None]).all(-1) & ~torch.eye(n, dtype=torch.bool, device=ids.device)
    classes = targets.classes
    told = F.kl_div(F.log_softmax(known.float(), -1).flatten(0, 1), classes.flatten(0, 1), reduction="batchmean")
    losses = {
        "CMR": config.cmr * objectives.cmr(text, image[:n], same),
        "regions": config.regions * (F.mse_loss(seen, targets.features) + 0.3 * told),
        "guide": config.guide * (away(image, image_guide) + away(text, words.vectors(captions))),
        "texts": config.guide * away(model.text.embed(*others.batch(texts)), others.vectors(texts)),
    }
    if config.affinity:
        bank = words.vectors(chosen(config.bank, len(words))).t() * guide.sharpness  # (D, bank)
        near = (image_guide @ bank).softmax(-1)
        losses["affinity"] = config.affinity * F.kl_div((F.normalize(image, dim=-1) @ bank).log_softmax(-1), near, reduction="batchmean")
    if phase.objectives:
        task = int(picker.choice(3, p=config.mix))
        if task == 0:
            losses["VMLM"] = objectives.vmlm(model, ids, mask, seen[:n], generator)
        elif task == 1:
            losses["MRFR"] = objectives.mrfr(model, ids, mask, seen[:n], generator, targets.features[:n])
        else:
            losses["MRC-kl"] = objectives.mrc_kl(model, ids, mask, seen[:n], classes[:n], generator)
    return losses


@torch.no_grad()
def validated(student: Student, examples: PhotoExamples, words: Texts, side: int) -> dict:
    student.eval()
    order = lambda n, size: [np.arange(i, min(i + size, n)) for i in range(0, n, size)]  # noqa: E731
    pictures = [student.model.image.embed(student.stem(examples.whole(rows, side).pixels)) for rows in order(len(examples), 50)]
    texts = [student.model.text.embed(*words.batch(rows)) for rows in order(len(words), 250)]
    student.train()
    return recalls((torch.cat(texts) @ torch.cat(pictures).t()).cpu().numpy(), examples.image_of)


def run(
    packed: Path, teachers: Path, out: Path, config: PhotoConfig, shape: dict, stripped: frozenset[str] = frozenset(),
    stop_after: int | None = None, device: str = "cpu", seconds: float | None = None, pictures: int | None = None,
) -> float:
    """Trains to the end, or stops (resumably) after `stop_after` updates. Returns the last loss. `pictures` limits those of train."""
    torch.manual_seed(config.seed)
    if not (out / "guide.pt").exists():
        raise FileNotFoundError(f"{out / 'guide.pt'} is missing: train the guide first (python -m training.guide).")
    guide = load_guide(out / "guide.pt", packed, teachers).to(device)
    train, val = PhotoExamples(load(packed, "train"), packed, "train", device, stripped, pictures), PhotoExamples(load(packed, "val"), packed, "val", device)
    alone = without_pictures(packed, stripped)
    if not (out / "tokenizer.json").exists():
        save_tokenizer(train_tokenizer(train.texts + alone, config.vocabulary), out / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    c = ModelConfig(
        vocabulary=tokenizer.get_vocab_size(), classes=guide.teachers.count, region_features=guide.teachers.components.shape[1], grid=SIDE // 32, stem="photo", **shape
    )
    if c.dimension != guide.dimension:
        raise ValueError(f"{out / 'guide.pt'} has {guide.dimension} dimensions, the configuration {c.dimension}: train the guide again.")
    more = variations(train.texts, alone, config.variations, stripped, np.random.default_rng(config.seed))
    words, others = Texts(train.texts, tokenizer, c.max_tokens, guide, device), Texts(alone + more, tokenizer, c.max_tokens, guide, device)
    val_words = Texts(val.texts, tokenizer, c.max_tokens, None, device)
    student = Student(c).to(device)
    optimisers = optimisers_of(student, config)
    generator, picker = torch.Generator().manual_seed(config.seed), np.random.default_rng(config.seed)
    update, best, done = 0, -1.0, 0.0  # done: of all updates, by their count or by the time
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
        update, best, done = state["update"], state["best"], state["done"]

    def save() -> None:
        state = {
            "config": wanted, "student": student.state_dict(), "optimisers": [o.state_dict() for o in optimisers], "update": update, "best": best, "done": done,
            "generator": generator.get_state(), "picker": picker.bit_generator.state, "torch": torch.get_rng_state(),
        }
        torch.save(state, out / "model.pt.part")
        (out / "model.pt.part").replace(out / "model.pt")

    ends = np.cumsum([phase.updates for phase in config.phases])
    total, first, began, before, value = int(ends[-1]), update, time.time(), done, float("nan")
    while done < total and (stop_after is None or update - first < stop_after):
        number = int(np.searchsorted(ends, done, side="right"))
        phase = config.phases[number]
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = rate(int(done), total, group["peak"], config.warm_up)
        losses = losses_of(student, guide, train, words, others, phase, config, picker, generator)
        loss = sum(losses.values())
        student.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(student.parameters(), config.clip)
        value, norm = torch.stack([loss.detach(), norm]).tolist()
        if not np.isfinite([value, norm]).all():
            raise FloatingPointError(f"The loss is {value} and its gradient's length {norm} at update {update}; {out / 'model.pt'} is from before.")
        for optimiser in optimisers:
            optimiser.step()
        update += 1
        done = before + total * (time.time() - began) / seconds if seconds else done + 1
        if update % 50 == 0:
            parts = {name: round(part.item(), 4) for name, part in losses.items()}
            log(out / "train.jsonl", {"update": update, "side": phase.side, "losses": parts, "rate": round((update - first) / (time.time() - began), 3)})
        if update % config.validate_every == 0 or done >= ends[number]:
            found = validated(student, val, val_words, phase.side)
            views = update * (config.batch + config.wild)
            log(out / "train.jsonl", {"update": update, "side": phase.side, **found, "views": views, "seconds": round(time.time() - began)})
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
    parser.add_argument("--seconds", type=float, help="train for so long, instead of the configuration's updates")
    parser.add_argument("--pictures", type=int, help="only so many of train")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    settings = json.loads(args.config.read_text())
    torch.set_float32_matmul_precision("high")
    words = stripped_words(args.strip)
    args.run.mkdir(parents=True, exist_ok=True)
    (args.run / "train.json").write_text(json.dumps(settings | {"stripped": sorted(words), "pictures": args.pictures}))
    run(
        args.packed, args.teachers, args.run, PhotoConfig.of(settings["train"]), settings["model"], words, device=args.device, seconds=args.seconds,
        pictures=args.pictures,
    )
