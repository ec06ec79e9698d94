import numpy as np
import pytest

from training.evaluate import oracle_ar, recalls


def test_recalls_by_hand():
    # Two images of two captions each. Caption 3 (gold image 1) prefers image 0; image 1's best caption, 2, is beaten by 0 there.
    scores = np.array([[3.0, 2.5], [2.0, 1.0], [1.0, 2.0], [4.0, 0.0]])
    found = recalls(scores, np.array([0, 0, 1, 1]))
    assert found["ir"] == {"r1": 75.0, "r5": 100.0, "r10": 100.0}
    assert found["tr"] == {"r1": 0.0, "r5": 100.0, "r10": 100.0}
    assert found["ar"] == pytest.approx((75 + 100 + 100 + 0 + 100 + 100) / 6)


def test_a_tie_counts_half_its_places():
    assert recalls(np.array([[1.0, 1.0, 1.0]]), np.array([0]))["ir"]["r1"] == 0
    assert recalls(np.array([[1.0, 0.0, 0.0]]), np.array([0]))["ir"]["r1"] == 100


def test_scores_that_are_no_numbers_are_no_recall():
    with pytest.raises(FloatingPointError, match="1 of 2 scores"):
        recalls(np.array([[np.nan, 1.0]]), np.array([0]))


def test_oracle_by_hand():
    # Caption 0 is true of both images, 1 only of image 1. IR@1 = (1/2 + 1) / 2. TR@1: image 0 has only caption 0, so 1; image 1 has its own
    # caption 1 first, so 1.
    ar = oracle_ar(np.array([0, 1]), [np.array([0, 1]), np.array([1])])
    assert ar == pytest.approx(100 * (0.75 + 1 + 1 + 3) / 6)
