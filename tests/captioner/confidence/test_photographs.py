"""Photographs are told from other pictures by features and statistics."""

import numpy as np
import pytest

from captioner.confidence.photographs import PICTURE_SIGNS, Look, learn


def looks(count, seed, *, shift, features=6):
    rng = np.random.default_rng(seed)
    return Look(rng.normal(size=(count, 3)) + shift, rng.normal(size=(count, features)) + shift)


@pytest.fixture(scope="module")
def found():
    return learn(looks(400, 0, shift=0.0), looks(150, 1, shift=2.0), lost=0.02)


def odds(found, look):
    return np.array([own["photograph"] for own in found.signs(look.statistics, look.pooled)])


def test_photographs_keep_their_sentences_and_others_do_not(found):
    assert (odds(found, looks(300, 2, shift=0.0)) >= found.bound).mean() > 0.94
    assert (odds(found, looks(300, 3, shift=2.0)) < found.bound).mean() > 0.9


def test_as_many_photographs_are_lost_as_was_said(found):
    assert (odds(found, looks(400, 0, shift=0.0)) < found.bound).mean() == pytest.approx(0.02, abs=0.003)


def test_the_distance_is_in_standard_deviations_of_photographs(found):
    usual = [own["distance"] for own in found.signs(*vars(looks(300, 4, shift=0.0)).values())]
    far = [own["distance"] for own in found.signs(*vars(looks(300, 4, shift=10.0)).values())]
    assert np.mean(np.square(usual)) == pytest.approx(1.0, abs=0.1)
    assert min(far) > 5


def test_a_model_without_features_is_judged_by_statistics():
    found = learn(looks(400, 0, shift=0.0, features=0), looks(400, 1, shift=3.0, features=0), lost=0.02)
    strange = looks(100, 3, shift=3.0, features=0)
    assert (odds(found, strange) < found.bound).mean() > 0.9
    assert {own["distance"] for own in found.signs(strange.statistics, strange.pooled)} == {0.0}


def test_the_signs_have_their_names(found):
    assert tuple(found.signs(np.zeros((1, 3)), np.zeros((1, 6)))[0]) == PICTURE_SIGNS
