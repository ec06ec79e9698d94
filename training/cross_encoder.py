"""The cross-encoder that re-ranks: the text encoder's hidden states attend to a photo's cached regions.

The paper re-ranks with UNITER or OSCAR, text and regions in one sequence (arXiv 2103.08784, section 3.4). Here the tokens attend to the
regions and to one another, which costs a quarter: the regions are cached with the gallery and are never updated.

The dot score is an addend of the logit: the layers learn what it leaves open.

Shapes: P pairs, B texts, N images, T text tokens, R regions, C stem features, H hidden width of the encoders, D dimension of their vectors, W
width here, K width of a region.
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .model import grid_boxes


@dataclass(frozen=True)
class CrossConfig:
    text_width: int = 256  # H
    region_features: int = 256  # C
    region_width: int = 96  # K
    grid: int = 6  # R = grid * grid
    layers: int = 3
    width: int = 256  # W
    heads: int = 4
    dropout: float = 0.0
    bf16: bool = False  # train the layers in bfloat16; evaluation stays in float32

    def as_dict(self) -> dict:
        return asdict(self)


class RegionProjection(nn.Module):
    """What is cached of a photo: each region's stem feature and what the image encoder made of it, in K numbers."""

    def __init__(self, c: CrossConfig):
        super().__init__()
        self.project = nn.Linear(c.region_features + c.text_width, c.region_width)
        self.norm = nn.LayerNorm(c.region_width, elementwise_affine=False)  # so that 8 bits fit every photo

    def forward(self, features: Tensor, hidden: Tensor) -> Tensor:
        """features (N, R, C) of the stem, hidden (N, R, H) of the image encoder -> regions (N, R, K)."""
        return self.norm(self.project(torch.cat([features, hidden], dim=-1)))


class CrossBlock(nn.Module):
    """Pre-LN: attention to the regions, attention among the tokens, MLP."""

    def __init__(self, c: CrossConfig):
        super().__init__()
        self.heads = c.heads
        self.ln1, self.ln2, self.ln3 = (nn.LayerNorm(c.width) for _ in range(3))
        self.look, self.regions, self.seen = nn.Linear(c.width, c.width), nn.Linear(c.width, 2 * c.width), nn.Linear(c.width, c.width)
        self.ask, self.tokens, self.told = nn.Linear(c.width, c.width), nn.Linear(c.width, 2 * c.width), nn.Linear(c.width, c.width)
        self.mlp = nn.Sequential(nn.Linear(c.width, 4 * c.width), nn.GELU(), nn.Linear(4 * c.width, c.width))
        self.drop = nn.Dropout(c.dropout)

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)  # (P, heads, T or R, W / heads)

    def attend(self, q: Tensor, kv: Tensor, bias: Tensor | None = None) -> Tensor:
        k, v = kv.chunk(2, dim=-1)
        y = F.scaled_dot_product_attention(self.split(q), self.split(k), self.split(v), attn_mask=bias)
        return y.transpose(1, 2).flatten(2)  # (P, T, W)

    def forward(self, x: Tensor, regions: Tensor, bias: Tensor, image_of: Tensor | None, last: bool) -> Tensor:
        """x (P, T, W), regions (N, R, W), bias (P, 1, 1, T), image_of (P) or None where pair i is of image i -> (P, T, W).

        In the last block only [CLS], which is all that is read, goes on: (P, 1, W).
        """
        kv = self.regions(regions)  # (N, R, 2W), once an image
        y = x[:, :1] if last else x
        y = y + self.drop(self.seen(self.attend(self.look(self.ln1(y)), kv if image_of is None else kv[image_of])))
        tokens = self.tokens(self.ln2(x if last else y))  # (P, T, 2W)
        y = y + self.drop(self.told(self.attend(self.ask(self.ln2(y)), tokens, bias)))
        return y + self.drop(self.mlp(self.ln3(y)))


class CrossEncoder(nn.Module):
    def __init__(self, c: CrossConfig):
        super().__init__()
        self.config = c
        self.regions = RegionProjection(c)
        self.text = nn.Linear(c.text_width, c.width)
        self.region = nn.Linear(c.region_width, c.width)
        self.box = nn.Linear(7, c.width)
        self.norm = nn.LayerNorm(c.width)
        self.blocks = nn.ModuleList(CrossBlock(c) for _ in range(c.layers))
        self.match = nn.Sequential(nn.LayerNorm(c.width), nn.Linear(c.width, c.width), nn.GELU(), nn.Linear(c.width, 1))
        self.dot = nn.Parameter(torch.ones(()))  # what a unit of the dot score counts
        self.register_buffer("boxes", grid_boxes(c.grid), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.03)
                nn.init.zeros_(module.bias)

    def forward(
        self, text: Tensor, mask: Tensor, regions: Tensor, text_vectors: Tensor, image_vectors: Tensor,
        text_of: Tensor | None = None, image_of: Tensor | None = None,
    ) -> Tensor:
        """Match logits (P) of pairs.

        text (B, T, H) hidden states, mask (B, T), regions (N, R, K), text_vectors (B, D), image_vectors (N, D); text_of and image_of (P) name
        each pair's text and image. Without them there is one text, and a pair for each image.
        """
        seen = self.seen(text, mask, regions, text_of, image_of)[:, 0]  # (P, W)
        if text_of is not None:
            text_vectors, image_vectors = text_vectors[text_of], image_vectors[image_of]
        return self.match(seen)[:, 0] + self.dot * (text_vectors * image_vectors).sum(-1)

    def seen(
        self, text: Tensor, mask: Tensor, regions: Tensor, text_of: Tensor | None = None, image_of: Tensor | None = None, every: bool = False
    ) -> Tensor:
        """What the tokens have seen: of [CLS] (P, 1, W), or of `every` token (P, T, W). Arguments as in forward; as many texts as images
        without text_of and image_of are pairs one by one."""
        bias = (1.0 - mask[:, None, None, :].to(text.dtype)) * -1e4  # (B, 1, 1, T)
        r = self.norm(self.region(regions) + self.box(self.boxes))  # (N, R, W)
        x = self.text(text)  # (B, T, W)
        if text_of is None:
            x, bias = x.expand(regions.shape[0], -1, -1), bias.expand(regions.shape[0], -1, -1, -1)
        else:
            x, bias = x[text_of], bias[text_of]
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.config.bf16 and self.training):
            for block in self.blocks:
                x = block(x, r, bias, image_of, last=block is self.blocks[-1] and not every)
        return x.float()
