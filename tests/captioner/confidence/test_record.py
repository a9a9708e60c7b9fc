"""The record of what was there when it was named."""

import math

import pytest

from captioner.confidence.record import RECORD_SIGNS, Naming, Record

RECORD = Record.of(
    [
        [Naming("dog", True), Naming("street", False)],
        *[[Naming("dog", True)]] * 8,
        *[[Naming("street", False)]] * 7,
        [Naming("street", True)],
    ]
)


def test_it_counts():
    assert (RECORD.right, RECORD.wrong) == ({"dog": 9, "street": 1}, {"street": 8})


def test_what_was_there_speaks_for_a_sentence_and_what_was_not_against_it():
    dog, street = RECORD.signs(["dog"])["least_record"], RECORD.signs(["street"])["least_record"]
    assert dog > 0 > street
    assert RECORD.signs(["dog", "street"])["least_record"] == street
    both = RECORD.signs(["dog", "street"])["record"]
    assert both == pytest.approx(RECORD.signs(["dog"])["record"] + RECORD.signs(["street"])["record"])
    assert both < 0


def test_a_thing_without_a_record_is_believed_as_things_are_on_the_whole():
    share = 11 / 20
    assert RECORD.signs(["zebra"])["least_record"] == pytest.approx(math.log(share / (1 - share)))


def test_a_sentence_that_names_nothing_has_no_record():
    assert RECORD.signs([]) == {"record": 0, "least_record": 0}
    assert tuple(RECORD.signs([])) == RECORD_SIGNS
