"""Guard: people are described by what can be seen of them, and nothing is praised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from captioner.alttext.kinds import KINDS
from captioner.alttext.people import COLOURS, DECADES, GUESSES, NEUTRAL, NUMBERS, OTHERS, PLURAL, PRONOUNS, YOUNGEST
from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, bare, replaced, texts, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_ONE = ("a", "an", "one", "another")
_AFTER_HER = word_set(
    "a an the and or in on at by to for from into onto over under near next beside behind through while as with"
    " is are who that during up down off"
)
_PEOPLE = frozenset((*NEUTRAL, *PLURAL.values(), *YOUNGEST, *OTHERS))
_LINKS = word_set("and very looking")
# "Thirty-year-old", "year-old", "happy-looking"
_COMPOUND = re.compile(r"(?:[\w-]+-)?years?-old|[a-z]+-looking")
_OF_AGE = word_set("year years yr yrs middle old mid- early late")
_SEEMS = word_set("is are was were looks look looked looking seems seem seemed appears appear appeared being")
_DEGREES = word_set("very so quite really rather a little bit to be and")
_IN_DECADE = re.compile(
    r"\b(?:who (?:is|are) )?in (?:his|her|their)(?: (?:early|mid|late))? (?:{})".format("|".join(sorted(DECADES)))
)
_WITH_MOOD = re.compile(
    r"\bwith (?:an? )?(?:{}) (?:faces?|expressions?|looks?)\b".format("|".join(sorted(GUESSES - COLOURS)))
)
_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "always": "always"}
_PRAISE = word_set(
    "cute adorable beautiful stunning amazing gorgeous lovely perfect wonderful best awesome incredible breathtaking"
    " spectacular magnificent superb fantastic delicious tasty yummy exclusive luxury luxurious premium affordable"
    " cheap charming elegant exquisite fabulous fancy nice pretty"
)


def _without_guesses(words: Words, style: Style) -> Words:
    """ "A young asian man" is "a man": age, descent, mood, health and looks are guesses.

    Only what is said of a person goes: dogs may be old and black. "Is happy" goes with its verb, and so do "with a sad
    face" and "in his thirties".
    """
    words = _without_phrase(_without_phrase(words, _IN_DECADE), _WITH_MOOD)
    gone: list[int] = []
    for place, word in enumerate(words):
        if bare(word) not in _PEOPLE:
            continue
        before = place - 1
        while before >= 0 and (_is_guess(words, before) or bare(words[before]) in _LINKS):
            before -= 1
        run = range(before + 1, place)
        if any(_is_guess(words, at) for at in run):
            # "A boy and a young girl" must keep its "and", "a happy and excited girl" not.
            first = next(at for at in run if _is_guess(words, at))
            gone += range(first, place)
    return _without_told_guesses(without(words, gone))


def _without_phrase(words: Words, phrase: re.Pattern[str]) -> Words:
    """The words without a phrase, which may be the end of a sentence."""
    text = " ".join(texts(words))
    found = phrase.search(text.lower())
    if found is None:
        return words
    first = len(text[: found.start()].split())
    return without(words, range(first, first + len(found[0].split())))


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
        if text in _PEOPLE or text in PRONOUNS:
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
            complete = end == len(words) or bare(words[end]) in _AFTER_HER
            if told and not told <= COLOURS and complete:
                words = without(words, range(place, end))
                continue
        place += 1
    return words


def _with_neutral_persons(words: Words, style: Style) -> Words:
    """ "A woman" is "a person", "his" is "their", "a man and a woman" are "two people"."""
    found = []
    for place, word in enumerate(words):
        text, stem = word.text.lower(), bare(word)
        after = words[place + 1].text.lower() if place + 1 < len(words) else ""
        neutral = text
        if stem in NEUTRAL:
            neutral = NEUTRAL[stem] + _ending(text, stem, NEUTRAL[stem])
        elif stem == "her":
            neutral = ("them" if not after or after in _AFTER_HER else "their") + text[3:]
        elif stem in PRONOUNS:
            neutral = PRONOUNS[stem] + text[len(stem) :]
        elif place and bare(words[place - 1]) in ("he", "she"):
            neutral = _plural_verb(text)
        if neutral != text:
            word = Word(neutral.capitalize() if word.text[:1].isupper() else neutral, word.probability)
        found.append(word)
    changed = tuple(found)
    return changed if changed == words else _counted(changed)


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
                their = words[link + 1].text.lower() == "their" if link + 1 < len(words) else False
                if their and number == 1 and bare(words[place + 1]) == "person":
                    second = _theirs_at(words, link + 2)
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


def _theirs_at(words: Words, place: int) -> tuple[int | None, str, int] | None:
    """ "A person and their person" are two people: whose husband somebody is, is not seen."""
    is_person = place < len(words) and words[place].text.lower() == "person"
    return (1, PLURAL["person"], 2) if is_person else None


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
