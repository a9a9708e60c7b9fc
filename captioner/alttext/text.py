"""Alt text of text: where a picture is mostly text, its alternative is that text, not a sentence about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from captioner.alttext.lint import LONGEST
from captioner.alttext.rule import AppliedRule
from captioner.alttext.write import AltText

if TYPE_CHECKING:
    from captioner.types import PictureText

SHORTENED: Final = "ocr-shortened"
SHORTENED_HINT: Final = (
    "The picture holds more text than an alternative should. Write the whole of it on the page, beside the picture."
)
_CUT = "…"
_PAUSES = ".,;:!?…"  # a screen reader pauses there
_END = re.compile(r"[.!?]\s")
_FEWEST = 60  # characters; "St." is no sentence, and a heading alone says less than its paragraph's beginning


def text_alt(found: PictureText) -> AltText:
    """The text in a picture as its alt text: whole on one line, or its beginning where that is longer than 250.

    Lines that were apart end with a full stop, at which screen readers pause. A beginning ends with a sentence or a
    heading if one fits, else behind a word, with three dots. Then the rule `ocr-shortened` is recorded, and
    SHORTENED_HINT is what to tell people. The words are those of the picture: no other rule changes them. Meant for
    pictures that are `mostly_text`.
    """
    *headings, last = found.text.splitlines() or [""]
    whole = " ".join([*(line if line.endswith(tuple(_PAUSES)) else f"{line}." for line in headings), last])
    if len(whole) <= LONGEST:
        return AltText(whole, ())
    beginning = _beginning(whole)
    return AltText(beginning, (AppliedRule(SHORTENED, whole, beginning),))


def _beginning(text: str) -> str:
    """At most LONGEST characters: as many sentences as fit, else as many words, else as many letters."""
    ends = [match.start() + 1 for match in _END.finditer(text[: LONGEST + 1])]
    if ends and ends[-1] >= _FEWEST:
        return text[: ends[-1]]
    room = text[: LONGEST - len(_CUT) + 1]
    cut = room.rsplit(" ", 1)[0] if " " in room else room[:-1]
    return cut.rstrip(" ,;:-–—") + _CUT  # noqa: RUF001
