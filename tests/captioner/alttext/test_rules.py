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
        ("clean-plain", "the dogs' bowls", "the dogs' bowls"),
        ("clean-plain", "'two dogs' run", "two dogs run"),
        ("clean-plain", "a dog - a cat -", "a dog a cat"),
        ("clean-plain", "(a dog) runs", "(a dog) runs"),
        ("clean-plain", "a dog) \"runs", "a dog runs"),
        ("clean-plain", "a dog http://example.com/a?b=c", "a dog"),
        ("clean-plain", "IMG_1234.JPG", ""),
        ("clean-plain", "www.example.com, a dog", "a dog"),
        ("clean-shouting", "A DOG RUNS", "a dog runs"),
        ("clean-shouting", "a BBC van", "a BBC van"),
        ("clean-shouting", "BBC", "BBC"),
        ("clean-doubt", "possibly a dog", "a dog"),
        ("clean-doubt", "Maybe, a dog", "a dog"),
        ("clean-doubt", "it looks like a dog", "a dog"),
        ("clean-doubt", "image may contain a dog", "a dog"),
        ("clean-doubt", "i think it is a dog", "a dog"),
        ("clean-doubt", "(automatic description, may be wrong) a dog", "a dog"),
        ("clean-doubt", "a dog (automatic description, may be wrong).", "a dog"),
        ("clean-doubt", "a dog that looks like a cat", "a dog that looks like a cat"),
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
        ("clean-openers", "a picture of of a dog", "a dog"),
        ("clean-openers", "a blurry old photo containing a dog", "a dog"),
        ("clean-openers", "image: a dog", "a dog"),
        ("clean-openers", "a selfie of a man", "a man"),
        ("clean-openers", "we can see a dog", "a dog"),
        ("clean-repeats", "a bed, a bed and a bed", "a bed"),
        ("clean-repeats", "a dog with a dog with a dog", "a dog"),
        ("clean-repeats", "a person standing in front of a person standing in front of a house",
         "a person standing in front of a house"),
        ("clean-repeats", "a plate of food with a plate of food", "a plate of food"),
        ("clean-repeats", "people and people and people", "people"),
        ("clean-dangling-end", "a dog in front of a", "a dog"),
        ("clean-dangling-end", "two dogs", "two dogs"),
        ("clean-dangling-end", "a dog near a,", "a dog"),
        ("clean-dangling-end", "a dog sits on top of a", "a dog sits"),
        ("clean-dangling-end", "a dog in the middle of the", "a dog"),
        ("clean-dangling-end", "a dog on the side of", "a dog"),
        ("clean-dangling-end", "a dog with a bunch of", "a dog"),
        ("clean-dangling-end", "a group of", "a group"),
        ("clean-dangling-end", "a dog on the top", "a dog on the top"),
        ("clean-dangling-end", "a dog with a red and", "a dog"),
        ("clean-dangling-end", "a person holding a large", "a person"),
        ("clean-dangling-end", "a person in white", "a person in white"),
        ("clean-dangling-end", "a person holding an orange", "a person holding an orange"),
        ("clean-dangling-end", "two dogs playing with each", "two dogs playing"),
        ("clean-dangling-end", "a dog sits because", "a dog sits"),
        ("clean-dangling-end", "a red", "a red"),
        ("clean-articles", "a an the apple", "the apple"),
        ("clean-articles", "the a dog", "a dog"),
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
        ("guard-guesses", "an elderly couple and a happy family", "an couple and a family"),
        ("guard-guesses", "a group of young people", "a group of people"),
        ("guard-guesses", "a 30 year old man and a five-year-old girl", "a man and a girl"),
        ("guard-guesses", "a middle aged man", "a man"),
        ("guard-guesses", "an angry-looking man", "an man"),
        ("guard-guesses", "a homeless, pregnant woman", "a woman"),
        ("guard-guesses", "two young men, one of them old", "two men, one of them old"),
        ("guard-guesses", "a man is very happy", "a man"),
        ("guard-guesses", "a man looks sad and tired on a bench", "a man on a bench"),
        ("guard-guesses", "a man looks old cars over", "a man looks old cars over"),
        ("guard-guesses", "a man near a dog that is old", "a man near a dog that is old"),
        ("guard-guesses", "a man is black and white", "a man is black and white"),
        ("guard-guesses", "a man in his early thirties with a sad face", "a man"),
        ("guard-guesses", "a gay couple", "a couple"),
        ("guard-guesses", "a ten year reunion", "a ten year reunion"),
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
        ("guard-persons", "a man, a dog", "a person, a dog"),
        ("guard-persons", "the girls' hats and the men's", "the children's hats and the people's"),
        ("guard-persons", "he is there and she holds a cat", "they are there and they hold a cat"),
        ("guard-persons", "she watches him", "they watch them"),
        ("guard-persons", "a woman and her husband", "two people"),
        ("guard-persons", "a mother and her son", "a person and their child"),
        ("guard-persons", "a senior citizen", "a senior person"),
        ("guard-persons", "a chef and a student", "two people"),
        ("guard-praise", "a cute dog", "a dog"),
        ("guard-praise", "a beautiful beach", "a beach"),
        ("guard-praise", "a perfect view from the best hotel", "a view from the hotel"),
        ("guard-praise", "a pretty and colorful garden", "a pretty and colorful garden"),
        ("polish-sentence", "a dog", "A dog."),
        ("polish-sentence", "a dog..", "A dog."),
        ("polish-sentence", "a dog!", "A dog!"),
        ("polish-sentence", "a dog runs. a cat sits.", "A dog runs. A cat sits."),
        ("polish-sentence", "a clock at 8 p.m. on example.com", "A clock at 8 p.m. on example.com."),
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
        ("a child sits on a wooden chair", "a child sits on furniture"),
        ("a child sits at a table", "a child sits"),
        ("a table by a wall", "a piece of furniture by a wall"),
        ("a child sits in a red chair on grass", "a child sits on grass"),
        ("a kitchen with a white stove on it", "a kitchen"),
        ("a child on grass with a laptop and paper", "a child on grass and paper"),
        ("a child eats a red apple", "a child eats fruit"),
        ("a large cheese pizza", "food"),
        ("a child stands in front of a store", "a child stands in front of a building"),
        ("a plate of a bowl", "a plate"),
        ("a child drinks a bottle of milk", "a child drinks milk"),
        ("a child with a guitar", "a child with a musical instrument"),
        ("with a laptop", "with a device"),
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
        "<start> caption: possibly a picture of a beautiful young woman and Michael Jackson and a bed and a bed"
        " on a beautiful beach near a elephant in the"
    )
    sentence = sentence.upper().replace("<START>", "") if rule.id == "clean-shouting" else sentence
    on = {applied.rule for applied in write_alt_text(sentence).applied_rules}
    off = {applied.rule for applied in write_alt_text(sentence, Style(switched_off=frozenset({rule.id}))).applied_rules}
    assert rule.id not in off
    assert rule.id in on or rule.id in ("guard-evidence", "polish-length")
