"""The two encoders of LightningDOT (arXiv 2103.08784, section 3.1) over a grid of regions.

Shapes: B batch, T text tokens, R regions, C region feature width, H hidden width, D dimension of the shared space.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class ModelConfig:
    vocabulary: int = 2048
    max_tokens: int = 48
    width: int = 256  # H
    heads: int = 4
    text_layers: int = 3
    image_layers: int = 3
    dimension: int = 256  # D
    region_features: int = 256  # C, what the stem gives
    grid: int = 6  # R = grid * grid
    stem: str = "diorama"  # or "photo" (stem.py)
    classes: int = 97  # kind x colour, and the background
    centred: bool = False  # vectors are of length 1 around the middle of the training set's (centre.py); else as the projection gives them
    dropout: float = 0.1
    bf16: bool = False  # train the transformers' layers in bfloat16; everything else, and all evaluation, stays in float32

    def as_dict(self) -> dict:
        return asdict(self)


class Block(nn.Module):
    """A pre-LN transformer layer; pre-LN because it trains from scratch without a long warm-up."""

    def __init__(self, c: ModelConfig):
        super().__init__()
        self.heads = c.heads
        self.ln1 = nn.LayerNorm(c.width)
        self.qkv = nn.Linear(c.width, 3 * c.width)
        self.out = nn.Linear(c.width, c.width)
        self.ln2 = nn.LayerNorm(c.width)
        self.mlp = nn.Sequential(nn.Linear(c.width, 4 * c.width), nn.GELU(), nn.Linear(4 * c.width, c.width))
        self.drop = nn.Dropout(c.dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        B, N, H = x.shape
        q, k, v = self.qkv(self.ln1(x)).view(B, N, 3, self.heads, H // self.heads).permute(2, 0, 3, 1, 4)  # each (B, nh, N, hs)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)  # (B, nh, N, hs)
        y = y.transpose(1, 2).reshape(B, N, H)  # (B, N, H)
        x = x + self.drop(self.out(y))
        return x + self.drop(self.mlp(self.ln2(x)))


class Transformer(nn.Module):
    def __init__(self, c: ModelConfig, layers: int):
        super().__init__()
        self.bf16 = c.bf16
        self.blocks = nn.ModuleList(Block(c) for _ in range(layers))
        self.norm = nn.LayerNorm(c.width)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.bf16 and self.training):
            for block in self.blocks:
                x = block(x, bias)
        return self.norm(x.float())  # (B, N, H)


def projection(c: ModelConfig) -> nn.Sequential:
    """`proj` of the paper's code: H -> 2H, GELU, LayerNorm, 2H -> D."""
    return nn.Sequential(
        nn.Linear(c.width, 2 * c.width), nn.GELU(), nn.LayerNorm(2 * c.width, eps=1e-12), nn.Linear(2 * c.width, c.dimension)
    )


class Encoder(nn.Module):
    """What both encoders have: the projection into the shared space, and where its middle is."""

    def project(self, c: ModelConfig) -> None:
        """Makes the projection: last, so that a seed draws the same first weights as it always has."""
        self.proj = projection(c)
        if c.centred:
            self.register_buffer("middle", torch.zeros(c.dimension))
        self.centred = c.centred

    def vector(self, cls: Tensor) -> Tensor:
        """The hidden state of [CLS] (B, H) -> (B, D)."""
        x = self.proj(cls)
        return F.normalize(F.normalize(x, dim=-1) - self.middle, dim=-1) if self.centred else x


class TextEncoder(Encoder):
    def __init__(self, c: ModelConfig):
        super().__init__()
        self.words = nn.Embedding(c.vocabulary, c.width)
        self.positions = nn.Embedding(c.max_tokens, c.width)
        self.norm = nn.LayerNorm(c.width)
        self.drop = nn.Dropout(c.dropout)
        self.transformer = Transformer(c, c.text_layers)
        self.project(c)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask (B, T) integers, mask 1 for tokens and 0 for padding -> hidden (B, T, H); position 0 is [CLS]."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]]  # (B, T, H)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4  # (B, 1, 1, T)
        return self.transformer(self.drop(self.norm(x)), bias)

    def embed(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.vector(self(ids, mask)[:, 0])  # (B, D)


def grid_boxes(grid: int) -> Tensor:
    """The 7-d boxes [x1, y1, x2, y2, w, h, w*h] of a grid of regions, row by row, as parts of the image: (grid*grid, 7)."""
    edges = torch.arange(grid, dtype=torch.float32) / grid
    y, x = torch.meshgrid(edges, edges, indexing="ij")
    s = torch.full_like(x, 1 / grid)
    return torch.stack([x, y, x + s, y + s, s, s, s * s], dim=-1).view(-1, 7)


class ImageEncoder(Encoder):
    def __init__(self, c: ModelConfig):
        super().__init__()
        self.feature = nn.Linear(c.region_features, c.width)
        self.feature_norm = nn.LayerNorm(c.width)
        self.box = nn.Linear(7, c.width)
        self.box_norm = nn.LayerNorm(c.width)
        self.kind = nn.Parameter(torch.zeros(c.width))  # the type embedding
        self.cls = nn.Parameter(torch.randn(c.width) * 0.02)
        self.mask = nn.Parameter(torch.randn(c.region_features) * 0.02)  # stands for a masked region's feature
        self.norm = nn.LayerNorm(c.width)
        self.drop = nn.Dropout(c.dropout)
        self.transformer = Transformer(c, c.image_layers)
        self.project(c)
        self.register_buffer("boxes", grid_boxes(c.grid), persistent=False)

    def forward(self, features: Tensor, masked: Tensor | None = None) -> Tensor:
        """features (B, R, C), masked (B, R) bool or None -> hidden (B, 1 + R, H); position 0 is [CLS].

        R is grid * grid, or another square while pictures of another size are trained on: boxes are parts of the image.
        """
        boxes = self.boxes if features.shape[1] == len(self.boxes) else grid_boxes(math.isqrt(features.shape[1])).to(features.device)
        if masked is not None:
            features = torch.where(masked[:, :, None], self.mask, features)  # zeroed, plus the mask embedding
        x = self.norm(self.feature_norm(self.feature(features)) + self.box_norm(self.box(boxes)) + self.kind)  # (B, R, H)
        x = torch.cat([self.cls.expand(x.shape[0], 1, -1), x], dim=1)  # (B, 1 + R, H)
        return self.transformer(self.drop(x))

    def embed(self, features: Tensor) -> Tensor:
        return self.vector(self(features)[:, 0])  # (B, D)


class LightningDOT(nn.Module):
    """Both encoders and the heads of the pre-training objectives (objectives.py)."""

    def __init__(self, c: ModelConfig):
        super().__init__()
        self.config = c
        self.text = TextEncoder(c)
        self.image = ImageEncoder(c)
        head = lambda: nn.Sequential(nn.Linear(c.width, c.width), nn.GELU(), nn.LayerNorm(c.width))  # noqa: E731
        self.word_head, self.word_bias = head(), nn.Parameter(torch.zeros(c.vocabulary))
        self.feature_head, self.feature_bias = head(), nn.Parameter(torch.zeros(c.region_features))
        self.class_head = nn.Sequential(head(), nn.Linear(c.width, c.classes))
        self.apply(_init)
        # Small first scores: raw inner products that begin large saturate CMR's softmax, and the encoders collapse to one vector.
        for encoder in (self.text, self.image):
            nn.init.normal_(encoder.proj[3].weight, std=0.01)

    def words(self, hidden: Tensor) -> Tensor:
        """(N, H) -> logits (N, vocabulary); the decoder is tied to the word embeddings."""
        return F.linear(self.word_head(hidden), self.text.words.weight, self.word_bias)

    def features(self, hidden: Tensor) -> Tensor:
        """(N, H) -> region features (N, C); the decoder is tied to the feature projection."""
        return F.linear(self.feature_head(hidden), self.image.feature.weight.t(), self.feature_bias)


def _init(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.03)
        nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
