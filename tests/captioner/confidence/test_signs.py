"""Signs of doubt."""

import math

import pytest

from captioner.confidence.signs import BEAM_SIGNS, EVIDENCE_SIGNS, beam_signs, evidence_signs
from captioner.types import Candidate


def candidate(sentence, *log_probabilities, score=-1.0):
    tokens = tuple(sentence.split())
    each = log_probabilities or (-0.5,) * (len(tokens) + 1)
    return Candidate(sentence, tokens, each, sum(each), score)


def test_the_words_for_things_are_looked_at_by_themselves():
    signs = beam_signs([candidate("a dog on grass", -0.1, -2.0, -0.2, -3.0, -0.3)])
    assert signs["mean_log_probability"] == pytest.approx(-5.6 / 5)
    assert signs["least_log_probability"] == -3.0
    assert signs["things_mean_log_probability"] == -2.5
    assert signs["things_least_log_probability"] == -3.0
    assert (signs["words"], signs["things"], signs["things_again"]) == (4, 2, 0)
    assert tuple(signs) == BEAM_SIGNS


def test_what_the_other_sentences_say():
    signs = beam_signs(
        [
            candidate("a dog on grass", score=-0.5),
            candidate("two dogs on a beach", score=-0.7),
            candidate("a cat on grass", score=-0.9),
            candidate("a dog", score=-1.5),
        ]
    )
    assert signs["margin"] == pytest.approx(0.2)
    assert signs["agreement"] == pytest.approx((2 / 3 + 1 / 3) / 2)
    assert signs["least_agreement"] == pytest.approx(1 / 3)


def test_the_entropy_is_that_of_the_sentences():
    same = [candidate("a dog", -1.0, -1.0, -1.0), candidate("a cat", -1.0, -1.0, -1.0)]
    assert beam_signs(same)["entropy"] == pytest.approx(math.log(2))
    assert beam_signs([candidate("a dog", -0.01, -0.01, -0.01), candidate("a cat", -9, -9, -9)])["entropy"] < 1e-6


def test_a_sentence_alone_and_one_without_things_have_signs_too():
    signs = beam_signs([candidate("running")])
    assert all(math.isfinite(value) for value in signs.values())
    assert signs["things"] == 0
    assert beam_signs([Candidate("", (), (-1.0,), -1.0, -1.0)])["words"] == 0


def test_a_thing_that_is_named_twice_is_counted():
    assert beam_signs([candidate("a dog and a dog with dogs")])["things_again"] == 2


def test_evidence_of_the_kinds_that_are_named():
    evidence = {"dog": 2.0, "frisbee": -3.0, "cat": -5.0, "person": 1.0}
    signs = evidence_signs("a dog with a frisbee on grass", evidence)
    assert signs == {"evidence_mean": -0.5, "evidence_least": -3.0, "unnamed_kinds": 1}
    assert evidence_signs("on grass", evidence)["unnamed_kinds"] == 2
    assert tuple(signs) == EVIDENCE_SIGNS
