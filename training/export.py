"""Exports a trained run as a model pack: ONNX encoders with 8-bit weights, tokenizer, f16 weights, digests.

    python -m training.export RUN_DIR PACK_DIR [--id diorama]

Weights are kept as 8-bit integers, one scale per output channel, and computed in float: the vectors are the same on every backend.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .model import LightningDOT, ModelConfig
from .stem import SIDE, Stem
from .weights import save_weights

OPSET = 17
SMALL = 4096  # tensors of fewer numbers stay float


class TextGraph(nn.Module):
    def __init__(self, model: LightningDOT):
        super().__init__()
        self.text = model.text

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.text(input_ids, attention_mask)  # (B, T, H)
        return self.text.proj(hidden[:, 0]), hidden


class VisionGraph(nn.Module):
    def __init__(self, stem: Stem, model: LightningDOT):
        super().__init__()
        self.stem, self.image = stem, model.image

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.image(self.stem(pixel_values))  # (B, 1 + R, H)
        return self.image.proj(hidden[:, 0]), hidden


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replaces every large float weight by int8 codes and a DequantizeLinear, one scale per output channel."""
    graph = model.graph
    axes = {}
    for node in graph.node:
        for position, name in enumerate(node.input):
            if node.op_type == "Conv" and position == 1:
                axes[name] = 0  # (out, in, kh, kw)
            elif node.op_type == "MatMul":
                axes[name] = 1  # (in, out)
            elif node.op_type == "Gemm" and position == 1:
                axes[name] = 0 if any(a.name == "transB" and a.i for a in node.attribute) else 1
            elif node.op_type == "Gather" and position == 0:
                axes[name] = 0  # (words, width)
    added = []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if weight.name not in axes or values.dtype != np.float32 or values.size < SMALL:
            continue
        axis = axes[weight.name]
        others = tuple(i for i in range(values.ndim) if i != axis)
        scale = np.maximum(np.abs(values).max(axis=others) / 127, 1e-12).astype(np.float32)
        shape = [-1 if i == axis else 1 for i in range(values.ndim)]
        codes = np.clip(np.rint(values / scale.reshape(shape)), -127, 127).astype(np.int8)
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(codes, f"{weight.name}_codes"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{weight.name}_scale"))
        added.append(
            helper.make_node("DequantizeLinear", [f"{weight.name}_codes", f"{weight.name}_scale"], [weight.name], axis=axis)
        )
    for node in reversed(added):
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    return model


def export_graph(module: nn.Module, inputs: tuple, names: list[str], outputs: list[str], axes: dict, path: Path) -> None:
    module.eval()
    torch.onnx.export(
        module, inputs, str(path), input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=OPSET, dynamo=False
    )
    onnx.save(quantised(onnx.load(str(path))), str(path))


def record(path: Path) -> dict:
    data = path.read_bytes()
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def golden(stem: Stem, model: LightningDOT, tokenizer_path: Path) -> dict:
    """Vectors of the float model, against which every engine is tested. The picture is a formula: red x, green y, blue x xor y."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    texts = ["a red car", "Two blue dogs left of a white house on the beach at night.", "🙂", "ひとつの赤い車"]
    rows = []
    for text in texts:
        ids = torch.tensor([tokenizer.encode(text).ids])
        rows.append({"text": text, "ids": ids[0].tolist(), "vector": model.text.embed(ids, torch.ones_like(ids))[0].tolist()})
    x = torch.arange(SIDE).expand(SIDE, SIDE)
    picture = torch.stack([x, x.t(), x ^ x.t()]).float() / 127.5 - 1  # (3, SIDE, SIDE)
    return {"texts": rows, "image": {"side": SIDE, "vector": model.image.embed(stem(picture[None]))[0].tolist()}}


@torch.no_grad()
def export(stem: Stem, model: LightningDOT, tokenizer: Path, pack: Path, card: dict) -> None:
    c = model.config
    (pack / "onnx").mkdir(parents=True, exist_ok=True)
    stem.eval(), model.eval()
    ids = torch.tensor([[1, 5, 6, 2]])
    export_graph(
        TextGraph(model),
        (ids, torch.ones_like(ids)),
        ["input_ids", "attention_mask"],
        ["text_embeds", "last_hidden_state"],
        {"input_ids": {0: "B", 1: "T"}, "attention_mask": {0: "B", 1: "T"}, "text_embeds": {0: "B"}, "last_hidden_state": {0: "B", 1: "T"}},
        pack / "onnx/text_model_quantized.onnx",
    )
    export_graph(
        VisionGraph(stem, model),
        (torch.zeros(1, 3, SIDE, SIDE),),
        ["pixel_values"],
        ["image_embeds", "last_hidden_state"],
        {"pixel_values": {0: "B"}, "image_embeds": {0: "B"}, "last_hidden_state": {0: "B"}},
        pack / "onnx/vision_model_quantized.onnx",
    )
    (pack / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    (pack / "config.json").write_text(json.dumps({"model_type": "lightningdot", **c.as_dict()}, indent=2) + "\n")
    preprocessor = {
        "do_convert_rgb": True,
        "do_resize": True,
        "size": {"height": SIDE, "width": SIDE},
        "resample": 2,
        "do_center_crop": False,
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5],
    }
    (pack / "preprocessor_config.json").write_text(json.dumps(preprocessor, indent=2) + "\n")
    (pack / "golden.json").write_text(json.dumps(golden(stem, model, pack / "tokenizer.json")) + "\n")
    save_weights(stem, model, pack / "weights.safetensors")
    files = ["tokenizer.json", "config.json", "preprocessor_config.json", "onnx/text_model_quantized.onnx", "onnx/vision_model_quantized.onnx"]
    manifest = {
        "format": "dotlight-pack",
        "version": 1,
        **card,
        "dimension": c.dimension,
        "metric": "dot",
        "text": {
            "file": "onnx/text_model_quantized.onnx",
            "inputs": {"ids": "input_ids", "mask": "attention_mask"},
            "output": "text_embeds",
            "maxTokens": c.max_tokens,
        },
        "vision": {
            "file": "onnx/vision_model_quantized.onnx",
            "input": "pixel_values",
            "output": "image_embeds",
            "regions": {"output": "last_hidden_state", "count": c.grid**2, "width": c.width, "grid": [c.grid, c.grid]},
        },
        "files": {f: record(pack / f) for f in files},
    }
    (pack / "dotlight.json").write_text(json.dumps(manifest, indent=2) + "\n")


CARDS = {
    "diorama": {
        "id": "diorama",
        "name": "Diorama small",
        "license": "Apache-2.0",
        "languages": ["en", "de", "fr", "cs", "ja", "zh"],
        "trainingData": "Dioramas composed, rendered and captioned by this project (training/diorama).",
        "notice": "This model has only ever seen toy dioramas: on photographs its ranking is poor.",
    }
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--id", default="diorama", choices=CARDS)
    args = parser.parse_args()
    saved = torch.load(args.run / "best.pt", map_location="cpu", weights_only=True)
    trained = LightningDOT(ModelConfig(**saved["config"]))
    trained.load_state_dict(saved["model"])
    stem_state = torch.load(args.run / "stem.pt", map_location="cpu", weights_only=True)["model"]
    stem = Stem(trained.config.region_features)
    stem.load_state_dict({k[5:]: v for k, v in stem_state.items() if k.startswith("stem.")})
    export(stem, trained, args.run / "tokenizer.json", args.pack, CARDS[args.id])
    print(f"{args.pack}: AR {saved['ar']:.1f} on val at update {saved['update']}")
