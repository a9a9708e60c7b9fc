"""Styles that the page itself holds: style attributes and style elements. Other sheets and @-rules are not seen.

No layout is done. Of a cascade only what decides whether and how an image shows is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from turbohtml.cssom import StyleDeclaration, StyleSheet

if TYPE_CHECKING:
    from turbohtml import Document, Element

KEPT: Final = frozenset((
    "display", "visibility", "opacity", "position", "left", "top", "right", "bottom", "width", "height",
    "background", "background-image",
))  # fmt: skip
_TELLING: Final = frozenset(("display", "visibility", "opacity", "position"))
_MOST_RULES = 300  # that say something of KEPT
_MOST_WORK = 200_000_000  # rules times characters of the page: each rule looks at all of it
_MOST_MATCHES = 100_000  # elements that those rules name, all together
_SHORT = 500  # characters
_LARGEST_SHEET = 1_000_000  # characters
_WORTH_A_LOOK = re.compile("|".join(sorted(KEPT)), re.IGNORECASE)
_PSEUDO_ELEMENT = re.compile(r"::|:(?:before|after|first-line|first-letter)\b", re.IGNORECASE)
_STATE = re.compile(r":(?:hover|focus|active|visited|checked|target|disabled|focus-\w+)\b", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]+))\s*\)""", re.IGNORECASE)

Declared = dict[str, tuple[str, bool]]  # property: (value, whether important)


def inline(style: str) -> Declared:
    """The declarations of a style attribute. Short ones are remembered, since pages repeat them."""
    return _remembered(style) if len(style) <= _SHORT else _declarations(style)


@lru_cache(maxsize=2048)
def _remembered(style: str) -> Declared:
    return _declarations(style)


def _declarations(style: str) -> Declared:
    if not _WORTH_A_LOOK.search(style):
        return {}
    block = StyleDeclaration.parse(style)
    return {name: (block[name].strip().lower() if "background" not in name else block[name], block.important(name))
            for name in block.properties() if name in KEPT}  # fmt: skip


def addresses(value: str) -> list[str]:
    """Every address in a CSS value: backgrounds may have several."""
    return [match[1] or match[2] or match[3] or "" for match in _URL.finditer(value[:_LARGEST_SHEET])]


class Styles:
    """What the page's own style elements say of its elements.

    complete: all of them were read. other_sheets: the page names sheets outside of it. hides: something may be hidden.
    """

    def __init__(self, document: Document, size: int) -> None:
        """size: of the page, in characters."""
        most_rules = min(_MOST_RULES, _MOST_WORK // max(size, 1))
        self.complete = True
        self.hides = False
        self.other_sheets = document.select_one('link[rel~="stylesheet" i]') is not None
        self._of: dict[Element, dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]]] = {}
        matches = rules = 0
        for sheet in document.select("style"):
            text = sheet.text
            if not _WORTH_A_LOOK.search(text):
                continue
            if len(text) > _LARGEST_SHEET:
                self.complete = False
                continue
            for rule in StyleSheet(text).rules:
                kept = {name: rule.style[name] for name in rule.style.properties() if name in KEPT}
                selector = rule.selector_text
                if (
                    not any(_tells(name, value) for name, value in kept.items())
                    or _PSEUDO_ELEMENT.search(selector)
                    or _STATE.search(selector)
                ):
                    continue
                rules += 1
                if rules > most_rules or matches > _MOST_MATCHES:
                    self.complete = False
                    return
                matches += self._add(document, selector, kept, {n for n in kept if rule.style.important(n)}, rules)

    def _add(self, document: Document, selector: str, kept: dict[str, str], important: set[str], order: int) -> int:
        try:
            elements = document.select(selector)
        except ValueError:  # a selector that is not known
            return 0
        weight = _specificity(selector)
        for element in elements[:_MOST_MATCHES]:
            said = self._of.setdefault(element, {})
            for name, value in kept.items():
                rank = (name in important, weight, order)
                if name not in said or said[name][0] <= rank:
                    said[name] = (rank, value if "background" in name else value.strip().lower())
                self.hides = self.hides or name in ("display", "visibility")
        return len(elements)

    def get(self, element: Element, style: str | None, name: str) -> str:
        """The value of a property on an element whose style attribute is given; "" where nothing is said of it."""
        own = inline(style).get(name) if style else None
        sheet = self._of.get(element) if self._of else None
        said = sheet.get(name) if sheet else None
        if said is None:
            return own[0] if own else ""
        return own[0] if own and (own[1] or not said[0][0]) else said[1]

    def backgrounds(self) -> list[Element]:
        """Elements to which a style element gives a background with an address."""
        return [
            element
            for element, said in self._of.items()
            if any(name in said and "url(" in said[name][1].lower() for name in ("background", "background-image"))
        ]

    def says_of(self, element: Element) -> bool:
        """Whether a style element says anything of the element."""
        return element in self._of


def _tells(name: str, value: str) -> bool:
    """Whether a declaration alone says something: a colour behind a text does not, nor a width in per cent."""
    if "background" in name:
        return "url(" in value.lower()
    return name in _TELLING or value.strip().removesuffix("px").isdigit()


@lru_cache(maxsize=1024)
def _specificity(selector: str) -> tuple[int, int, int]:
    """Of the strongest selector in a list: ids, classes and the like, types. Good enough to order plain rules."""

    def of(one: str) -> tuple[int, int, int]:
        bare = re.sub(r"\[[^\]]*\]", " .x ", one)
        types = re.sub(r"[#.:][\w-]+", " ", bare)
        return bare.count("#"), len(re.findall(r"\.[\w-]|(?<!:):[\w-]", bare)), len(re.findall(r"[\w-]+", types))

    return max(of(one) for one in selector[:2000].split(","))
