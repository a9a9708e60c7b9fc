"""Lint: what is wrong with a text that an image has already, whoever wrote it. Nothing is changed.

Errors are what makes an image useless or misleading to a screen reader's user; warnings are matters of judgement.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from captioner.alttext.clean import MEDIA, OPENERS
from captioner.alttext.style import Style
from captioner.alttext.words import Word, joined, word_set

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 250  # characters
_FEWEST_WORDS = 3
_STUFFED = 4  # entries of a list that say nearly the same
_EXTENSION = r"(?:jpe?g|png|gif|webp|avif|svgz?|bmp|tiff?|ico|heic)"
_FILE = re.compile(
    rf"""(?:\S+|\S.*[\w)])\.{_EXTENSION}(?:\?\S*)?          # a file's name
    |(?:https?://|www\.|data:|/|\.\.?/)\S+                  # an address
    |(?:img|dsc[nf]?|p|pict?|image|photo|screenshot|scan|wp|pxl|mvimg|mov)[-_ ]?\d(?:[-_.\d ()]|\bat\b)*(?:[-_]\w+)?
    |[0-9a-f]{{16,}}|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}   # a hash, a UUID
    |\d+(?:x\d+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_VAGUE = word_set(
    "image images picture pictures photo photos photograph pic pics graphic graphics icon icons logo img figure diagram"
    " chart illustration screenshot banner thumbnail avatar alt alt-text alttext text description caption title"
    " untitled unnamed placeholder spacer blank null none undefined nan todo tbd tba test temp tmp sample dummy example"
    " default decorative decoration click button link here more photo1 image1 attachment asset media hero cover"
    " background bullet arrow line divider separator pixel dot lorem ipsum n/a na alternative insert add your the an a"
    " this of for"
)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\[/?[a-z_]+(?: [^\]]*=[^\]]*)?\]|<\?|</?[a-z][^>]*>|\$\{[^}]*\}|%\w+%|&\w+;")

_MEDIUM = re.compile(rf"\b{MEDIA}\b", re.IGNORECASE)

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an image stands, as far as it is known.

    sole_content: it is all that a link or button holds. nearby: texts beside it, its caption and its link's text among
    them. neighbours: the texts of the images before and after it. title: of the image. informative: it is known to
    carry content.
    """

    sole_content: bool = False
    nearby: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    title: str = ""
    informative: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong. says: what it is and what to do, for people. criterion: of WCAG 2.2, where one is failed."""

    rule: str
    severity: Severity
    says: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class LintRule:
    """A check of a text in its place. source: the failure or technique of WCAG, or who else asks for it."""

    id: str
    severity: Severity
    says: str
    source: str
    criterion: str
    finds: Callable[[str | None, Place], bool]


def lint(alt: str | None, place: Place | None = None) -> list[Problem]:
    """The problems of a text; None where the image has no alt attribute at all."""
    where = place or Place()
    return [Problem(rule.id, rule.severity, rule.says, rule.criterion) for rule in LINT_RULES if rule.finds(alt, where)]


@lru_cache(maxsize=512)  # several rules ask for the same text, one after another
def _plain(text: str | None) -> str:
    return " ".join((text or "").lower().split()).strip(" .!?:;,")


def _is_missing(alt: str | None, place: Place) -> bool:
    return alt is None


def _is_only_space(alt: str | None, place: Place) -> bool:
    return alt is not None and alt != "" and not alt.strip()


def _is_file_name(alt: str | None, place: Place) -> bool:
    return _FILE.fullmatch((alt or "").strip()) is not None


def _is_vague(alt: str | None, place: Place) -> bool:
    words = re.findall(r"[^\W_]+(?:[-/][^\W_]+)*", (alt or "").lower())
    if not words and any(unicodedata.category(sign) == "So" for sign in alt or ""):
        return False  # an emoji, which is read out by its name
    return bool((alt or "").strip()) and all(word in _VAGUE or word.isdigit() for word in words) and not _is_number(alt)


def _is_number(alt: str | None) -> bool:
    return _plain(alt).isdigit()  # that is a file's name


def _has_opener(alt: str | None, place: Place) -> bool:
    words = tuple(Word(word) for word in (alt or "").split())
    left = OPENERS.change(words, Style())
    return _MEDIUM.search(joined(words[: len(words) - len(left)])) is not None  # "there is" names none


def _is_said_nearby(alt: str | None, place: Place) -> bool:
    return bool(_plain(alt)) and _plain(alt) in {_plain(text) for text in place.nearby}


def _is_short(alt: str | None, place: Place) -> bool:
    is_short = place.informative and not place.sole_content and 0 < len(_plain(alt).split()) < _FEWEST_WORDS
    return is_short and not (_is_file_name(alt, place) or _is_vague(alt, place))  # which is said already


def _is_long(alt: str | None, place: Place) -> bool:
    return len(alt or "") > LONGEST


def _repeats_neighbour(alt: str | None, place: Place) -> bool:
    return bool(_plain(alt)) and _plain(alt) in {_plain(text) for text in place.neighbours}


def _leaves_link_nameless(alt: str | None, place: Place) -> bool:
    return alt is not None and not alt.strip() and place.sole_content and not _plain(place.title)


def _is_empty_with_title(alt: str | None, place: Place) -> bool:
    return alt == "" and bool(place.title.strip())


def _is_stuffed(alt: str | None, place: Place) -> bool:
    entries = [set(_plain(entry).split()) for entry in re.split(r"[,;|]", alt or "") if _plain(entry)]
    if len(entries) < _STUFFED:
        return False
    shared = [word for word in set.union(*entries) if sum(word in entry for entry in entries) >= _STUFFED]
    return bool(set(shared) - {"a", "an", "the", "and", "of", "in", "on", "with"})


def _has_code(alt: str | None, place: Place) -> bool:
    return _CODE.search(alt or "") is not None


LINT_RULES: Final[tuple[LintRule, ...]] = (
    LintRule(
        "alt-missing",
        "error",
        "The image has no alt text. Describe it, or write alt=\"\" if it carries no content.",
        "WCAG failure F65",
        "1.1.1",
        _is_missing,
    ),
    LintRule(
        "alt-space",
        "error",
        "The alt text is only space. Write alt=\"\" without a space if the image carries no content.",
        "WCAG failure F39",
        "1.1.1",
        _is_only_space,
    ),
    LintRule(
        "alt-file-name",
        "error",
        "The alt text is a file's name, an address or a number. Say what the picture shows.",
        "WCAG failure F30",
        "1.1.1",
        _is_file_name,
    ),
    LintRule(
        "alt-vague",
        "error",
        "The alt text says nothing of this picture. Say what it shows.",
        "WCAG failure F30",
        "1.1.1",
        _is_vague,
    ),
    LintRule(
        "alt-opener",
        "warning",
        "Screen readers say that it is an image. Begin with what it shows.",
        "W3C WAI, Images Tutorial, Tips and Tricks",
        "",
        _has_opener,
    ),
    LintRule(
        "alt-said-nearby",
        "warning",
        "The text beside the image says the same. Write alt=\"\", or say what that text does not.",
        "WCAG technique H2",
        "",
        _is_said_nearby,
    ),
    LintRule(
        "alt-short",
        "warning",
        "One or two words seldom say what a picture shows. Say who or what, doing what, where.",
        "W3C WAI, Images Tutorial",
        "",
        _is_short,
    ),
    LintRule(
        "alt-long",
        "warning",
        f"The alt text has more than {LONGEST} characters. Say the essence here and the rest on the page.",
        "W3C WAI, Images Tutorial, Complex Images",
        "",
        _is_long,
    ),
    LintRule(
        "alt-repeats-neighbour",
        "warning",
        "The image before or after has the same alt text. Describe the group once, and write alt=\"\" for the others.",
        "W3C WAI, Images Tutorial, Groups of Images",
        "",
        _repeats_neighbour,
    ),
    LintRule(
        "alt-empty-in-link",
        "error",
        "A link or button holds only this image and so has no name. Say where it leads or what it does.",
        "WCAG failure F89",
        "2.4.4, 4.1.2",
        _leaves_link_nameless,
    ),
    LintRule(
        "alt-empty-with-title",
        "error",
        "An empty alt text and a title contradict each other. Move the title to the alt text, or drop it.",
        "WCAG technique H67",
        "1.1.1",
        _is_empty_with_title,
    ),
    LintRule(
        "alt-stuffed",
        "warning",
        "The alt text is a list of search words. Write a sentence for people.",
        "W3C WAI, Images Tutorial, Tips and Tricks",
        "",
        _is_stuffed,
    ),
    LintRule(
        "alt-code",
        "warning",
        "The alt text holds code that was to be replaced. Mend the template, or write the text.",
        "",
        "",
        _has_code,
    ),
)  # fmt: skip
