"""Each loss against a case worked out by hand."""

import math

import pytest
import torch

from training import objectives
from training.model import LightningDOT, ModelConfig

CONFIG = ModelConfig(vocabulary=50, width=16, heads=2, text_layers=1, image_layers=1, dimension=8, region_features=12, classes=5, dropout=0.0)


@pytest.fixture
def model() -> LightningDOT:
    torch.manual_seed(0)
    return LightningDOT(CONFIG)


def batch(n: int = 6):
    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(objectives.SPECIAL, 50, (n, 7), generator=generator)
    ids[:, 0], ids[:, -1] = objectives.CLS, objectives.SEP
    return ids, torch.ones_like(ids), torch.randn(n, 36, 12, generator=generator), generator


def test_cmr_by_hand():
    # S = [[2, 0], [1, 3]]
    text = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
    loss = objectives.cmr(text, torch.eye(2))
    rows = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(-2))) / 2
    columns = (math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-3))) / 2
    assert loss.item() == pytest.approx((rows + columns) / 2, abs=1e-6)


def test_cmr_leaves_out_pairs_that_also_match():
    text = torch.tensor([[2.0, 0.0], [1.0, 3.0]])
    same = torch.tensor([[False, True], [True, False]])
    assert objectives.cmr(text, torch.eye(2), same).item() == pytest.approx(0, abs=1e-6)


def test_masking_is_15_percent_in_80_10_10():
    ids = torch.full((2000, 40), 7)
    ids[:, 0] = objectives.CLS
    ids[:, 30:] = objectives.PAD
    read, chosen = objectives.mask_words(ids, 1000, torch.Generator().manual_seed(0))
    assert not chosen[ids < objectives.SPECIAL].any()
    assert chosen.sum(1).min() >= 1
    assert chosen.sum().item() / (2000 * 29) == pytest.approx(0.15, abs=0.01)
    now = read[chosen]
    assert (now == objectives.MASK).float().mean().item() == pytest.approx(0.8, abs=0.02)
    assert (now == 7).float().mean().item() == pytest.approx(0.1, abs=0.02)
    assert (read[~chosen] == ids[~chosen]).all()


def test_at_least_one_word_and_one_region_are_masked():
    ids = torch.tensor([[objectives.CLS, 9, objectives.SEP]] * 50)
    _, chosen = objectives.mask_words(ids, 50, torch.Generator().manual_seed(0))
    assert chosen[:, 1].all()
    assert (objectives.mask_regions((50, 1), torch.Generator().manual_seed(0))).all()


def test_vmlm_of_a_decoder_that_knows_nothing(model):
    ids, mask, features, generator = batch()
    with torch.no_grad():
        model.text.words.weight.zero_()  # tied: every logit is the bias, 0
    assert objectives.vmlm(model, ids, mask, features, generator).item() == pytest.approx(math.log(50), abs=1e-5)


def test_mrfr_of_a_decoder_that_knows_nothing(model):
    ids, mask, features, _ = batch()
    with torch.no_grad():
        model.image.feature.weight.zero_()  # tied: every prediction is the bias, 0
    chosen = objectives.mask_regions(features.shape[:2], torch.Generator().manual_seed(5))
    loss = objectives.mrfr(model, ids, mask, features, torch.Generator().manual_seed(5))
    assert loss.item() == pytest.approx(features[chosen].square().mean().item(), abs=1e-5)


def test_mrc_kl_of_a_head_that_knows_nothing(model):
    ids, mask, features, generator = batch()
    with torch.no_grad():
        model.class_head[1].weight.zero_()  # uniform over 5 classes
    classes = torch.zeros(6, 36, 5)
    classes[..., 0] = classes[..., 3] = 0.5
    # KL(p || uniform) = ln 5 - H(p) = ln 5 - ln 2
    assert objectives.mrc_kl(model, ids, mask, features, classes, generator).item() == pytest.approx(math.log(2.5), abs=1e-5)


def test_the_other_side_is_fused(model):
    """VMLM must depend on the picture and SMRM on the text, or the objectives teach nothing of the other side."""
    ids, mask, features, _ = batch()
    features.requires_grad_()
    objectives.vmlm(model, ids, mask, features, torch.Generator().manual_seed(2)).backward()
    assert features.grad.abs().sum() > 0
    model.zero_grad()
    objectives.mrfr(model, ids, mask, features.detach(), torch.Generator().manual_seed(2)).backward()
    assert model.text.positions.weight.grad.abs().sum() > 0


def test_a_masked_region_is_not_seen(model):
    _, _, features, _ = batch(1)
    model.eval()
    masked = torch.zeros(1, 36, dtype=torch.bool)
    masked[0, 4] = True
    other = features.clone()
    other[0, 4] += 10
    assert torch.equal(model.image(features, masked), model.image(other, masked))
    assert not torch.equal(model.image(features), model.image(other))


def test_padding_is_not_read(model):
    model.eval()
    ids = torch.tensor([[1, 5, 6, 2]])
    padded = torch.tensor([[1, 5, 6, 2, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 0, 0]])
    assert torch.allclose(model.text.embed(ids, torch.ones_like(ids)), model.text.embed(padded, mask), atol=1e-5)
