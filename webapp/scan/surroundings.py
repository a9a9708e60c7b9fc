"""What an element inherits from those around it, worked out once for each: links, figures, language, hiding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from turbohtml import Document, Element

from webapp.scan.aria import BUTTONS, explicit_role
from webapp.scan.elements import attributes_of

if TYPE_CHECKING:
    from turbohtml import Text

    from webapp.scan.styles import Styles

_TELLING_TAGS: Final = frozenset((
    "a", "button", "figure", "label", "noscript", "template", "picture", "p", "li", "td", "th", "dd", "dt", "main",
    "article", "summary", "svg", "h1", "h2", "h3", "h4", "h5", "h6", "head", "object", "nav", "footer", "header",
    "details",
))  # fmt: skip
_SILENCING: Final = "[hidden], [aria-hidden], [inert], [style], svg, h1, h2, h3, h4, h5, h6"
_TELLING_ATTRIBUTES: Final = frozenset((
    "role", "lang", "xml:lang", "hidden", "inert", "aria-hidden", "aria-label", "aria-labelledby", "style",
))  # fmt: skip
_BLOCKS: Final = frozenset(("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"))
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FAR: Final = -999.0  # pixels or em; farther left or above nothing is seen


@dataclass
class Surroundings:
    """Of an element: the nearest elements of each kind that hold it (itself among them), and what it is hidden by.

    not_rendered: why neither eyes nor ears get it. aria_hidden: why ears do not. unseen: why eyes do not.
    named_by_author: an element around that has a name of its own, which stands for all that it holds. in_edge: it
    belongs to the page's frame (nav, header, footer), not to what the page is about.
    """

    link: Element | None = None
    button: Element | None = None
    figure: Element | None = None
    label: Element | None = None
    noscript: Element | None = None
    picture: Element | None = None
    svg: Element | None = None
    block: Element | None = None
    named_by_author: Element | None = None
    lang: str = ""
    template: bool = False
    in_main: bool = False
    in_edge: bool = False
    in_heading: bool = False
    not_rendered: str = ""
    invisible: str = ""
    aria_hidden: str = ""
    unseen: str = ""

    def copy(self) -> Surroundings:
        """The same again, to be changed for what lies inside."""
        inner = object.__new__(Surroundings)
        inner.__dict__ = self.__dict__.copy()
        return inner

    @property
    def hidden(self) -> str:
        """Why neither eyes nor ears get the element, in words; "" where the page's own code does not hide it."""
        return self.not_rendered or self.invisible


class Around:
    """Surroundings of every element that was asked for."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[Element, Surroundings] = {}

    def of(self, element: Element) -> Surroundings:
        """What holds for the element itself, with all that it inherits."""
        found = self._known.get(element)
        if found is not None:
            return found
        path: list[Element] = []
        detached = False
        node: Element | None = element
        while node is not None and found is None:
            found = self._known.get(node)
            if found is None:
                path.append(node)
                parent = node.parent
                node = parent if isinstance(parent, Element) else None
                detached = not isinstance(parent, (Element, Document))  # the content of a template
        around = found or Surroundings(template=detached)
        for one in reversed(path):
            around = self._with(around, one)
            self._known[one] = around
        return around

    def may_be_silent(self, text: Text) -> bool:
        """Whether it is worth asking for the surroundings of a text: most texts are plainly there."""
        return self._styles.hides or text.closest(_SILENCING) is not None

    def parent_of(self, element: Element) -> Surroundings:
        """What the element inherits, without itself."""
        parent = element.parent
        return self.of(parent) if isinstance(parent, Element) else Surroundings()

    def _with(self, outer: Surroundings, element: Element) -> Surroundings:
        tag = element.tag
        listed = element.attrs
        said_in_sheet = self._styles.says_of(element)
        telling = bool(listed) and not _TELLING_ATTRIBUTES.isdisjoint(listed)
        if not telling and not said_in_sheet and tag not in _TELLING_TAGS:
            return outer
        attributes = attributes_of(element) if telling or (listed and tag == "a") else {}
        inner = outer.copy()
        self._tag(inner, element, tag, attributes)
        if attributes or said_in_sheet:
            self._hiding(inner, element, attributes)
        return inner

    def _tag(self, inner: Surroundings, element: Element, tag: str, attributes: dict[str, str]) -> None:
        role = explicit_role(attributes["role"]) if "role" in attributes else ""
        if (tag == "a" and "href" in attributes and role not in BUTTONS) or role == "link":
            inner.link, inner.block = element, element
        elif tag in ("button", "summary") or (role in BUTTONS and tag not in ("img", "input", "svg")):
            inner.button, inner.block = element, element
        elif tag in _BLOCKS:
            inner.block = element
            inner.in_heading = inner.in_heading or tag in HEADINGS
        elif tag in ("figure", "label", "noscript", "picture", "svg"):
            setattr(inner, tag, element)
            if tag == "figure":
                inner.block = None
        elif tag == "template":
            inner.template = True
        elif tag in ("main", "article") or role in ("main", "article"):
            inner.in_main, inner.in_edge = True, False
        elif tag in ("nav", "footer", "header"):
            inner.in_main, inner.in_edge = False, True
        names_itself = attributes.get("aria-label", "").strip() or attributes.get("aria-labelledby", "").strip()
        if names_itself and (tag in ("a", "button", "summary", "object") or role) and tag not in ("svg", "img"):
            inner.named_by_author = element
        if lang := attributes.get("lang", "").strip() or attributes.get("xml:lang", "").strip():
            inner.lang = lang
        elif "lang" in attributes:
            inner.lang = ""

    def _hiding(self, inner: Surroundings, element: Element, attributes: dict[str, str]) -> None:
        style = attributes.get("style")
        if "inert" in attributes:
            inner.aria_hidden = "inert"
        if attributes.get("aria-hidden", "").strip().lower() == "true":
            inner.aria_hidden = "aria-hidden"
        display = visibility = ""
        if style or self._styles.says_of(element):
            display = self._styles.get(element, style, "display")
            visibility = self._styles.get(element, style, "visibility")
            self._unseen(inner, element, style)
        if display == "none":
            inner.not_rendered = "display: none"
        elif "hidden" in attributes and not display:
            inner.not_rendered = "hidden"
        if visibility in ("hidden", "collapse"):
            inner.invisible = f"visibility: {visibility}"
        elif visibility == "visible":
            inner.invisible = ""

    def _unseen(self, inner: Surroundings, element: Element, style: str | None) -> None:
        get = self._styles.get
        if (opacity := get(element, style, "opacity")) and _number(opacity) == 0:
            inner.unseen = "opacity: 0"
        if get(element, style, "position") in ("absolute", "fixed"):
            for side in ("left", "top", "right", "bottom"):
                if _number(get(element, style, side)) <= _FAR:
                    inner.unseen = f"positioned off screen by {side}"


def _number(value: str) -> float:
    digits = value.rstrip("abcdefghijklmnopqrstuvwxyz% ")
    try:
        return float(digits)
    except ValueError:
        return 1.0
