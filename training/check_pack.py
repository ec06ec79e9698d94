"""What 8 bits cost: AR of a pack's ONNX encoders beside that of the float model they were made from.

    python -m training.check_pack PACKED_DIR PACK_DIR [--split test]

Reads the pack's own 16-bit weights as the float model; both encode every picture and English caption of the split.
"""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from .data import Packed, load
from .evaluate import recalls
from .stem import normalised
from .tokenizer import encode
from .weights import load_weights, pack_config

BATCH = 50


def session(path: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def captions_of(data: Packed) -> tuple[list[str], np.ndarray]:
    texts = [c["raw"] for scene in data.scenes for c in scene["captions"]]
    return texts, np.repeat(np.arange(len(data)), [len(scene["captions"]) for scene in data.scenes])


@torch.no_grad()
def vectors(data: Packed, texts: list[str], pack: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Text vectors (captions, D) and image vectors (N, D), by "float" and by "8 bit"."""
    config = pack_config(pack)
    stem, model = load_weights(pack, config)
    text_run, image_run = (session(pack / f"onnx/{name}_model_quantized.onnx") for name in ("text", "vision"))
    ids = encode(Tokenizer.from_file(str(pack / "tokenizer.json")), texts, config.max_tokens).astype(np.int64)
    found: dict[str, tuple[list, list]] = {"float": ([], []), "8 bit": ([], [])}
    for i in range(0, len(ids), BATCH):
        part = ids[i : i + BATCH]
        part = part[:, : int((part != 0).sum(1).max())]
        mask = (part != 0).astype(np.int64)
        found["float"][0].append(model.text.embed(torch.from_numpy(part), torch.from_numpy(mask)).numpy())
        found["8 bit"][0].append(text_run.run(["text_embeds"], {"input_ids": part, "attention_mask": mask})[0])
    for i in range(0, len(data), BATCH):
        pixels = normalised(torch.from_numpy(np.array(data.pictures[i : min(i + BATCH, len(data))])))
        found["float"][1].append(model.image.embed(stem(pixels)).numpy())
        found["8 bit"][1].append(image_run.run(["image_embeds"], {"pixel_values": pixels.contiguous().numpy()})[0])
    return {name: (np.concatenate(t), np.concatenate(i)) for name, (t, i) in found.items()}


def check(packed: Path, pack: Path, split: str) -> dict[str, float]:
    data = load(packed, split)
    texts, gold = captions_of(data)
    return {name: recalls(t @ i.T, gold)["ar"] for name, (t, i) in vectors(data, texts, pack).items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--split", default="test")
    args = parser.parse_args()
    for name, ar in check(args.packed, args.pack, args.split).items():
        print(f"{args.split}, {name}: AR {ar:.2f}")
