"""The stem: a small convolutional region classifier, in place of the paper's Faster R-CNN.

It turns a picture into a grid of region features and is trained, before the transformers and then frozen, to tell what covers each
region (soft distributions over the kinds and over the values of each attribute, with the background), how many objects have their middle in it, and the scene's setting.
PhotoStem is the one for photographs, trained with the transformers (train_photos.py).
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


class FlatConv(nn.Conv2d):
    """A 3 x 3 convolution whose weight is kept as a matrix (out, in * 9), which is what Muon orthogonalises."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__(inputs, outputs, 3, stride, 1, bias=False)
        self.weight = nn.Parameter(self.weight.detach().flatten(1))

    def forward(self, x: Tensor) -> Tensor:
        weight = self.weight.view(self.out_channels, self.in_channels, 3, 3).contiguous(memory_format=torch.channels_last)
        return F.conv2d(x, weight, None, self.stride, self.padding)


class PhotoLayer(nn.Sequential):
    """Convolution, BatchNorm, ReLU; added to what came in where the stride is 1."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1):
        super().__init__(FlatConv(inputs, outputs, stride), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))
        self.residual = stride == 1

    def forward(self, x: Tensor) -> Tensor:
        return x + super().forward(x) if self.residual else super().forward(x)


class PhotoStem(nn.Module):
    """The stem for photographs: pixels (B, 3, s, s), normalised, s a multiple of 32 -> region features (B, (s / 32)^2, C) of either sign.

    Plain convolutions: on CPUs they do four times the multiplications a second of depthwise ones.
    Narrow where the picture is large and deep where it is small.
    """

    def __init__(self, features: int = 256):
        super().__init__()
        self.blocks = nn.Sequential(
            PhotoLayer(3, 24, 2),  # s / 2
            PhotoLayer(24, 48, 2),  # s / 4
            PhotoLayer(48, 96, 2),  # s / 8
            PhotoLayer(96, 96),
            PhotoLayer(96, 176, 2),  # s / 16
            PhotoLayer(176, 176),
            PhotoLayer(176, 176),
            PhotoLayer(176, 320, 2),  # s / 32
            PhotoLayer(320, 320),
        )
        self.features = nn.Conv2d(320, features, 1)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.features(self.blocks(pixels)).flatten(2).transpose(1, 2)  # (B, R, C)


def stem_of(kind: str, features: int) -> nn.Module:
    """The stem that a pack's config.json names: "diorama" or "photo". Raises ValueError for another."""
    kinds = {"diorama": Stem, "photo": PhotoStem}
    if kind not in kinds:
        raise ValueError(f'"stem" is {kind!r}, known are {", ".join(kinds)}.')
    return kinds[kind](features)


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
