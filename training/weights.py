"""The 16-bit weights of a pack, so that training can go on anywhere: an 8-bit pack cannot be trained further.

They are safetensors in xz (`xz -d` gives the plain file): a weight's sign and exponent are nearly always one of a few, which saves a seventh.
"""

import json
import lzma
from dataclasses import fields
from pathlib import Path

import torch
from safetensors.torch import load, save
from torch import nn

from .cross_encoder import CrossConfig, CrossEncoder
from .model import LightningDOT, ModelConfig
from .stem import stem_of


ENCODERS, CROSS = "weights.safetensors.xz", "cross.safetensors.xz"
# Bytes come in pairs, and one says little of those before it.
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "lc": 0, "lp": 1, "pb": 1}]


def save_weights(stem: nn.Module, model: LightningDOT, pack: Path) -> None:
    save_half({f"stem.{k}": v for k, v in stem.state_dict().items()} | {f"model.{k}": v for k, v in model.state_dict().items()}, pack / ENCODERS)


def save_cross(cross: CrossEncoder, pack: Path) -> None:
    """In a file of its own: the cross-encoder is trained anew without the encoders. What was trained in bfloat16 never saw more digits than it has."""
    save_half(cross.state_dict(), pack / CROSS, torch.bfloat16 if cross.config.bf16 else torch.half)


def save_half(state: dict, path: Path, kind: torch.dtype = torch.half) -> None:
    data = save({k: v.to(kind).contiguous() if v.is_floating_point() else v.contiguous() for k, v in state.items()})
    path.write_bytes(lzma.compress(data, filters=FILTERS))


def load_half(path: Path) -> dict:
    return {k: v.float() if v.is_floating_point() else v for k, v in load(lzma.decompress(path.read_bytes())).items()}


def load_weights(pack: Path, config: ModelConfig | None = None) -> tuple[nn.Module, LightningDOT]:
    """The stem and the encoders, of the pack's shape. Raises RuntimeError, naming the tensors, when they are of another shape than `config`."""
    state, config = load_half(pack / ENCODERS), config or pack_config(pack)
    stem, model = stem_of(config.stem, config.region_features), LightningDOT(config)
    stem.load_state_dict({k[5:]: v for k, v in state.items() if k.startswith("stem.")})
    model.load_state_dict({k[6:]: v for k, v in state.items() if k.startswith("model.")})
    return stem.eval(), model.eval()


def load_cross(pack: Path) -> CrossEncoder:
    """The cross-encoder of a pack. Raises KeyError for a pack without one."""
    cross = CrossEncoder(CrossConfig(**json.loads((pack / "config.json").read_text())["cross"]))
    cross.load_state_dict(load_half(pack / CROSS))
    return cross.eval()


def pack_config(pack: Path) -> ModelConfig:
    """The model's shape from a pack's config.json."""
    known = {f.name for f in fields(ModelConfig)}
    return ModelConfig(**{k: v for k, v in json.loads((pack / "config.json").read_text()).items() if k in known})
