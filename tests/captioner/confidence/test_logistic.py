"""Logistic regression."""

import numpy as np
import pytest

from captioner.confidence.logistic import fit


def cases(count=4000, seed=0):
    rng = np.random.default_rng(seed)
    signs = rng.normal(size=(count, 3)) * [1, 5, 1] + [0, 10, 0]
    odds = 1.5 * signs[:, 0] - 0.4 * (signs[:, 1] - 10) + 0.5
    return signs, (rng.random(count) < 1 / (1 + np.exp(-odds))).astype(float), 1 / (1 + np.exp(-odds))


def test_it_finds_the_probabilities_that_made_the_data():
    signs, right, truth = cases()
    found = fit(signs, right, ridge=1.0).probability(signs)
    assert np.abs(found - truth).mean() < 0.02
    assert found.mean() == pytest.approx(right.mean(), abs=1e-3)


def test_the_maximum_is_one():
    signs, right, _ = cases(300)
    best = fit(signs, right, ridge=2.0)

    def cost(weights, bias):
        odds = (signs - best.means) / best.scales @ weights + bias
        return (np.log1p(np.exp(odds)) - right * odds).sum() + (weights**2).sum()

    least = cost(best.weights, best.bias)
    rng = np.random.default_rng(1)
    assert all(cost(best.weights + 0.01 * rng.normal(size=3), best.bias) > least for _ in range(20))
    assert cost(best.weights, best.bias + 0.01) > least


def test_cases_that_a_line_parts_get_finite_weights():
    signs = np.array([[-1.0], [-2.0], [1.0], [2.0]])
    found = fit(signs, np.array([0.0, 0, 1, 1]), ridge=0.1)
    assert np.isfinite(found.weights).all()
    assert (found.probability(signs) > 0.5).tolist() == [False, False, True, True]


def test_a_sign_that_never_changes_is_no_harm():
    signs, right, _ = cases(200)
    found = fit(np.column_stack([signs, np.full(200, 7.0)]), right, ridge=1.0)
    assert found.weights[3] == 0


def test_cases_that_count_twice_are_as_good_as_two():
    signs, right, _ = cases(100)
    twice = fit(np.concatenate([signs, signs]), np.concatenate([right, right]), ridge=1.0)
    weighted = fit(signs, right, ridge=1.0, weights=np.full(100, 2.0))
    assert weighted.weights == pytest.approx(twice.weights)


def test_extreme_odds_do_not_overflow():
    signs, right, _ = cases(100)
    found = fit(signs, right, ridge=1.0)
    with np.errstate(over="raise"):
        assert found.probability(np.array([[1e6, 0, 0], [-1e6, 0, 0]])) == pytest.approx([1, 0])
