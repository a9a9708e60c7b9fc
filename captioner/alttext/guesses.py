"""Guesses: age, descent, mood, health and looks of people are not seen in a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from captioner.alttext.kinds import KINDS
from captioner.alttext.people import (
    AFTER_A_PERSON,
    ALONE,
    COLOURS,
    CONDITIONS,
    COUNTRIES,
    DECADES,
    GUESSES,
    NEUTRAL,
    NUMBERS,
    OF_WHAT,
    ONE,
    PEOPLE,
    PRONOUNS,
)
from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, bare, replaced, texts, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_LINKS = word_set("and very looking")
# "Thirty-year-old", "year-old", "happy-looking"
_COMPOUND = re.compile(r"(?:[\w-]+-)?years?-old|[a-z]+-looking")
_IN_YEARS = re.compile(r"\b(\d+|{})[ -](?:years?|yrs?)[ -]old".format("|".join(NUMBERS)))
_GROWN = 16
_SEEMS = word_set(
    "is are was were looks look looked looking seems seem seemed appears appear appeared being feels feel"
)
_DEGREES = word_set("very so quite really rather a little bit to be and feeling")
_THEIR = "(?:his|her|their)"
_SKIN = "(?:very )?(?:dark|light|fair|pale|brown|black|white)(?:er)?[ -]skin"
_MOODS = "|".join(sorted(GUESSES - COLOURS))
_COUNT = "(?:\\d+|{})".format("|".join(NUMBERS))
# Told behind a person, these guess as adjectives do. Commas go with them.
_TOLD = tuple(
    re.compile(phrase)
    for phrase in (
        rf"(?:one|some|both|all) of (?:whom|them) (?:is|are|looks?|seems?) (?:very )?(?:{_MOODS})",
        r"(?:(?:who |that )?(?:is|are|appears? to be|seems? to be|looks? to be) )?(?:possibly |probably |likely )?"
        rf"in {_THEIR} (?:(?:early|mid|late)[ -])?(?:{'|'.join(sorted(DECADES))}|\d0'?s)",
        rf"with (?:an? )?(?:{_MOODS}) (?:faces?|expressions?|looks?)",
        r"(?:is |are )?(?:about |around )?(?:aged|at (?:the )?age(?: of)?) (?:about |around |approximately )?"
        rf"{_COUNT}(?: years)?",
        r"(?:is |are )?of (?:[a-z-]+ )?(?:descent|origin|ethnicity|heritage|ancestry|appearance|colou?r)",
        r"of mixed race",
        rf"(?<=with ){_SKIN} and",
        rf"(?:with|has|have|and) {_SKIN}(?: tone| colou?r)?",
        rf"(?:with|suffering from|who has) (?:an? )?(?:{'|'.join(CONDITIONS)})",
        rf"(?:looks?|looking|seems?|appears?) (?:like|as if|as though) (?:he|she|they) (?:is|are) (?:very )?"
        rf"(?:{_MOODS})",
        rf"(?:originally )?from (?:{'|'.join(sorted(COUNTRIES))})",
        r"in love",
        rf"(?<=, )(?:possibly|probably|likely|perhaps|maybe|apparently) (?:(?:an?|of) )?"
        rf"(?:{_MOODS}|{'|'.join(NEUTRAL)})"
        r"(?: (?:descent|origin|ethnicity))?(?=,|$)",
        rf"(?<=, )(?:about |around |aged )?(?:\d+|about {_COUNT})(?=,)",
    )
)


def _without_guesses(words: Words, style: Style) -> Words:
    """ "A young asian man" is "a man": age, descent, mood, health and looks are guesses.

    Only what is said of a person goes: dogs may be old and black. "Is happy" goes with its verb, and so do "with a sad
    face" and "in his thirties". "An asian" by itself is "a person", "a 3 year old" is "a child".
    """
    words = _named_by_guesses(_without_told_phrases(words))
    gone: list[int] = []
    for place, word in enumerate(words):
        if bare(word) not in PEOPLE:
            continue
        noun = place
        while noun and bare(words[noun - 1]) in OF_WHAT and bare(word) not in ("face", "faces"):
            noun -= 1
        before = noun - 1
        while before >= 0 and (_is_guess(words, before) or bare(words[before]) in _LINKS):
            before -= 1
        run = range(before + 1, noun)
        if any(_is_guess(words, at) for at in run):
            # "A boy and a young girl" must keep its "and", "a happy and excited girl" not.
            first = next(at for at in run if _is_guess(words, at))
            gone += range(first, noun)
    return _without_told_guesses(without(words, gone))


def _without_told_phrases(words: Words) -> Words:
    """The words without guesses that are told behind a person, which may be the end of a sentence."""
    for phrase in _TOLD:
        text = " ".join(texts(words)).lower()
        for found in phrase.finditer(text):
            first = len(text[: found.start()].split())
            end = first + len(found[0].split())
            whole = text[: found.start()][-1:] in ("", " ") and text[found.end() :][:1] in ("", " ", ",", ".")
            if not whole or not _is_of_person(words, first):
                continue
            mark = words[end - 1].text.rstrip(".")[-1:]
            last = words[first - 1]
            if last.text.endswith(",") and mark == ",":
                words = replaced(words, first - 1, 1, last.text.rstrip(","))
            elif mark == "," and not last.text.endswith(","):
                words = replaced(words, first - 1, 1, f"{last.text},")
            words = without(words, range(first, end))
            break
    return words


def _is_of_person(words: Words, place: int) -> bool:
    """Whether the last thing that is named before a place is a person."""
    for word in reversed(words[:place]):
        if bare(word) in PEOPLE or bare(word) in PRONOUNS or bare(word) in ALONE:
            return True
        if bare(word) in KINDS:
            return False
    return False


def _named_by_guesses(words: Words) -> Words:
    """ "An asian on a bench" is "a person on a bench", "a 3 year old" is "a child", "the elderly" are "the people"."""
    place = 0
    while place < len(words):
        end = place + 1
        after = bare(words[end]) if end < len(words) else ""
        ends = end == len(words) or after in AFTER_A_PERSON or after.endswith("ing")
        last = bare(words[place])
        if ends and place and (last in ALONE or last in ("old", "year-old") or last.endswith("-year-old")):
            first = place
            while first and (
                _is_guess(words, first - 1) or bare(words[first - 1]) in NUMBERS or _is_of_age(words, first - 1)
            ):
                first -= 1
            before = bare(words[first - 1]) if first else ""
            told = " ".join(texts(words[first:end])).lower()
            if before in (*ONE, "the", "this", "that") and (last in ALONE or _IN_YEARS.search(told)):
                mark = words[place].text[len(words[place].text.rstrip(".,;:!?")) :]
                many = before == "the" and last in ("elderly", "homeless", "blind", "disabled")
                noun = "people" if many else "child" if _is_young(told) else "person"
                words = replaced(words, first, end - first, noun + mark)
                place = first
        place += 1
    return words


def _is_of_age(words: Words, place: int) -> bool:
    return bare(words[place]) in ("year", "years", "yr") or bare(words[place]).isdigit()


def _is_young(told: str) -> bool:
    """Whether an age is a child's."""
    number = _IN_YEARS.search(told)
    if number is None:
        return False
    years = number[1]
    return int(years) < _GROWN if years.isdigit() else years in NUMBERS


def _is_guess(words: Words, place: int) -> bool:
    text = bare(words[place])
    if text in GUESSES or _COMPOUND.fullmatch(text):
        return True
    after = bare(words[place + 1]) if place + 1 < len(words) else ""
    if text in ("year", "years", "year's"):
        return after in ("old", "olds")
    return (text == "middle" and after == "aged") or (
        (text in NUMBERS or text.isdigit()) and (after == "year-old" or (after in ("year", "years")))
    )


def _without_told_guesses(words: Words) -> Words:
    """ "A man is happy" is "a man", "a man looks sad on a bench" is "a man on a bench"."""
    place, of_person = 0, False
    while place < len(words):
        text = bare(words[place])
        if text in PEOPLE or text in PRONOUNS:
            of_person = True
        elif text in KINDS:
            of_person = False
        elif of_person and text in _SEEMS:
            end = place + 1
            while end < len(words) and (bare(words[end]) in _DEGREES or bare(words[end]) in GUESSES):
                end += 1
            while bare(words[end - 1]) in _DEGREES:
                end -= 1
            told = {bare(word) for word in words[place + 1 : end]} & GUESSES
            complete = end == len(words) or bare(words[end]) in AFTER_A_PERSON
            if told and not told <= COLOURS and complete:
                # "A man looks happy and is eating" is "a man is eating"
                joins = [bare(word) for word in words[end : end + 2]]
                end += joins[:1] == ["and"] and (joins[-1] in _SEEMS or joins[-1].endswith("ing"))
                words = without(words, range(place, end))
                continue
        place += 1
    return words


NO_GUESSES = Rule(
    "guard-guesses",
    "Does not guess at a person's age, descent, mood, health or looks",
    "",
    _without_guesses,
)
