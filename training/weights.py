"""The f16 weights of a pack, so that training can go on anywhere: an 8-bit pack cannot be trained further."""

import json
from dataclasses import fields
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import nn

from .cross_encoder import CrossConfig, CrossEncoder
from .model import LightningDOT, ModelConfig
from .stem import stem_of


def save_weights(stem: nn.Module, model: LightningDOT, path: Path) -> None:
    save_half({f"stem.{k}": v for k, v in stem.state_dict().items()} | {f"model.{k}": v for k, v in model.state_dict().items()}, path)


def save_cross(cross: CrossEncoder, path: Path) -> None:
    """In a file of its own: the cross-encoder is trained anew without the encoders."""
    save_half(cross.state_dict(), path)


def save_half(state: dict, path: Path) -> None:
    save_file({k: v.half().contiguous() if v.is_floating_point() else v.contiguous() for k, v in state.items()}, str(path))


def load_weights(path: Path, config: ModelConfig) -> tuple[nn.Module, LightningDOT]:
    """Raises RuntimeError, naming the tensors, when they are of another shape than `config`."""
    state = {k: v.float() if v.is_floating_point() else v for k, v in load_file(path).items()}
    stem, model = stem_of(config.stem, config.region_features), LightningDOT(config)
    stem.load_state_dict({k[5:]: v for k, v in state.items() if k.startswith("stem.")})
    model.load_state_dict({k[6:]: v for k, v in state.items() if k.startswith("model.")})
    return stem.eval(), model.eval()


def load_cross(pack: Path) -> CrossEncoder:
    """The cross-encoder of a pack. Raises KeyError for a pack without one."""
    cross = CrossEncoder(CrossConfig(**json.loads((pack / "config.json").read_text())["cross"]))
    cross.load_state_dict({k: v.float() for k, v in load_file(pack / "cross.safetensors").items()})
    return cross.eval()


def pack_config(pack: Path) -> ModelConfig:
    """The model's shape from a pack's config.json."""
    known = {f.name for f in fields(ModelConfig)}
    return ModelConfig(**{k: v for k, v in json.loads((pack / "config.json").read_text()).items() if k in known})
