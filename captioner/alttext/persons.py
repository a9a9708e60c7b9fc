"""Persons: of people no more is said than that they are people, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.kinds import KINDS
from captioner.alttext.people import (
    AFTER_A_PERSON,
    COMPOUNDS,
    DEMONYMS,
    NEUTRAL,
    NUMBERS,
    OF_ANIMALS,
    ONE,
    PLURAL,
    PRONOUNS,
    YOUNGEST,
)
from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, bare, replaced, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_TWO_WORDS = {
    ("police", "officer"): "person",
    ("police", "officers"): "people",
    ("fire", "fighter"): "person",
    ("fire", "fighters"): "people",
}
_NOT_REAL = word_set("gingerbread snow toy stick tin lego")
_ROOMS = word_set("room rooms restroom restrooms bathroom bathrooms toilet toilets")
_WHOSE = word_set("their my your our")
_ANIMALS = frozenset(thing for thing, kind in KINDS.items() if kind.one in ("dog", "animal", "bird")) | word_set(
    "bird birds animals kangaroo gorilla gorillas ape apes seal seals dolphin whale peacock hen rooster moose elk bison"
    " buffalo rhino hippo cub cubs kittens"
)
_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "always": "always"}


def _with_neutral_persons(words: Words, style: Style) -> Words:
    """ "A woman" is "a person", "his" is "their", "a man and a woman" are "two people"."""
    found: list[Word] = []
    for place, word in enumerate(words):
        text, stem = word.text.lower(), bare(word)
        after = words[place + 1].text.lower() if place + 1 < len(words) else ""
        before = found[-1].text.lower() if found else ""
        neutral = text
        if stem in NEUTRAL and not _is_part_of_name(words, place):
            one = NEUTRAL[stem]
            one = PLURAL.get(one, one) if before in NUMBERS[1:] else one  # "two man"
            neutral = one + _ending(text, stem, one)
        elif (before, stem) in _TWO_WORDS:
            neutral = _TWO_WORDS[before, stem] + text[len(stem) :]
            found.pop()
        elif stem in ("he", "she") and text != stem and "'" in text:
            ending = text.partition("'")[2]
            neutral = "they're" if ending == "s" else f"they'{ending}"
        elif stem == "her":
            neutral = ("them" if not after or after in AFTER_A_PERSON else "their") + text[3:]
        elif stem in PRONOUNS:
            neutral = PRONOUNS[stem] + text[len(stem) :]
        elif place and bare(words[place - 1]) in ("he", "she"):
            neutral = _plural_verb(text)
        if neutral != text:
            capital = word.text[:1].isupper() and (place == 0 or stem not in DEMONYMS)
            word = Word(neutral.capitalize() if capital else neutral, word.probability)
        found.append(word)
    changed = tuple(found)
    return changed if changed == words else _without_their_person(counted(changed))


def _is_part_of_name(words: Words, place: int) -> bool:
    """ "A cowboy hat", "a mother bear", "a gingerbread man": no person is meant."""
    stem, after = bare(words[place]), [bare(word) for word in words[place + 1 : place + 4]]
    before = bare(words[place - 1]) if place else ""
    of_one = "'" in words[place].text  # "the woman's hat" is hers, "the women's room" is a kind of room
    if (after and after[0] in (_ROOMS if of_one else COMPOUNDS)) or before in _NOT_REAL:
        return True
    if stem == "man" and after[:1] == ["made"]:
        return True
    if stem not in OF_ANIMALS:
        return False
    if after[:1] == ["and"] and len(after) == 3 and (after[1] in YOUNGEST or after[1] in OF_ANIMALS):
        return after[2] in _ANIMALS  # "a mother and baby giraffe"
    return bool(after) and after[0] in _ANIMALS


def _without_their_person(words: Words) -> Words:
    """ "Their person", which was their husband, is "another person"."""
    for place in reversed(range(len(words) - 1)):
        whose, who = words[place].text.lower(), bare(words[place + 1])
        if whose in _WHOSE and who in ("person", "people"):
            other = "another" if who == "person" else "other"
            words = replaced(words, place, 1, other.capitalize() if words[place].text[0].isupper() else other)
    return words


def _ending(text: str, old: str, new: str) -> str:
    """What stands behind a word, "'s" or a comma; of "girls'" and "men's" what the new word wants."""
    ending = text[len(old) :]
    return (
        ending.replace("'", "'s", 1)
        if ending.startswith("'") and not ending.startswith("'s") and new[-1] != "s"
        else ending
    )


def _plural_verb(verb: str) -> str:
    """ "He holds" is "they hold"."""
    if verb in _VERBS:
        return _VERBS[verb]
    if len(verb) < 4 or not verb.endswith("s") or verb.endswith("ss"):
        return verb
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else verb[:-1]


def counted(words: Words) -> Words:
    """ "A person and a person" are "two people", and so are "a person with a person"; "people and people" are "people".

    "A person, a person and a child" are "two people and a child".
    """
    place = 0
    while place < len(words):
        first = _persons_at(words, place)
        if first:
            number, kind, length = first
            link = place + length
            listed = words[link - 1].text.endswith(",")
            joins = words[link].text.lower() if link < len(words) else ""
            if listed or joins in ("and", "with"):
                after = link if listed and joins not in ("and", "with") else link + 1
                second = _persons_at(words, after, implied=number is not None)
                their = words[after].text.lower() == "their" if after < len(words) else False
                if their and number == 1 and bare(words[place + 1]) == "person":
                    second = _theirs_at(words, after + 1)
                alike = second is not None and second[1] == kind
                # "Two people, a man and a woman," are two.
                apart = listed and number != 1 if joins != "with" else not _pair_ends(words, after + 2, number, second)
                if second and alike and not apart:
                    words = _merged(words, place, after + second[2] - place, number, second[0], kind)
                    words = _with_plural_verb(words, place + 2) if joins == "with" else words
                    continue
                if second and second[2] == 1 == second[0]:
                    words = (*words[:after], Word("a"), *words[after:])  # "a person and child"
        place += 1
    return words


def _pair_ends(words: Words, place: int, one: int | None, other: tuple[int | None, str, int] | None) -> bool:
    """Whether "a person with a person" ends there: "a girl with a boy standing behind her" is no pair."""
    if other is None or (one, other[0]) != (1, 1):
        return False
    after = words[place].text.lower() if place < len(words) else "in"
    return words[place - 1].text.endswith(",") or after in AFTER_A_PERSON or _plural_verb(after) != after


def _with_plural_verb(words: Words, place: int) -> Words:
    """ "A person with a person rides" became "two people rides"."""
    if place >= len(words):
        return words
    return replaced(words, place, 1, _plural_verb(words[place].text))


def _persons_at(words: Words, place: int, *, implied: bool = False) -> tuple[int | None, str, int] | None:
    """How many of what stand there, "a person" or "two people", and in how many words; None for anything else.

    The number is None where none is said. implied: something countable went before: "a person and person" are two.
    """
    text = words[place].text.lower().rstrip(",") if place < len(words) else ""
    following = words[place + 1].text.lower().rstrip(",.") if place + 1 < len(words) else ""
    if text in ONE and following in PLURAL:
        return 1, PLURAL[following], 2
    if text in NUMBERS and following in PLURAL.values():
        return NUMBERS.index(text) + 1, following, 2
    text = text.rstrip(".")
    if text in PLURAL.values():
        return None, text, 1
    if implied and text in PLURAL:
        return 1, PLURAL[text], 1
    return None


def _theirs_at(words: Words, place: int) -> tuple[int | None, str, int] | None:
    """ "A person and their person" are two people: whose husband somebody is, is not seen."""
    is_person = place < len(words) and words[place].text.lower().rstrip(",.") == "person"
    return (1, PLURAL["person"], 2) if is_person else None


def _merged(words: Words, place: int, length: int, one: int | None, other: int | None, kind: str) -> Words:
    last = words[place + length - 1].text
    kind += last[len(last.rstrip(".,")) :]
    if one is None or other is None or one + other > len(NUMBERS):
        return replaced(words, place, length, kind)
    return replaced(words, place, length, NUMBERS[one + other - 1], kind)


PERSONS = Rule("guard-persons", 'Says "person" and "child" where only looks tell more', "", _with_neutral_persons)
