"""The stem: a small convolutional region classifier, in place of the paper's Faster R-CNN.

It turns a picture into a grid of region features and is trained, before the transformers and then frozen, to tell what covers each
region (soft distributions over the kinds and over the values of each attribute, with the background), how many objects have their middle in it, and the scene's setting.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 192  # pixels; the grid is SIDE / 32


def layer(inputs: int, outputs: int, stride: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.layer = layer(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layer(x)


class Stem(nn.Module):
    """pixels (B, 3, 192, 192), normalised -> region features (B, 36, C)."""

    def __init__(self, features: int = 256):
        super().__init__()
        self.layers = nn.Sequential(
            layer(3, 24, 2),  # 96
            layer(24, 48, 2),  # 48
            Residual(48),
            layer(48, 96, 2),  # 24
            Residual(96),
            layer(96, 160, 2),  # 12
            Residual(160),
            layer(160, features, 2),  # 6
            Residual(features),
        )
        # Of each feature over the training set (standardise): the transformers learn several times faster from unit deviations.
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("deviation", torch.ones(features))

    def raw(self, pixels: Tensor) -> Tensor:
        return self.layers(pixels).flatten(2).transpose(1, 2)  # (B, 36, C)

    def forward(self, pixels: Tensor) -> Tensor:
        return (self.raw(pixels) - self.mean) / self.deviation  # (B, 36, C)

    @torch.no_grad()
    def standardise(self, pixels: Tensor, batch: int = 128) -> None:
        """Takes mean and deviation from a sample (N, 3, 192, 192) of the training set."""
        self.eval()
        features = torch.cat([self.raw(part) for part in pixels.split(batch)]).flatten(0, 1)  # (N * 36, C)
        self.mean.copy_(features.mean(0))
        self.deviation.copy_(features.std(0) + 1e-3)


class RegionClassifier(nn.Module):
    """Kind and attributes have heads of their own, so that a look never seen together (a green tree, a red one, but no blue) is still told."""

    def __init__(self, heads: tuple[int, ...], settings: int, features: int = 256):
        super().__init__()
        self.stem = Stem(features)
        self.covers = nn.ModuleList(nn.Linear(features, values) for values in heads)
        self.middles = nn.Linear(features, 4)
        self.setting = nn.Linear(features, settings)

    def loss(self, pixels: Tensor, covers: list[Tensor], middles: Tensor, setting: Tensor) -> dict[str, Tensor]:
        """covers: per head (B, 36, values), each sums to 1; middles (B, 36) integers 0..3; setting (B) integer."""
        x = self.stem.raw(pixels).float()  # (B, 36, C)
        cover = sum(
            F.kl_div(F.log_softmax(head(x), -1).flatten(0, 1), target.flatten(0, 1), reduction="batchmean")
            for head, target in zip(self.covers, covers, strict=True)
        )
        return {
            "cover": cover,
            "middles": F.cross_entropy(self.middles(x).flatten(0, 1), middles.flatten().clamp(max=3)),
            "setting": 0.2 * F.cross_entropy(self.setting(x.mean(1)), setting),
        }


def normalised(pictures: Tensor) -> Tensor:
    """Bytes (B, SIDE, SIDE, 3) -> (B, 3, SIDE, SIDE) in -1..1, as preprocessor_config.json says."""
    return pictures.permute(0, 3, 1, 2).float().div_(127.5).sub_(1.0).contiguous(memory_format=torch.channels_last)
