"""Talk: what a model made for conversations says to its user, and not of the picture."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from captioner.alttext.clean import MEDIA
from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, joined

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_OF_IT = "(?: (?:of|for) (?:the|this|your) (?:image|picture|photo|photograph))?"
_TEXT = "(?:caption|description|alt[ -]?text|alternative text|sentence|summary)"
# Before it comes to the picture.
_TALK = re.compile(
    r"(?:(?:sure|certainly|of course|okay|ok|absolutely)(?: thing)?[!,.:]"
    rf"|(?:here is|here's|this is|below is) (?:an?|the|your|my|one) (?:[a-z-]+ ){{0,3}}{_TEXT}{_OF_IT}:"
    rf"|(?:(?:the|a) )?(?:(?:short|brief|image|possible|suggested) )*(?:{_TEXT}|title|answer|response|output){_OF_IT}:"
    r"|(?:assistant|user):"
    r"|\d+[.)](?= \D)) ",
    re.IGNORECASE,
)
_CANNOT = "(?:cannot|can't|can not|could not|couldn't|do not|don't|won't|am not|apologi[sz]e)"
# A model that will not, or cannot, describe; or speaks of the file and of what it makes people feel.
_NOT_OF_THE_PICTURE = re.compile(
    r"(?:(?:i'm |i am |we are )?(?:sorry|unable|afraid|unfortunately)\b"
    # "We cannot see the face of a man" is of the picture.
    rf"|(?:i|we) {_CANNOT}\b(?! see (?!(?:the |this |any |your )?(?:images?|pictures?|photos?)\b))"
    r"|as an? (?:ai|artificial|large|language|assistant)\b|as an? \w+ model\b"
    r"|please (?:provide|upload|share|note|let)\b"
    r"|(?:there is )?no (?:image|picture|photo) (?:was|is|has|provided|attached)"
    r"|let me know\b|if you (?:need|have|would|want)\b|feel free\b|is there anything\b"
    rf"|(?:the|this) {MEDIA} (?:does not|do not|doesn't|is (?:blurry|blurred|not clear|unclear|too))"
    rf"|(?:the|this) {MEDIA} is of (?:high|low|good|poor)\b"
    r"|(?:overall|in summary|in conclusion|additionally),? (?:the|this|it)\b"
    rf"|(?:the|this) (?:overall )?(?:mood|atmosphere|scene|{MEDIA})"
    r" (?:conveys|evokes|suggests|exudes|is (?:serene|peaceful|calm|cheerful|joyful|one of)))",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (".", "!", "?")


def _without_talk(words: Words, style: Style) -> Words:
    """ "Sure! Here is a caption: a dog" is "a dog", and of "I cannot describe people" nothing is left."""
    while talk := _TALK.match(joined(words)):
        words = words[len(talk[0].split()) :]
    kept = [sentence for sentence in _sentences(words) if not _NOT_OF_THE_PICTURE.match(joined(sentence))]
    return tuple(word for sentence in kept for word in sentence)


def _sentences(words: Words) -> list[Words]:
    """The words by their sentences."""
    ends = [at + 1 for at, word in enumerate(words[:-1]) if word.text.endswith(_SENTENCE_ENDS) and len(word.text) > 2]
    return [words[first:end] for first, end in pairwise([0, *ends, len(words)])]


TALK = Rule(
    "clean-talk", "Leaves out what a model says to its user: refusals, headings, moods of the whole", "", _without_talk
)
