"""Writes src/encoders/preprocessing.golden.json: what Pillow makes of three pictures by the steps of each family's published image processor.

    python -m training.preprocessing_golden

The picture is a formula: red x * 3 + y, green y * 5, blue (x xor y) * 2, each modulo 256. Steps: transformers' CLIPImageProcessor and
SiglipImageProcessor, torchvision's Resize and CenterCrop as jina-clip composes them, uform's ImageProcessor.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

CLIP_MEAN, CLIP_STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
SIZES = [(640, 427), (301, 512), (120, 90)]
OUT = Path(__file__).parent.parent / "src/encoders/preprocessing.golden.json"


def picture(width: int, height: int) -> Image.Image:
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return Image.fromarray(np.stack([(x * 3 + y) % 256, (y * 5) % 256, ((x ^ y) * 2) % 256], axis=-1).astype(np.uint8))


def resize(image: Image.Image, size: tuple[int, int], filter: int) -> Image.Image:
    """Rows first, then columns, as Pillow always did when these models were trained; Pillow 13 begins with whichever is cheaper."""
    return image.resize((size[0], image.height), filter).resize(size, filter)


def shortest(image: Image.Image, side: int, filter: int) -> Image.Image:
    width, height = image.size
    short, long = min(width, height), max(width, height)
    new_long = int(side * long / short)
    return resize(image, (side, new_long) if width <= height else (new_long, side), filter)


def centre_floor(image: Image.Image, side: int) -> Image.Image:  # transformers.image_transforms.center_crop
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def centre_round(image: Image.Image, side: int) -> Image.Image:  # torchvision's CenterCrop
    left, top = int(round((image.width - side) / 2.0)), int(round((image.height - side) / 2.0))
    return image.crop((left, top, left + side, top + side))


def uform(image: Image.Image, side: int) -> Image.Image:
    width, height = image.size
    if width < height:
        width, height = side, int(height / width * side)
    else:
        width, height = int(width / height * side), side
    image = resize(image, (width, height), Image.BICUBIC)
    return image.crop(((width - side) / 2, (height - side) / 2, (width + side) / 2, (height + side) / 2))


def normalised(image: Image.Image, mean: list[float], std: list[float]) -> np.ndarray:
    return ((np.asarray(image).astype(np.float32) / 255 - mean) / std).transpose(2, 0, 1)  # (3, H, W)


FAMILIES = {
    "clip": lambda i: normalised(centre_floor(shortest(i, 224, Image.BICUBIC), 224), CLIP_MEAN, CLIP_STD),
    "mobileclip": lambda i: normalised(centre_floor(shortest(i, 256, Image.BILINEAR), 256), [0, 0, 0], [1, 1, 1]),
    "siglip": lambda i: normalised(resize(i, (224, 224), Image.BICUBIC), [0.5] * 3, [0.5] * 3),
    "jina-clip": lambda i: normalised(centre_round(shortest(i, 224, Image.BICUBIC), 224), CLIP_MEAN, CLIP_STD),
    "uform": lambda i: normalised(uform(i, 224), CLIP_MEAN, CLIP_STD),
}

golden = []
for family, prepare in FAMILIES.items():
    for width, height in SIZES:
        out = prepare(picture(width, height))
        flat = out.reshape(-1)
        places = np.random.default_rng(1).integers(0, flat.size, 60)
        golden.append({
            "family": family,
            "width": width,
            "height": height,
            "mean": [round(float(v), 5) for v in out.mean(axis=(1, 2))],
            "values": [[int(p), round(float(flat[p]), 5)] for p in places],
        })
OUT.write_text(json.dumps(golden) + "\n")
