"""Each rule by what it makes of a sentence."""

import pytest

from captioner.alttext import RULES, Style, write_alt_text
from captioner.alttext.words import Word, joined


def changed(rule_id, sentence, style=None, *, sure=1.0):
    rule = next(rule for rule in RULES if rule.id == rule_id)
    return joined(rule.change(tuple(Word(text, sure) for text in sentence.split()), style or Style()))


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("clean-plain", "<start> a dog <unk> runs <end>", "a dog runs"),
        ("clean-plain", "a man 's hat , and a dog .", "a man's hat, and a dog."),
        ("clean-plain", "a man\N{RIGHT SINGLE QUOTATION MARK}s “red” **hat**", "a man's red hat"),
        ("clean-plain", "a dog 😀 on&nbsp;the beach\u200b", "a dog on the beach"),
        ("clean-plain", "cafe\u0301", "café"),
        ("clean-plain", "<b>a dog</b>", "a dog"),
        ("clean-plain", "''", ""),
        ("clean-openers", "a picture of a dog", "a dog"),
        ("clean-openers", "A photograph showing two dogs", "two dogs"),
        ("clean-openers", "this image shows a dog", "a dog"),
        ("clean-openers", "a close up of a plate", "a plate"),
        ("clean-openers", "in this picture, there is a dog", "a dog"),
        ("clean-openers", "a picture of a picture of a dog", "a dog"),
        ("clean-openers", "a picture of", "a picture of"),
        ("clean-openers", "a drawing of a dog", "a drawing of a dog"),
        ("clean-openers", "a screenshot of a page", "a screenshot of a page"),
        ("clean-openers", "a black and white photo of a dog", "a black and white photo of a dog"),
        ("clean-openers", "a dog looks at a picture of a cat", "a dog looks at a picture of a cat"),
        ("clean-repeats", "a bed and a bed", "a bed"),
        ("clean-repeats", "a dog a dog runs", "a dog runs"),
        ("clean-repeats", "a plate of food on a plate of food on a plate", "a plate of food on a plate"),
        ("clean-repeats", "the the the dog", "the dog"),
        ("clean-repeats", "a dog and a cat", "a dog and a cat"),
        ("clean-repeats", "people and people and people", "people"),
        ("clean-dangling-end", "a dog in front of a", "a dog"),
        ("clean-dangling-end", "two dogs", "two dogs"),
        ("clean-dangling-end", "the", "the"),
        ("clean-articles", "a elephant and an dog", "an elephant and a dog"),
        ("clean-articles", "A orange and an unicycle", "An orange and a unicycle"),
        ("clean-articles", "a umbrella, a hour, an one-way street", "an umbrella, an hour, a one-way street"),
        ("clean-articles", "a unusual house and an european city", "an unusual house and a european city"),
        ("guard-guesses", "a young asian man", "a man"),
        ("guard-guesses", "an old black dog", "an old black dog"),
        ("guard-guesses", "a man and a young girl", "a man and a girl"),
        ("guard-guesses", "a happy and excited girl", "a girl"),
        ("guard-guesses", "an elderly woman's hand", "an woman's hand"),
        ("guard-guesses", "a man in black and white", "a man in black and white"),
        ("guard-guesses", "a little baby", "a baby"),
        ("guard-guesses", "a shirtless man", "a shirtless man"),
        ("guard-persons", "a woman holds her phone", "a person holds their phone"),
        ("guard-persons", "a boy kisses her", "a child kisses them"),
        ("guard-persons", "a boy sits next to her on a bench", "a child sits next to them on a bench"),
        ("guard-persons", "Women and girls", "People and children"),
        ("guard-persons", "the woman's hat", "the person's hat"),
        ("guard-persons", "a man and a woman", "two people"),
        ("guard-persons", "a man and woman walk", "two people walk"),
        ("guard-persons", "three men and two women", "five people"),
        ("guard-persons", "a man and a boy and a girl", "a person and two children"),
        ("guard-persons", "men and women", "people"),
        ("guard-persons", "a policeman talks to a nurse", "a person talks to a person"),
        ("guard-persons", "a person and a person", "a person and a person"),
        ("guard-persons", "a cat and a dog", "a cat and a dog"),
        ("guard-praise", "a beautiful beach", "a beach"),
        ("guard-praise", "a perfect view from the best hotel", "a view from the hotel"),
        ("guard-praise", "a pretty and colorful garden", "a pretty and colorful garden"),
        ("polish-sentence", "a dog", "A dog."),
        ("polish-sentence", "a dog..", "A dog."),
        ("polish-sentence", "a dog!", "A dog!"),
        ("polish-sentence", "", ""),
    ],
)  # fmt: skip
def test_a_rule_changes_a_sentence_so(rule, before, after):
    assert changed(rule, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a labrador runs", "a dog runs"),
        ("a dog runs", "a animal runs"),
        ("two puppies", "two dogs"),
        ("a sheep", "a animal"),
        ("two sheep", "two animals"),
        ("a large cheese pizza on a plate", "food on a plate"),
        ("two pizzas", "food"),
        ("bananas", "fruit"),
        ("a wooden chair", "a wooden piece of furniture"),
        ("a person", "a person"),
    ],
)
def test_a_doubtful_noun_is_said_less_exactly(before, after):
    doubtful = Style(least_evidence=0.3)
    assert changed("guard-evidence", before, doubtful, sure=0.29) == after
    assert changed("guard-evidence", before, doubtful, sure=0.3) == before
    assert changed("guard-evidence", before, Style(least_evidence=0.0), sure=0.0) == before
    assert changed("guard-evidence", before, sure=0.09) == after


def test_a_long_sentence_loses_its_last_clauses_and_no_part_of_a_word():
    long = "a group of people stand on a sandy beach near the ocean while several colorful kites fly in the sky"
    assert (
        changed("polish-length", long, Style(soft_length=60))
        == "a group of people stand on a sandy beach near the ocean"
    )
    assert changed("polish-length", long, Style(soft_length=99)) == long
    words = "incomprehensibilities " * 9
    assert changed("polish-length", words, Style(soft_length=60)) == words.strip()


def test_without_a_final_stop():
    assert changed("polish-sentence", "a dog.", Style(final_stop=False)) == "A dog"


def test_every_rule_has_an_id_of_its_own_and_says_what_it_does():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.does and rule.id.split("-")[0] in ("clean", "guard", "polish") for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_that_is_switched_off_changes_nothing(rule):
    sentence = (
        "<start> a picture of a beautiful young woman and a woman and a bed and a bed"
        " on a beautiful beach near a elephant in the"
    )
    on = {applied.rule for applied in write_alt_text(sentence).applied_rules}
    off = {applied.rule for applied in write_alt_text(sentence, Style(switched_off=frozenset({rule.id}))).applied_rules}
    assert rule.id not in off
    assert rule.id in on or rule.id in ("guard-evidence", "polish-length")
