"""The two vision teachers: an ImageNet classifier (MobileNet v2) for region features and soft classes, a COCO detector (SSD, MobileNet v1)
for boxes. They stand in for the paper's Faster R-CNN while training, and are never shipped (both Apache-2.0).

Shapes: B batch, R regions of a view (a grid of view side / 32, as the stem's), C features kept, K ImageNet classes kept.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .tflite_graph import Reader, TfliteGraph

CLASSIFIER = "tf2_mobilenet_v2_1.0_224_ptq.tflite"
DETECTOR = "coco_ssd_mobilenet_v1_1.0_quant_2018_06_29.tflite"
LAST_MAP, LOGIT_LAYER = 171, 173  # tensors of the classifier: 1,280 features at 1 / 32; the layer that gives 1,001 logits
BOXES, SCORES, ANCHORS = 165, 174, 171  # tensors of the detector
MOST_BOXES = 20
DETECTED = 90  # classes of the detector, without the background


@dataclass
class Kept:
    """What of the classifier's answer is kept, found on a sample of the training pictures: principal features and frequent classes."""

    mean: Tensor  # (1280)
    components: Tensor  # (1280, C), each divided by the square root of its deviation: half-way to unit deviations
    classes: Tensor  # (K) numbers of the classes that the sample shows most

    def save(self, path: Path) -> None:
        np.savez(path, mean=self.mean.numpy(), components=self.components.numpy(), classes=self.classes.numpy())

    @staticmethod
    def load(path: Path) -> "Kept":
        with np.load(path) as file:
            return Kept(*(torch.from_numpy(file[name]) for name in ("mean", "components", "classes")))

    @staticmethod
    def found(maps: Tensor, probabilities: Tensor, features: int, classes: int) -> "Kept":
        """maps (N, 1280) of regions, probabilities (n, 1001) of regions or pictures."""
        mean = maps.mean(0)
        values, vectors = torch.linalg.eigh((maps - mean).T @ (maps - mean) / len(maps))
        values, vectors = values.flip(0)[:features].clamp(min=1e-8), vectors.flip(1)[:, :features]
        components = vectors * values**-0.25  # deviation ** -0.5
        scale = (values**0.5).mean().rsqrt()  # so that the mean variance is one
        return Kept(mean, components * scale, probabilities.mean(0).topk(classes).indices.sort().values)


class Classifier(nn.Module):
    """MobileNet v2 on views of any size that is a multiple of 32."""

    def __init__(self, folder: Path):
        super().__init__()
        self.graph = TfliteGraph(folder / CLASSIFIER)

    def maps(self, pixels: Tensor, grid: int, bf16: bool = True) -> tuple[Tensor, Tensor]:
        """pixels (B, 3, s, s) in -1..1 -> features (B, R, 1280) and class logits (B, R, 1001) of a grid's regions."""
        with torch.autocast(pixels.device.type, torch.bfloat16, enabled=bf16):
            (found,) = self.graph(pixels, LAST_MAP)  # (B, 1280, s / 32, s / 32)
            found = F.adaptive_avg_pool2d(found.float(), grid) if found.shape[2] != grid else found
            logits = self.graph.convs[str(LOGIT_LAYER)](found)
        return found.float().flatten(2).transpose(1, 2), logits.float().flatten(2).transpose(1, 2)


class Detector(nn.Module):
    def __init__(self, folder: Path):
        super().__init__()
        self.graph = TfliteGraph(folder / DETECTOR)
        self.register_buffer("anchors", torch.from_numpy(Reader(folder / DETECTOR).values(ANCHORS)))  # (1917, 4) y, x, h, w

    @torch.no_grad()
    def boxes(self, pixels: Tensor, least: float = 0.35, overlap: float = 0.6) -> Tensor:
        """pixels (B, 3, 300, 300) in -1..1 -> (B, MOST_BOXES, 6) [x1, y1, x2, y2, class from 0, score], best first, score 0 for none."""
        with torch.autocast(pixels.device.type, torch.bfloat16):
            codes, scores = self.graph(pixels, BOXES, SCORES)
        codes, scores = codes.float(), scores.float()[..., 1:]
        a = self.anchors
        middle = codes[..., :2] / 10 * a[:, 2:] + a[:, :2]  # y, x
        size = (codes[..., 2:] / 5).exp() * a[:, 2:]
        corners = torch.cat([(middle - size / 2).flip(-1), (middle + size / 2).flip(-1)], dim=-1).clamp(0, 1)  # (B, 1917, 4)
        best, kind = scores.max(-1)
        out = torch.zeros(len(pixels), MOST_BOXES, 6)
        for row in range(len(pixels)):
            out[row] = suppressed(corners[row].cpu(), kind[row].cpu(), best[row].cpu(), least, overlap)
        return out


def suppressed(corners: Tensor, kind: Tensor, score: Tensor, least: float, overlap: float) -> Tensor:
    """Greedy non-maximum suppression in each class: (MOST_BOXES, 6), see Detector.boxes."""
    kept: list[Tensor] = []
    for number in score.argsort(descending=True):
        if score[number] < least or len(kept) == MOST_BOXES:
            break
        box = torch.cat([corners[number], kind[number, None].float(), score[number, None]])
        if all(box[4] != other[4] or shared(box, other) < overlap for other in kept):
            kept.append(box)
    return torch.stack([*kept, *[torch.zeros(6)] * (MOST_BOXES - len(kept))])


def shared(one: Tensor, other: Tensor) -> float:
    """Intersection over union."""
    low, high = torch.maximum(one[:2], other[:2]), torch.minimum(one[2:4], other[2:4])
    both = (high - low).clamp(min=0).prod()
    area = lambda box: (box[2:4] - box[:2]).prod()  # noqa: E731
    return float(both / (area(one) + area(other) - both).clamp(min=1e-9))
