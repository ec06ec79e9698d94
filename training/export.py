"""Exports a trained run as a model pack: ONNX encoders with 8-bit weights, tokenizer, 16-bit weights, digests.

    python -m training.export RUN_DIR PACK_DIR [--id diorama] [--init PACK]

RUN_DIR holds stem.pt, best.pt and tokenizer.json; with --init they are a pack's instead. A cross-encoder in RUN_DIR (cross.pt) goes into the pack,
and the image encoder then gives the regions that it reads. Weights are kept as 8-bit integers, one scale per output channel, and computed in float: the vectors are the same on every backend.
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

from .cross_encoder import CrossConfig, CrossEncoder
from .model import LightningDOT, ModelConfig
from .stem import SIDE, stem_of
from .weights import load_weights, save_cross, save_weights

OPSET = 17
SMALL = 4096  # tensors of fewer numbers stay float


class TextGraph(nn.Module):
    def __init__(self, model: LightningDOT):
        super().__init__()
        self.text = model.text

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.text(input_ids, attention_mask)  # (B, T, H)
        return self.text.vector(hidden[:, 0]), hidden


class VisionGraph(nn.Module):
    def __init__(self, stem: nn.Module, model: LightningDOT, cross: CrossEncoder | None):
        super().__init__()
        self.stem, self.image = stem, model.image
        self.regions = cross.regions if cross else None

    def forward(self, pixel_values: Tensor) -> tuple[Tensor, ...]:
        features = self.stem(pixel_values)  # (B, R, C)
        hidden = self.image(features)  # (B, 1 + R, H)
        found = (self.image.vector(hidden[:, 0]), hidden)
        return (*found, self.regions(features, hidden[:, 1:])) if self.regions else found


class CrossGraph(nn.Module):
    def __init__(self, cross: CrossEncoder):
        super().__init__()
        self.cross = cross

    def forward(self, text: Tensor, mask: Tensor, regions: Tensor, text_vectors: Tensor, image_vectors: Tensor) -> tuple[Tensor, Tensor]:
        return self.cross(text, mask, regions, text_vectors, image_vectors), self.cross.looks(text, mask, regions)


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


def golden(stem: nn.Module, model: LightningDOT, tokenizer_path: Path, cross: CrossEncoder | None) -> dict:
    """Vectors of the float model, and the match of each text with the picture, against which every engine is tested. The picture is a
    formula: red x, green y, blue x xor y."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    texts = ["a red car", "Two blue dogs left of a white house on the beach at night.", "🙂", "ひとつの赤い車"]
    x = torch.arange(SIDE).expand(SIDE, SIDE)
    picture = torch.stack([x, x.t(), x ^ x.t()]).float() / 127.5 - 1  # (3, SIDE, SIDE)
    features = stem(picture[None])
    seen = model.image(features)
    image = model.image.vector(seen[:, 0])
    rows = []
    for text in texts:
        ids = torch.tensor([tokenizer.encode(text).ids])
        mask = torch.ones_like(ids)
        states = model.text(ids, mask)
        vector = model.text.vector(states[:, 0])
        match = {"match": cross(states, mask, cross.regions(features, seen[:, 1:]), vector, image)[0].item()} if cross else {}
        rows.append({"text": text, "ids": ids[0].tolist(), "vector": vector[0].tolist(), **match})
    return {"texts": rows, "image": {"side": SIDE, "vector": image[0].tolist()}}


def export_cross(cross: CrossEncoder, dimension: int, path: Path) -> None:
    c = cross.config
    states, mask = torch.zeros(1, 4, c.text_width), torch.ones(1, 4, dtype=torch.long)
    export_graph(
        CrossGraph(cross),
        (states, mask, torch.zeros(2, c.grid**2, c.region_width), torch.zeros(1, dimension), torch.zeros(2, dimension)),
        [CROSS["inputs"][name] for name in ("states", "mask", "regions", "text", "image")],
        [CROSS["output"], CROSS["looks"]],
        {
            "text_states": {1: "T"},
            "attention_mask": {1: "T"},
            "token_regions": {0: "M", 1: "T"},
            **{name: {0: "M"} for name in ("regions", "image_embeds", "match_logits")},
        },
        path,
    )


@torch.no_grad()
def write_weights(stem: nn.Module, model: LightningDOT, tokenizer: Path, pack: Path, cross: CrossEncoder | None = None) -> None:
    """All that --init needs of a pack."""
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    config = {"model_type": "lightningdot", **model.config.as_dict(), **({"cross": cross.config.as_dict()} if cross else {})}
    (pack / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_weights(stem, model, pack)
    if cross:
        save_cross(cross, pack)


def export(stem: nn.Module, model: LightningDOT, tokenizer: Path, pack: Path, card: dict, cross: CrossEncoder | None = None) -> None:
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
        VisionGraph(stem, model, cross),
        (torch.zeros(1, 3, SIDE, SIDE),),
        ["pixel_values"],
        ["image_embeds", "last_hidden_state", *(["region_embeds"] if cross else [])],
        {name: {0: "B"} for name in ("pixel_values", "image_embeds", "last_hidden_state", *(["region_embeds"] if cross else []))},
        pack / "onnx/vision_model_quantized.onnx",
    )
    if cross:
        export_cross(cross, c.dimension, pack / "onnx/cross_encoder_quantized.onnx")
    write_weights(stem, model, tokenizer, pack, cross)
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
    (pack / "golden.json").write_text(json.dumps(golden(stem, model, pack / "tokenizer.json", cross)) + "\n")
    files = ["tokenizer.json", "config.json", "preprocessor_config.json", "onnx/text_model_quantized.onnx", "onnx/vision_model_quantized.onnx"]
    if cross:
        files.append("onnx/cross_encoder_quantized.onnx")
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
            "states": "last_hidden_state",
            "maxTokens": c.max_tokens,
        },
        "vision": {
            "file": "onnx/vision_model_quantized.onnx",
            "input": "pixel_values",
            "output": "image_embeds",
            **({"regions": {"output": "region_embeds", "count": c.grid**2, "width": cross.config.region_width, "grid": [c.grid, c.grid]}} if cross else {}),
        },
        **({"cross": CROSS} if cross else {}),
        "files": {f: record(pack / f) for f in files},
    }
    (pack / "dotlight.json").write_text(json.dumps(manifest, indent=2) + "\n")


CROSS = {
    "file": "onnx/cross_encoder_quantized.onnx",
    "inputs": {"states": "text_states", "mask": "attention_mask", "regions": "regions", "text": "text_embeds", "image": "image_embeds"},
    "output": "match_logits",
    "looks": "token_regions",
}

CARDS = {
    "diorama": {
        "id": "diorama",
        "name": "Diorama small",
        "license": "Apache-2.0",
        "languages": ["en", "de", "fr", "cs", "ja", "zh"],
        "trainingData": "Dioramas composed, rendered and captioned by this project (training/diorama).",
        "notice": "This model has only ever seen toy dioramas: on photographs its ranking is poor.",
    },
    "photos-small": {
        "id": "photos-small",
        "name": "Photos small",
        "license": "Apache-2.0 for the code; the weights were trained on Flickr8k, whose photographs are for research use only",
        "languages": ["en"],
        "trainingData": "Flickr8k (6,000 photographs, 30,000 captions) and captions of COCO val2017 (text only, CC BY 4.0); teachers: MobileNet v2, "
        "SSD MobileNet v1 and all-MiniLM-L6-v2 (Apache-2.0), none of them in this pack.",
        "notice": "Trained on Flickr8k, whose photographs are for research use only: a commercial site must choose this pack knowingly. "
        "Good at people, dogs, sports and the outdoors; poor at rooms, food, text in pictures, counts, and who does what to whom.",
    },
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--id", default="diorama", choices=CARDS)
    parser.add_argument("--init", type=Path)
    parser.add_argument("--weights-only", action="store_true", help="only what training can begin with: 16-bit weights, tokenizer and configuration")
    args = parser.parse_args()
    if args.init:
        stem, trained = load_weights(args.init)
        words = args.init / "tokenizer.json"
    else:
        saved = torch.load(args.run / "best.pt", map_location="cpu", weights_only=True)
        trained = LightningDOT(ModelConfig(**saved["config"]))
        trained.load_state_dict(saved["model"])
        stem_state = torch.load(args.run / "stem.pt", map_location="cpu", weights_only=True)["model"]
        stem = stem_of(trained.config.stem, trained.config.region_features)
        stem.load_state_dict({k[5:]: v for k, v in stem_state.items() if k.startswith("stem.")})
        words = args.run / "tokenizer.json"
    if args.weights_only:
        write_weights(stem, trained, words, args.pack)
        raise SystemExit
    cross = None
    if (args.run / "cross.pt").exists():
        saved = torch.load(args.run / "cross.pt", map_location="cpu", weights_only=False)
        cross = CrossEncoder(CrossConfig(**saved["config"])).eval()
        cross.load_state_dict(saved["model"])
    export(stem, trained, words, args.pack, CARDS[args.id], cross)
    print(f"{args.pack}: {'with' if cross else 'without'} a cross-encoder")
