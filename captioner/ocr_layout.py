"""From the table that Tesseract prints to the text as a reader wants to hear it, and to how much of a picture it is.

What is not read with confidence is left out, and three dots stand where a word is missing: "do not park" without its
second word would say the opposite.
"""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from captioner.types import PictureText

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONFIDENT = 70.0  # per cent
_LEAST_MEAN = 0.8  # confidence of a text's words
_FEWEST_CHARACTERS = 3  # letters and digits; textures are read as one or two
_FEWEST_IN_LINE = 2
_GAP = "…"
_HYPHENS = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
_BULLETS = frozenset("•◦‣▪▫■□●○◆*·-¢«»°©®")  # as they are drawn, and as Tesseract reads them
_COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
_WORD = "5"  # the level of a row that holds a word
_MEASURED_SIDE = 512  # pixels; smaller than this the noise of a scan or a JPEG file averages out
_FAINTEST = 8  # of 255; smaller steps of brightness are noise

Box = tuple[float, float, float, float]


class TsvError(ValueError):
    """The table does not have the columns that it should have."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of confident words. item: it began with a bullet, which is not in the text. paragraph: the same for lines
    of one. box: left, top, right, bottom in pixels.
    """

    text: str
    item: bool
    paragraph: tuple[int, int, int]
    box: Box
    confidences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float  # per cent
    line: tuple[int, int, int, int]
    box: Box

    @property
    def characters(self) -> int:
        """Letters and digits."""
        return sum(map(str.isalnum, self.text))

    @property
    def confident(self) -> bool:
        return self.confidence >= _CONFIDENT


def lines_of(table: str, scale: float = 1.0) -> list[Line]:
    """The lines worth reading of a table in Tesseract's TSV form. scale: by what the picture had been enlarged.

    Raises TsvError.
    """
    heading, *rows = table.split("\n")
    if heading.split("\t") != _COLUMNS.split():
        raise TsvError(f"it begins with {heading[:80]!r}")
    words = [word for row in rows if (word := _word(row, scale))]
    grouped = itertools.groupby(words, key=lambda word: word.line)
    return [line for place, group in grouped if (line := _line(place, list(group)))]


def picture_text(lines: Sequence[Line], image: Image.Image) -> PictureText | None:
    """The text of the lines found in a picture; None where there is too little to be one."""
    paragraphs: list[list[str]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or line.item or not (line.paragraph == before.paragraph or _goes_on(before, line)):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    text = "\n".join(map(_paragraph, paragraphs))
    confidences = [one for line in lines for one in line.confidences]
    mean = sum(confidences) / max(1, len(confidences)) / 100
    if sum(map(str.isalnum, text)) < _FEWEST_CHARACTERS or mean < _LEAST_MEAN:
        return None
    return PictureText(text, len(confidences), _share(image, [line.box for line in lines]), round(mean, 3))


def _word(row: str, scale: float) -> _Word | None:
    fields = row.split("\t", 11)
    if len(fields) != 12 or fields[0] != _WORD:
        return None
    text = _clean(fields[11])
    try:
        page, block, paragraph, line = map(int, fields[1:5])
        left, top, width, height = (int(field) / scale for field in fields[6:10])
        confidence = float(fields[10])
    except (ValueError, OverflowError) as error:
        raise TsvError(f"a row is {row[:80]!r}") from error
    box = (left, top, left + width, top + height)
    return _Word(text, confidence, (page, block, paragraph, line), box) if text else None


def _clean(text: str) -> str:
    """NFC, one space for any white space, no control characters but the soft hyphen that `_paragraph` looks for."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(one for one in spaced if one == _HYPHENS[2] or unicodedata.category(one)[0] != "C")


def _line(place: tuple[int, int, int, int], words: list[_Word]) -> Line | None:
    """None where less than half of the line, or hardly anything, is read with confidence."""
    item = words[0].text in _BULLETS
    words = words[item:]
    sure = [word for word in words if word.confident and word.characters]
    characters = sum(word.characters for word in sure)
    if characters < _FEWEST_IN_LINE or 2 * characters < sum(word.characters for word in words):
        return None
    # What is unsure and short is a bullet, an icon or a speck: nothing is missing where it stood.
    said = [word.text if word.confident else _GAP for word in words if word.confident or word.characters > 1]
    text = " ".join(one for one, before in zip(said, ["", *said], strict=False) if one != _GAP or before != _GAP)
    lefts, tops, rights, bottoms = zip(*(word.box for word in sure), strict=True)
    box = (min(lefts), min(tops), max(rights), max(bottoms))
    return Line(text, item, place[:3], box, tuple(word.confidence for word in sure))


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a word is divided between the lines: a short line before it ends no paragraph then."""
    return line.paragraph[:2] == before.paragraph[:2] and _is_divided(before.text, line.text)


def _is_divided(before: str, line: str) -> bool:
    return before.endswith(_HYPHENS) and before[-2:-1].isalpha() and line[:1].islower()


def _paragraph(lines: Sequence[str]) -> str:
    """The lines in one; a word that was divided at a line's end is whole again."""
    text = ""
    for line in lines:
        if _is_divided(text, line):
            text = text[:-1] + line
        else:
            compound = text.endswith(_HYPHENS) and text[-2:-1].isalpha() and line[:1].isupper()  # Stratford-Avon
            text = f"{text}{'' if compound else ' '}{line}".strip()
    return text.replace(_HYPHENS[2], "")


def _share(image: Image.Image, boxes: Sequence[Box]) -> float:
    """How much of what is drawn lies in the boxes, 0 to 1.

    The area of the boxes would not do: a slide of three lines is nearly empty and yet all text, a street with a large
    sign is not. Steps of brightness are counted by their height, which is the same for a blurred edge and a sharp one.
    """
    grey = image.convert("L")
    grey.thumbnail((_MEASURED_SIDE, _MEASURED_SIDE), Image.Resampling.BOX)
    pixels = np.asarray(grey, dtype=np.float32)
    drawn = np.zeros_like(pixels)
    for axis in (0, 1):
        steps = np.abs(np.diff(pixels, axis=axis))
        steps[steps < _FAINTEST] = 0
        drawn[: steps.shape[0], : steps.shape[1]] += steps
    total = float(drawn.sum())
    inside = np.zeros_like(drawn, dtype=bool)
    across, down = grey.width / image.width, grey.height / image.height
    for left, top, right, bottom in boxes:
        rim = (bottom - top) / 5  # accents, the edge of the letters and their outline
        columns = slice(max(0, int((left - rim) * across) - 1), int((right + rim) * across) + 2)
        rows = slice(max(0, int((top - rim) * down) - 1), int((bottom + rim) * down) + 2)
        inside[rows, columns] = True
    return round(float(drawn[inside].sum()) / total, 3) if total else 0.0
