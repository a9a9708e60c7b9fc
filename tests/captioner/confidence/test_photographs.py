"""Photographs are told from other pictures by their features."""

import numpy as np
import pytest

from captioner.confidence.photographs import PICTURE_SIGNS, learn


def features(count, seed, *, shift, size=6):
    return np.random.default_rng(seed).normal(size=(count, size)) + shift


@pytest.fixture(scope="module")
def found():
    return learn(features(400, 0, shift=0.0), features(150, 1, shift=2.0))


def odds(found, seen):
    return np.array([own["photograph"] for own in found.signs(seen)])


def test_photographs_keep_their_sentences_and_others_do_not(found):
    assert (odds(found, features(300, 2, shift=0.0)) >= 0).mean() > 0.94
    assert (odds(found, features(300, 3, shift=2.0)) < 0).mean() > 0.9


def test_the_distance_is_in_standard_deviations_of_photographs(found):
    usual = [own["distance"] for own in found.signs(features(300, 4, shift=0.0))]
    far = [own["distance"] for own in found.signs(features(300, 4, shift=10.0))]
    assert np.mean(np.square(usual)) == pytest.approx(1.0, abs=0.1)
    assert min(far) > 5


def test_many_features_are_looked_at_along_few_directions():
    found = learn(features(400, 0, shift=0.0, size=300), features(400, 1, shift=0.5, size=300))
    assert found.directions.shape == (300, 64)
    assert (odds(found, features(200, 2, shift=0.5, size=300)) < 0).mean() > 0.9


def test_features_of_any_scale_are_looked_at_alike():
    scale = np.array([1e-4, 1, 1e4, 1, 1, 1])
    found = learn(features(400, 0, shift=0.0) * scale, features(400, 1, shift=2.0) * scale)
    assert (odds(found, features(300, 3, shift=2.0) * scale) < 0).mean() > 0.9


def test_the_signs_have_their_names(found):
    assert tuple(found.signs(np.zeros((1, 6)))[0]) == PICTURE_SIGNS
