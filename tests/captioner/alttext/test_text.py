import pytest

from captioner.alttext import SHORTENED, text_alt
from captioner.types import PictureText


def written(text):
    return text_alt(PictureText(text, len(text.split()), 1.0, 0.95))


def test_a_short_text_is_the_alternative_as_it_is():
    assert written("SUMMER SALE 50 % OFF").text == "SUMMER SALE 50 % OFF"
    assert written("SUMMER SALE 50 % OFF").applied_rules == ()


def test_lines_that_were_apart_are_heard_apart():
    assert written("Results of the year\nAre costs down?\nSales grew").text == (
        "Results of the year. Are costs down? Sales grew"
    )


def test_a_long_text_ends_with_a_whole_sentence():
    sentence = "The harbour office will be closed on Friday while the new crane is tested."
    found = written(" ".join([sentence] * 5))
    assert found.text == " ".join([sentence] * 3)  # 3 x 75 characters; a fourth would pass 250
    [rule] = found.applied_rules
    assert (rule.rule, rule.after) == (SHORTENED, found.text)
    assert rule.before == " ".join([sentence] * 5)


def test_without_an_end_of_a_sentence_no_word_is_cut():
    found = written("St. Mary " + "steamer " * 60)
    assert 240 < len(found.text) <= 250
    assert found.text.startswith("St. Mary")
    assert found.text.removesuffix("…").split()[-1] == "steamer"


def test_a_single_endless_word_is_cut():
    assert written("x" * 300).text == "x" * 249 + "…"


@pytest.mark.parametrize(("length", "rules"), [(250, 0), (251, 1)])
def test_the_limit_is_250_characters(length, rules):
    assert len(written("ab " * 82 + "c" * (length - 246)).applied_rules) == rules


def test_the_words_of_the_picture_are_not_guarded_or_polished():
    assert written("a photo of a beautiful woman").text == "a photo of a beautiful woman"
