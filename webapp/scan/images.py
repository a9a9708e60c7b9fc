"""What is known of the images of a page: each image once, and each use of it with its own context."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from webapp.scan.names import NONE, Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from turbohtml import Element

    from webapp.scan.srcset import Candidate

Kind = Literal["img", "input", "area", "svg", "object", "embed", "role-img", "background", "poster"]
TAKES_ALT = ("img", "input", "area")


@dataclass(slots=True)
class Target:
    """Where a link leads or what a button is. name: what a screen reader calls it; "" for nothing.

    text: what is written in it, without its images. title, label: of the link or button itself.
    """

    address: str
    name: str
    text: str
    title: str
    label: str


@dataclass
class Context:
    """What stands around one use. Texts are cut to about 300 characters.

    label: of the label element around it; None where there is none. heading: the nearest one above. beside, card: find
    the text before (True) or after (False) and the image's own heading, when somebody asks.
    """

    link: Target | None = None
    button: Target | None = None
    label: str | None = None
    figcaption: str = ""
    heading: str = ""
    block: str = ""
    lang: str = ""
    in_main: bool = False
    in_edge: bool = False
    same_place: str = ""
    beside: Callable[[bool], str] = field(default=lambda before: "", repr=False)
    card: Callable[[], str] = field(default=lambda: "", repr=False)

    @cached_property
    def before(self) -> str:
        """The text before the image, back to the heading above."""
        return self.beside(True)

    @cached_property
    def after(self) -> str:
        """The text after the image, up to the next heading, but for a heading of its own, as on cards."""
        return self.beside(False)

    @cached_property
    def own_heading(self) -> str:
        """The heading below the image that belongs to it, as on cards; "" for none."""
        return self.card()

    @property
    def target(self) -> Target | None:
        """The link, or else the button, that the image is in."""
        return self.link or self.button


@dataclass(slots=True)
class Use:
    """One place on a page where an image stands.

    key: the same at each scan of the same page. alt: None where there is no such attribute. address: of the file to
    look at, resolved. candidates: every file that a browser may show. role: that assistive technology is told. exposed:
    assistive technology is told of it. hidden: why nobody gets it, by the page's own code. twins: the same image again,
    in a noscript element. line, column: from 1. words, holders: of its file's name and classes, and of the
    classes around it, once somebody asked (`clues`).
    """

    key: str
    kind: Kind
    element: Element = field(repr=False)
    attributes: dict[str, str] = field(repr=False)
    address: str
    candidates: tuple[Candidate, ...]
    context: Context
    alt: str | None = None
    title: str = ""
    name: Name = NONE
    role: str = ""
    exposed: bool = True
    hidden: str = ""
    aria_hidden: str = ""
    unseen: str = ""
    width: float | None = None
    height: float | None = None
    order: int = 0
    line: int = 1
    column: int = 1
    lazy: bool = False
    noscript: bool = False
    group: tuple[int, int] = (1, 1)
    words: frozenset[str] | None = field(default=None, repr=False)
    holders: frozenset[str] | None = field(default=None, repr=False)
    twins: list[Element] = field(default_factory=list, repr=False)

    @property
    def is_sole(self) -> bool:
        """Whether its link or button holds no text."""
        target = self.context.target
        return target is not None and not target.text


@dataclass(slots=True)
class Image:
    """One image of a page: every use of the same address. Inline drawings have no address and one use each."""

    address: str
    uses: list[Use]


@dataclass(slots=True)
class Collection:
    """All images of a page. decorative_backgrounds: how many elements have one behind their text.

    needs_scripts: it looks empty without JavaScript. notes: what was not seen, in sentences.
    """

    title: str
    lang: str
    base: str
    images: list[Image]
    uses: list[Use]
    site_name: str = ""
    decorative_backgrounds: int = 0
    needs_scripts: bool = False
    notes: list[str] = field(default_factory=list)
