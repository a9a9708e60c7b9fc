"""The history of a text: each entry beside the words that stood before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.pictures import SENTENCES, describe, hand_over
from webapp.accounts.models import Owner
from webapp.library.decide import decide, reject
from webapp.library.undo import undo
from webapp.review.history import history_of
from webapp.review.word_diff import word_diff


def kinds(pieces):
    return [(piece.kind, piece.text) for piece in pieces]


class TestWordDiff:
    def test_words_that_stay_go_and_come(self):
        assert kinds(word_diff("A dog runs.", "A black dog sleeps.")) == [
            ("same", "A"),
            ("added", " black"),
            ("same", " dog "),
            ("removed", "runs"),
            ("added", "sleeps"),
            ("same", "."),
        ]

    def test_an_apostrophe_parts_no_word(self):
        pieces = word_diff("Alice's dog.", "Bob\u2019s dog.")
        assert kinds(pieces) == [("removed", "Alice's"), ("added", "Bob\u2019s"), ("same", " dog.")]

    @pytest.mark.parametrize(("before", "after"), [("", "New."), ("Gone.", ""), ("Same.", "Same."), ("", "")])
    def test_one_piece_or_none(self, before, after):
        assert len(word_diff(before, after)) == bool(before or after)

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_both_texts_can_be_read_off(self, before, after):
        pieces = word_diff(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@pytest.fixture
def image(owner):
    return describe(hand_over(owner, "a.png"))[0]


def test_nothing_is_decided_yet(image, owner):
    assert history_of(image, owner) == []


def test_a_first_text_is_laid_beside_the_draft(image, owner):
    decide(image, "A dog runs.", owner=owner)
    (entry,) = history_of(image, owner)
    assert (entry.verdict, entry.who) == ("edited", "You")
    assert [text for kind, text in kinds(entry.pieces) if kind == "removed"] == [" across the grass"]


def test_all_that_happened_in_its_order(image, owner):
    other = Owner.objects.create(kind=Owner.Kind.KEY)
    decide(image, SENTENCES[0], owner=owner)
    edited = decide(image, "A dog runs.", owner=other)
    undo(edited, owner=owner)
    reject(image, owner=owner)

    approved, edited, undone, rejected = history_of(image, owner)

    assert kinds(approved.pieces) == [("same", SENTENCES[0])]
    assert (edited.who, undone.who) == ("Somebody else", "You")
    assert [kind for kind, _ in kinds(edited.pieces)] == ["same", "removed", "same"]
    assert [kind for kind, _ in kinds(undone.pieces)] == ["same", "added", "same"], "the text before comes back"
    assert (rejected.verdict, rejected.pieces) == ("rejected", [])
