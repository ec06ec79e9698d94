"""The cross-encoder that re-ranks: the text encoder's hidden states attend to a photo's cached regions.

The paper re-ranks with UNITER or OSCAR, text and regions in one sequence (arXiv 2103.08784, section 3.4). Here the tokens attend to the
regions and to one another, which costs a quarter: the regions are cached with the gallery and are never updated.

First a late interaction (as FILIP's and ColBERT's, arXiv 2111.07783 and 2004.12832): each token finds its regions by cosine, and the sum of
what the tokens find, where, and how often, is a score by itself, cheap enough to learn among thousands of pairs at once. A token that knows
its neighbours ("red", of a cube) looks for a region that is both, which is how colours find their things; what was found then goes through
the layers, which compare. Both the dot score and the late interaction are addends of the logit: the layers learn what these leave open.

Shapes: P pairs, B texts, N images, T text tokens, R regions, C stem features, H hidden width of the encoders, D dimension of their vectors, W
width here, K width of a region.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .model import Block, grid_boxes


AROUND = 5  # tokens to either side
LOOK = 30.0  # of the cosines by which a token is shown where it looks
COUNTS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0)  # each has a bump, over the logarithm of 1 more than the number
COUNT_WIDTH = 0.2


@dataclass(frozen=True)
class CrossConfig:
    text_width: int = 256  # H
    region_features: int = 256  # C
    region_width: int = 96  # K
    grid: int = 6  # R = grid * grid
    text_layers: int = 1  # of the tokens alone, once a text
    layers: int = 2  # of pairs; without any, the late interaction is all there is
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


class Neighbours(nn.Module):
    """What the tokens around each say, by distance. Attention alone would have to learn both whom to ask and what for, where neither pays
    without the other; whose colour a colour is stands beside it."""

    def __init__(self, c: CrossConfig):
        super().__init__()
        self.around = nn.Conv1d(c.width, c.width, 2 * AROUND + 1, padding=AROUND, groups=c.width, bias=False)
        self.out = nn.Linear(c.width, c.width)
        self.norm = nn.LayerNorm(c.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (P, T, W), mask (P, T) -> (P, T, W)."""
        told = self.norm(x) * mask[..., None].to(x.dtype)
        return x + self.out(F.gelu(self.around(told.transpose(1, 2)).transpose(1, 2)))


class Grounding(nn.Module):
    """The late interaction: where each token finds what it names, and how often, in heads of their own spaces.

    A score is linear in what is found, and each token says what that is worth: the cosine of its best region; the place of its regions
    ("left of": one thing's x counts against the other's); their number, as bumps, so that "three" can ask for neither two nor four.
    """

    def __init__(self, c: CrossConfig):
        super().__init__()
        self.heads = c.heads
        self.ask, self.key, self.value = (nn.Linear(c.width, c.width) for _ in range(3))
        # Of the cosines; kept as its logarithm, so that the rate of all weights is enough for it.
        self.sharpness = nn.Parameter(torch.full((c.heads, 1, 1), math.log(10.0)))
        self.threshold = nn.Parameter(torch.full((c.heads, 1, 1), 0.5))  # from this cosine on a region counts
        self.amount = nn.Linear(c.width, c.heads)  # what a region counts: a large thing covers several
        self.direction, self.weight = nn.Linear(c.width, 2 * c.heads), nn.Linear(c.width, c.heads)
        self.number = nn.Linear(c.width, c.heads * (1 + len(COUNTS)))
        self.bias = nn.Linear(c.width, 1)  # what is expected of a token
        self.out = nn.Linear(c.width + c.heads * (2 + len(COUNTS)), c.width)
        self.place = nn.Linear(2 * c.heads, c.width, bias=False)
        centres = grid_boxes(c.grid)
        self.register_buffer("centres", centres[:, :2] + centres[:, 2:4] - 1, persistent=False)  # x, y from -1 to 1: (R, 2)
        self.register_buffer("counts", torch.tensor(COUNTS).log1p(), persistent=False)

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (B, heads, T or R, W / heads)

    def asked(self, text: Tensor) -> Tensor:
        return F.normalize(self.split(self.ask(text)), dim=-1)  # (B, heads, T, W / heads)

    def shown(self, regions: Tensor) -> tuple[Tensor, Tensor]:
        """Keys (N, heads, R, W / heads) of length 1, and what each region counts (N, heads, R, 1)."""
        return F.normalize(self.split(self.key(regions)), dim=-1), F.softplus(self.split(self.amount(regions)))

    def found(self, cosines: Tensor, amounts: Tensor) -> tuple[Tensor, Tensor]:
        """cosines (..., heads, T, R), amounts (..., heads, R, 1) -> the regions' shares (..., heads, T, R), and what is found
        (..., heads, T, 4 + COUNTS): x and y, the best cosine, the number's logarithm and bumps."""
        sharp = self.sharpness.exp()
        settled = (sharp * cosines).softmax(-1)
        number = (torch.sigmoid(sharp * (cosines - self.threshold)) @ amounts).log1p()  # (..., heads, T, 1)
        bumps = torch.exp(-(((number - self.counts) / COUNT_WIDTH) ** 2))
        return settled, torch.cat([settled @ self.centres, cosines.amax(-1, keepdim=True), number, bumps], dim=-1)

    def worth(self, text: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """text (B, T, W), mask (B, T) -> what each finding is worth (B, heads, T, 4 + COUNTS), and what is expected of the text (B)."""
        each = [self.split(self.direction(text)), F.softplus(self.split(self.weight(text))), self.split(self.number(text))]
        return torch.cat(each, dim=-1) * mask[:, None, :, None], (self.bias(text)[..., 0] * mask).sum(-1)

    def forward(self, text: Tensor, mask: Tensor, regions: Tensor, text_of: Tensor, image_of: Tensor) -> tuple[Tensor, Tensor]:
        """text (B, T, W), mask (B, T), regions (N, R, W) -> the tokens with what they found (P, T, W), and the scores (P)."""
        keys, amounts = self.shown(regions)
        settled, found = self.found(self.asked(text)[text_of] @ keys[image_of].transpose(2, 3), amounts[image_of])
        worth, expected = self.worth(text, mask)
        seen = (settled @ self.split(self.value(regions))[image_of]).transpose(1, 2).flatten(2)  # (P, T, W)
        told = torch.cat([seen, found[..., 2:].transpose(1, 2).flatten(2)], dim=-1)
        where = found[..., :2].transpose(1, 2).flatten(2)  # (P, T, 2 heads)
        return text[text_of] + self.out(told) + self.place(where), (worth[text_of] * found).sum((1, 2, 3)) - expected[text_of]

    def looks(self, text: Tensor, regions: Tensor) -> Tensor:
        """Where each token looks, for people: text (B, T, W), regions (N, R, W), B one or N -> shares of the regions (N, T, R). A head counts as
        much as what it finds is worth to the score, and all of them must agree on a region: much sharper than any head alone."""
        cosines = self.asked(text) @ self.shown(regions)[0].transpose(2, 3)  # (N, heads, T, R)
        worth = F.softplus(self.split(self.weight(text)))  # (B, heads, T, 1)
        return (LOOK * (worth * cosines).sum(1) / worth.sum(1)).softmax(-1)

    def each_score(self, text: Tensor, mask: Tensor, regions: Tensor) -> Tensor:
        """Only the scores, of texts and images one by one: (N)."""
        keys, amounts = self.shown(regions)
        worth, expected = self.worth(text, mask)
        return (worth * self.found(self.asked(text) @ keys.transpose(2, 3), amounts)[1]).sum((1, 2, 3)) - expected

    def all_scores(self, text: Tensor, mask: Tensor, regions: Tensor) -> Tensor:
        """Only the scores, of every text with every image: (B, N)."""
        keys, amounts = self.shown(regions)
        worth, expected = self.worth(text, mask)
        cosines = torch.einsum("bhtd,nhrd->bnhtr", self.asked(text), keys)
        return torch.einsum("bnhtf,bhtf->bn", self.found(cosines, amounts)[1], worth) - expected[:, None]


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

    def forward(self, x: Tensor, regions: Tensor, bias: Tensor, image_of: Tensor, last: bool) -> Tensor:
        """x (P, T, W), regions (N, R, W), bias (P, 1, 1, T), image_of (P) -> (P, T, W).

        In the last block only [CLS], which is all that is read, goes on: (P, 1, W).
        """
        kv = self.regions(regions)  # (N, R, 2W), once an image
        y = x[:, :1] if last else x
        y = y + self.drop(self.seen(self.attend(self.look(self.ln1(y)), kv[image_of])))
        tokens = self.tokens(self.ln2(x if last else y))  # (P, T, 2W)
        y = y + self.drop(self.told(self.attend(self.ask(self.ln2(y)), tokens, bias)))
        return y + self.drop(self.mlp(self.ln3(y)))


class CrossEncoder(nn.Module):
    def __init__(self, c: CrossConfig):
        super().__init__()
        self.config = c
        self.regions = RegionProjection(c)
        self.text = nn.Linear(c.text_width, c.width)
        self.text_neighbours = Neighbours(c)
        if c.layers:
            self.neighbours = Neighbours(c)
        self.text_blocks = nn.ModuleList(Block(c) for _ in range(c.text_layers))
        self.text_norm = nn.LayerNorm(c.width)
        self.region = nn.Linear(c.region_width, c.width)
        self.box = nn.Linear(7, c.width)
        self.norm = nn.LayerNorm(c.width)
        self.grounding = Grounding(c)
        self.blocks = nn.ModuleList(CrossBlock(c) for _ in range(c.layers))
        if c.layers:
            self.match = nn.Sequential(nn.LayerNorm(c.width), nn.Linear(c.width, c.width), nn.GELU(), nn.Linear(c.width, 1))
        self.dot = nn.Parameter(torch.ones(()))  # what a unit of the dot score counts
        self.register_buffer("boxes", grid_boxes(c.grid), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.03)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        nn.init.normal_(self.grounding.place.weight, std=0.3)  # or places would whisper beside words
        nn.init.constant_(self.grounding.amount.bias, -1.0)  # a thing covers about three regions
        for silent in (self.grounding.direction, self.grounding.number):  # first what is found at all; the rest is noise until then
            nn.init.zeros_(silent.weight)

    def forward(
        self, text: Tensor, mask: Tensor, regions: Tensor, text_vectors: Tensor, image_vectors: Tensor,
        text_of: Tensor | None = None, image_of: Tensor | None = None,
    ) -> Tensor:
        """Match logits (P) of pairs.

        text (B, T, H) hidden states, mask (B, T), regions (N, R, K), text_vectors (B, D), image_vectors (N, D); text_of and image_of (P) name
        each pair's text and image. Without them there is one text, and a pair for each image.
        """
        if text_of is None:
            image_of = torch.arange(regions.shape[0], device=regions.device)
            text_of = torch.zeros_like(image_of)
        x, r = self.read(text, mask), self.looked_at(regions)  # (B, T, W), (N, R, W)
        x, late = self.grounding(x, mask, r, text_of, image_of)  # (P, T, W), (P)
        score = late + self.dot * (text_vectors[text_of] * image_vectors[image_of]).sum(-1)
        if not self.blocks:
            return score
        x = self.neighbours(x, mask[text_of])
        bias = attention_bias(mask, x.dtype)[text_of]
        with self.autocast(x):
            for block in self.blocks:
                x = block(x, r, bias, image_of, last=block is self.blocks[-1])
        return self.match(x[:, 0].float())[:, 0] + score  # [CLS] has seen what is told

    def looks(self, text: Tensor, mask: Tensor, regions: Tensor) -> Tensor:
        """Where the tokens of one text look in each image: (N, T, R)."""
        return self.grounding.looks(self.read(text, mask), self.looked_at(regions))

    def late_all(self, text: Tensor, mask: Tensor, regions: Tensor) -> Tensor:
        """The late interaction alone, of every text with every image: (B, N)."""
        return self.grounding.all_scores(self.read(text, mask), mask, self.looked_at(regions))

    def late_each(self, text: Tensor, mask: Tensor, regions: Tensor) -> Tensor:
        """The late interaction alone, of texts and images one by one: (N)."""
        return self.grounding.each_score(self.read(text, mask), mask, self.looked_at(regions))

    def autocast(self, x: Tensor) -> torch.autocast:
        return torch.autocast(x.device.type, torch.bfloat16, enabled=self.config.bf16 and self.training)

    def read(self, text: Tensor, mask: Tensor) -> Tensor:
        x, bias = self.text_neighbours(self.text(text), mask), attention_bias(mask, text.dtype)
        with self.autocast(x):
            for block in self.text_blocks:
                x = block(x, bias)
        return self.text_norm(x.float())  # (B, T, W)

    def looked_at(self, regions: Tensor) -> Tensor:
        return self.norm(self.region(regions) + self.box(self.boxes))  # (N, R, W)


def attention_bias(mask: Tensor, dtype: torch.dtype) -> Tensor:
    return (1.0 - mask[:, None, None, :].to(dtype)) * -1e4  # (B, 1, 1, T)
