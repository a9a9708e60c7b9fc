"""Figures of a calibration, against ones worked out by hand or by counting."""

import numpy as np
import pytest

from captioner.training.reliability import auroc, reliability


def test_probabilities_that_are_kept_have_no_error():
    probability = np.repeat([0.1, 0.5, 0.9], 100)
    right = np.concatenate([np.arange(100) < share for share in (10, 50, 90)]).astype(float)
    figures = reliability(probability, right)
    assert figures["ECE"] == pytest.approx(0, abs=1e-6)
    assert figures["right"] == 50
    assert (figures["bands"]["likely"]["share"], figures["bands"]["likely"]["right"]) == (33.33, 90)
    assert figures["bands"]["withheld"]["right"] == 10
    assert figures["bands"]["doubtful"] == {"share": 0, "mean_p": None, "right": None}


def test_confidence_that_is_not_kept_is_an_error_of_its_size():
    probability = np.full(200, 0.95)
    right = (np.arange(200) < 120).astype(float)
    figures = reliability(probability, right)
    assert figures["ECE"] == pytest.approx(35, abs=0.01)
    assert figures["ECE_equal_count"] >= figures["ECE"] - 0.01
    assert figures["Brier"] == pytest.approx((120 * 0.05**2 + 80 * 0.95**2) / 200, abs=1e-4)


def test_chance_alone_errs_where_photographs_are_few():
    rng = np.random.default_rng(1)
    by_chance = {}
    for count in (100, 10_000):
        probability = rng.random(count)
        found = [reliability(probability, (rng.random(count) < probability).astype(float)) for _ in range(30)]
        by_chance[count] = found[0]["ECE_by_chance"]
        assert np.mean([one["ECE"] for one in found]) == pytest.approx(by_chance[count], rel=0.2)
    assert by_chance[100] > 5 * by_chance[10_000]


def test_auroc_counts_pairs():
    rng = np.random.default_rng(0)
    probability, right = rng.integers(0, 6, 60) / 6, rng.integers(0, 2, 60)
    pairs = [
        (1.0 if one > other else 0.5 if one == other else 0.0)
        for one in probability[right == 1]
        for other in probability[right == 0]
    ]
    assert auroc(probability, right) == pytest.approx(np.mean(pairs))


def test_auroc_without_one_kind_says_nothing():
    assert auroc(np.array([0.1, 0.9]), np.array([1, 1])) == 0.5


def test_the_most_confident_come_first():
    probability = np.linspace(1, 0, 100)
    right = (np.arange(100) < 25).astype(float)
    covered = {one["coverage"]: one["right"] for one in reliability(probability, right)["risk_coverage"]}
    assert covered == {10: 100, 25: 100, 50: 50, 75: 33.33, 90: 27.78, 100: 25}


def test_shares_of_the_bins_are_whole():
    rng = np.random.default_rng(0)
    probability = np.append(rng.random(500), [0.0, 1.0])
    figures = reliability(probability, (rng.random(502) < probability).astype(float))
    assert sum(one["share"] for one in figures["reliability"]) == pytest.approx(100, abs=0.1)
    assert sum(one["share"] for one in figures["bands"].values()) == pytest.approx(100, abs=0.1)
