"""Guard: people are described by what can be seen of them, and nothing is praised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.people import GUESSES, NEUTRAL, NUMBERS, PLURAL, PRONOUNS, YOUNGEST
from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, replaced, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_ONE = ("a", "an", "one", "another")
_AFTER_HER = word_set(
    "a an the and or in on at by to for from into onto over under near next beside behind through while as with"
    " is are who that during up down off"
)
_PRAISE = word_set(
    "beautiful stunning amazing gorgeous lovely perfect wonderful best awesome incredible breathtaking"
    " spectacular magnificent superb fantastic delicious tasty yummy exclusive luxury luxurious premium affordable"
    " cheap charming elegant exquisite fabulous fancy nice pretty"
)


def _without_guesses(words: Words, style: Style) -> Words:
    """ "A young asian man" is "a man": age, descent, mood, health and looks are guesses.

    Only adjectives of a person go: dogs may be old and black. "Is happy" goes with its verb.
    """
    gone: list[int] = []
    for place, word in enumerate(words):
        if _stem(word) not in NEUTRAL and _stem(word) not in YOUNGEST:
            continue
        before = place - 1
        while before >= 0 and (_is_guess(words[before]) or words[before].text.lower() in ("and", "very", "looking")):
            before -= 1
        run = range(before + 1, place)
        if any(_is_guess(words[at]) for at in run):
            # "A boy and a young girl" must keep its "and", "a happy and excited girl" not.
            first = next(at for at in run if _is_guess(words[at]))
            gone += range(first, place)
    return without(words, gone)


def _is_guess(word: Word) -> bool:
    return word.text.lower() in GUESSES


def _stem(word: Word) -> str:
    """The word without a possessive's ending."""
    return word.text.lower().removesuffix("'s")


def _with_neutral_persons(words: Words, style: Style) -> Words:
    """ "A woman" is "a person", "his" is "their", "a man and a woman" are "two people"."""
    found = []
    for place, word in enumerate(words):
        text = word.text.lower()
        stem = _stem(word)
        after = words[place + 1].text.lower() if place + 1 < len(words) else ""
        neutral = text
        if stem in NEUTRAL:
            neutral = NEUTRAL[stem] + ("'s" if text != stem else "")
        elif text == "her":
            neutral = "them" if not after or after in _AFTER_HER else "their"
        elif text in PRONOUNS:
            neutral = PRONOUNS[text]
        if neutral != text:
            word = Word(neutral.capitalize() if word.text[:1].isupper() else neutral, word.probability)
        found.append(word)
    changed = tuple(found)
    return changed if changed == words else _counted(changed)


def _counted(words: Words) -> Words:
    """ "A person and a person" are "two people"; "people and people" are "people"."""
    place = 0
    while place < len(words):
        first = _persons_at(words, place)
        if first:
            number, kind, length = first
            link = place + length
            if link < len(words) and words[link].text.lower() == "and":
                second = _persons_at(words, link + 1, implied=number)
                if second and second[1] == kind:
                    words = _merged(words, place, link + 1 + second[2] - place, number, second[0], kind)
                    continue
        place += 1
    return words


def _persons_at(words: Words, place: int, implied: int | None = None) -> tuple[int | None, str, int] | None:
    """How many of what stand there, "a person" or "two people", and in how many words; None for anything else.

    The number is None where none is said. implied: the number of what went before: "a person and person" are two.
    """
    text = words[place].text.lower() if place < len(words) else ""
    following = words[place + 1].text.lower() if place + 1 < len(words) else ""
    if text in _ONE and following in PLURAL:
        return 1, PLURAL[following], 2
    if text in NUMBERS and following in PLURAL.values():
        return NUMBERS.index(text) + 1, following, 2
    if text in PLURAL.values():
        return None, text, 1
    if implied == 1 and text in PLURAL:
        return 1, PLURAL[text], 1
    return None


def _merged(words: Words, place: int, length: int, one: int | None, other: int | None, kind: str) -> Words:
    if one is None or other is None or one + other > len(NUMBERS):
        return replaced(words, place, length, kind)
    return replaced(words, place, length, NUMBERS[one + other - 1], kind)


def _without_praise(words: Words, style: Style) -> Words:
    """ "A beautiful beach" is "a beach": an opinion is not seen in a picture, and sells something."""
    return without(
        words,
        (
            place
            for place, word in enumerate(words[:-1])
            if word.text.lower() in _PRAISE and words[place + 1].text.lower() not in ("and", "for", "to", "of", "in")
        ),
    )


NO_GUESSES = Rule(
    "guard-guesses",
    "Does not guess at a person's age, descent, mood, health or looks",
    "",
    _without_guesses,
)
PERSONS = Rule("guard-persons", 'Says "person" and "child" where only looks tell more', "", _with_neutral_persons)
PRAISE = Rule("guard-praise", "Leaves out opinions and advertising", "", _without_praise)
