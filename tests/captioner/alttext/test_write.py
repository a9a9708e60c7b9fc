"""All rules together."""

import math
from dataclasses import replace

import pytest

from captioner.alttext import AltText, AppliedRule, Style, hedged, unhedged, with_doubt, withheld_of, write_alt_text
from captioner.bands import Withheld
from captioner.candidates import caption_of
from captioner.types import Candidate

SENTENCES = {
    "a man and a woman are sitting on a bench with his dog": "Two people are sitting on a bench with their dog.",
    "two young boys and a girl play in front of a": "Three children play.",
    "there is a beautiful woman looking at her phone": "A person looking at their phone.",
    "an elderly man and an older man": "Two people.",
    "an old man": "A person.",
    "a picture of a bed and a bed": "A bed.",
    "a man and a man": "Two people.",
    "a group of young men and women": "A group of people.",
    "<unk>": "",
    "": "",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_becomes_alt_text(sentence):
    assert write_alt_text(sentence).text == SENTENCES[sentence]


@pytest.mark.parametrize("text", [text for text in SENTENCES.values() if text])
def test_alt_text_stays_as_it_is(text):
    assert write_alt_text(text).text == text
    assert write_alt_text(text).applied_rules == ()


def test_each_rule_that_changed_the_sentence_is_recorded_in_order_with_before_and_after():
    applied = write_alt_text("a picture of a young woman").applied_rules
    assert [(one.rule, one.before, one.after) for one in applied] == [
        ("clean-openers", "a picture of a young woman", "a young woman"),
        ("guard-guesses", "a young woman", "a woman"),
        ("guard-persons", "a woman", "a person"),
        ("polish-sentence", "a person", "A person."),
    ]


def test_a_captions_own_probabilities_are_the_evidence():
    likelihoods = tuple(math.log(p) for p in (0.9, 0.1, 0.9, 0.9))
    caption = Candidate("A zebra stands.", ("a", "zebra", "stands"), likelihoods, sum(likelihoods), -0.6)
    assert write_alt_text(caption, Style(least_evidence=0.2)).text == "An animal stands."
    assert write_alt_text(caption).text == "A zebra stands.", "0.1 is just enough"


def test_a_doubtful_noun_at_the_end_of_a_sentence_breaks_nothing():
    tokens = ("a", "child", "eats", "a", "red", "apple")
    likelihoods = tuple(math.log(p) for p in (0.9, 0.9, 0.9, 0.9, 0.9, 0.01))
    caption = Candidate("A child eats a red apple.", tokens, likelihoods, sum(likelihoods), -0.6)
    assert write_alt_text(caption).text == "A child eats fruit."


@pytest.mark.parametrize(
    ("sentences", "reason"),
    [
        (["I cannot describe people.", "Sorry, I can't help with that."], Withheld.NO_DESCRIPTION),
        ([""], Withheld.NO_DESCRIPTION),
        (["I cannot describe people.", "A dog."], None),
        (["A dog."], None),
    ],
)
def test_a_caption_of_which_nothing_is_left_is_withheld(sentences, reason):
    said = [Candidate(text, tuple(text.rstrip(".").split()), (0.0,) * 8, 0.0, 0.0) for text in sentences]
    assert withheld_of(caption_of(said, 5, "model")) is reason
    first = replace(caption_of(said, 5, "model"), withheld=Withheld.TOO_UNSURE)
    assert withheld_of(first) is Withheld.TOO_UNSURE


def test_a_doubt_stands_behind_the_text_and_can_be_switched_off():
    assert hedged("A dog.", Style()) == "A dog. (automatic description, may be wrong)"
    assert hedged("A dog.", Style(switched_off=frozenset({"polish-hedge"}))) == "A dog."
    assert hedged("", Style()) == ""
    assert hedged(hedged("A dog.")) == hedged("A dog."), "once is enough"


def test_a_doubt_is_recorded_as_a_rule_is():
    written = with_doubt(write_alt_text("a photo of a dog"))
    assert written.text == "A dog. (automatic description, may be wrong)"
    assert written.applied_rules[-1] == AppliedRule("polish-hedge", "A dog.", written.text)
    assert with_doubt(AltText("", ())) == AltText("", ())


@pytest.mark.parametrize(
    "doubt",
    [
        " (automatic description, may be wrong).",
        "  (Automatic description may be wrong)",
        "(AUTOMATIC DESCRIPTION, MAY BE WRONG) ",
    ],
)
def test_a_doubt_goes_however_it_was_copied(doubt):
    assert unhedged("A dog." + doubt) == "A dog."


@pytest.mark.parametrize("text", ["A dog.", "", "A sign (automatic description, may be wrong) on a wall."])
def test_a_doubt_goes_without_a_trace(text):
    assert unhedged(hedged(text)) == text
    assert unhedged(text) == text
