"""A cross-encoder of UNITER-base's shape with random weights: 12 layers of width 768 over 36 regions and 16 tokens in one sequence.

    python bench/speed/uniter.py OUT.onnx

Needs the training environment. Weights are 8-bit, as those of the project's own packs.
"""

import sys
from pathlib import Path

import torch
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training.export import export_graph  # noqa: E402
from training.model import ModelConfig, Transformer  # noqa: E402

WIDTH, WORDS, FEATURES = 768, 28_996, 2048


class Uniter(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.feature, self.box = nn.Linear(FEATURES, WIDTH), nn.Linear(7, WIDTH)
        self.transformer = Transformer(ModelConfig(width=WIDTH, heads=12, dropout=0.0), 12)
        self.match = nn.Linear(WIDTH, 1)

    def forward(self, ids: Tensor, features: Tensor, boxes: Tensor) -> Tensor:
        """ids (B, 16), features (B, 36, 2048), boxes (B, 36, 7) -> match logits (B, 1)."""
        x = torch.cat([self.words(ids), self.feature(features) + self.box(boxes)], dim=1)
        return self.match(self.transformer(x)[:, 0])


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    names = ["ids", "features", "boxes"]
    inputs = (torch.zeros(1, 16, dtype=torch.long), torch.zeros(1, 36, FEATURES), torch.zeros(1, 36, 7))
    part = out.with_suffix(".part")
    export_graph(Uniter(), inputs, names, ["match"], {name: {0: "B"} for name in [*names, "match"]}, part)
    part.replace(out)
