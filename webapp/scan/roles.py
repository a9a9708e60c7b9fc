"""What an image is there for, before anybody describes it: a table, of which the first row that applies decides.

Only what the page gives is used; where it gives too little the role is "unknown". An alt="" is its author's decision
and is never overwritten; where it makes a link or button nameless, a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, get_args

from turbohtml import Element

from captioner.alttext.lint import LINT_RULES, Place
from webapp.scan import charts, clues, fillers
from webapp.scan.aria import PRESENTATIONAL
from webapp.scan.images import Kind
from webapp.scan.lint import LOOKED_AT
from webapp.scan.proposals import Proposal, name_for
from webapp.scan.said import is_photograph

if TYPE_CHECKING:
    from collections.abc import Callable

    from webapp.scan.images import Collection, Use

Role = Literal["informative", "functional", "decorative", "redundant", "text", "complex", "group", "unknown"]
# nothing: leave it. describe: the captioner may draft. name: of the destination, never a caption. text: what is written
# in it. empty: write alt="", if a person agrees. person: only a person can say.
Todo = Literal["nothing", "describe", "name", "text", "empty", "person"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. source: the standard or technique that asks for it. says: for people.

    kinds, texts: the images that it is asked of; "none" are those without an alt attribute and a name.
    """

    id: str
    role: Role
    todo: Todo
    source: str
    says: str
    applies: Callable[[Use], bool]
    kinds: tuple[Kind, ...] = get_args(Kind)
    texts: Literal["any", "none", "some"] = "any"


@dataclass(slots=True)
class Decided:
    """The role of one use. reason: the row's id. proposal: of a name, where the page gives words for one."""

    role: Role
    reason: str
    says: str
    todo: Todo
    proposal: Proposal | None = None


def decide(use: Use, collection: Collection) -> Decided:
    """The role of one use of an image."""
    texts = "none" if use.alt is None and not use.name.text else "some"
    row = next(row for row in _ROWS_OF[use.kind, texts] if row.applies(use))
    proposal = name_for(use, collection) if row.role == "functional" and row.todo in ("name", "person") else None
    todo: Todo = "person" if row.todo == "name" and proposal is None else row.todo
    return Decided(row.role, row.id, row.says, todo, proposal)


def _in_target(use: Use) -> bool:
    return use.context.target is not None


def _target_label(use: Use) -> str:
    target = use.context.target
    return target.label if target else ""


def _target_name(use: Use) -> str:
    target = use.context.target
    return target.name if target else ""


def _is_named_by_title(use: Use) -> bool:
    target = use.context.target
    return target is not None and bool(target.title) and target.name == target.title


def _hidden_in_nameless(use: Use) -> bool:
    own = use.attributes.get("aria-hidden", "").lower() == "true"
    return own and use.is_sole and not _target_name(use)


def _is_presentational(use: Use) -> bool:
    return use.role in PRESENTATIONAL and "role" in use.attributes and not _sole_and_nameless(use)


def _sole_and_nameless(use: Use) -> bool:
    return use.is_sole and not _target_name(use)


def _has_text(use: Use) -> bool:
    return bool(use.alt and use.alt.strip())


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same, apart from case and the marks at their end."""
    return bool(one.strip()) and one.lower().split() == other.lower().strip(" .!?:;,").split()


def _says_what_stands_beside(use: Use) -> bool:
    context = use.context
    alt = (use.alt or "").strip(" .!?:;,")
    texts = (context.figcaption, context.block, context.target.text if context.target else "")
    return any(_same(alt, text) for text in texts)


def _is_unusable(use: Use) -> bool:
    if not use.alt or (not _has_text(use) and use.name.text):
        return False
    return _says_nothing(use.alt[:LOOKED_AT])


@lru_cache(maxsize=4096)
def _says_nothing(alt: str) -> bool:
    return any(rule.finds(alt, _NOWHERE) for rule in _ERRORS)


def _is_complex(use: Use) -> bool:
    return charts.is_complex(use, is_small=clues.is_icon(use))


_IMG: Final[tuple[Kind, ...]] = ("img",)
_DRAWN: Final[tuple[Kind, ...]] = ("img", "svg")
_NOWHERE: Final = Place()
_ERRORS: Final = tuple(rule for rule in LINT_RULES if rule.severity == "error")

ROWS: Final[tuple[Row, ...]] = (
    Row(
        "area-dead", "decorative", "nothing", "HTML 4.8.14, the area element",
        "This region of an image map leads nowhere, so it needs no name.",
        lambda use: "href" not in use.attributes,
        ("area",),
    ),
    Row(
        "area-named", "functional", "nothing", "WCAG technique H24",
        "A region of an image map with a name: it is a link, and says where it leads.",
        lambda use: bool(use.name.text),
        ("area",),
    ),
    Row(
        "area-nameless", "functional", "name", "WCAG technique H24",
        "A region of an image map without a name. It is a link: say where it leads.",
        lambda use: True,
        ("area",),
    ),
    Row(
        "button-named", "functional", "nothing", "WCAG technique H36",
        "An image that is a button, with a name that says what it does.",
        lambda use: bool(use.name.text),
        ("input",),
    ),
    Row(
        "button-nameless", "functional", "name", "WCAG technique H36",
        "An image that is a button, without a name. Say what it does, not what it shows.",
        lambda use: True,
        ("input",),
    ),
    Row(
        "hidden-in-nameless-link", "functional", "person", "WCAG failure F89",
        "Screen readers are told to pass over this image, but its link or button has no other name. Name the link.",
        _hidden_in_nameless,
    ),
    Row(
        "aria-hidden", "decorative", "nothing", "WAI-ARIA 1.2, aria-hidden",
        "Screen readers are told to pass over this image.",
        lambda use: bool(use.aria_hidden),
    ),
    Row(
        "presentation", "decorative", "nothing", "WCAG technique H67; WAI-ARIA 1.2, presentation",
        "The page says by a role that this image carries no content.",
        _is_presentational,
    ),
    Row(
        "link-labelled", "functional", "nothing", "Accessible Name and Description Computation 1.2",
        "Its link or button has a name of its own, which is read instead of the image.",
        lambda use: bool(_target_label(use)) and (use.alt is not None or use.kind != "img"),
    ),
    Row(
        "link-labelled-alt-missing", "functional", "empty", "WCAG technique H2",
        "Its link or button has a name of its own, so an empty alt text is enough.",
        lambda use: bool(_target_label(use)),
        _IMG,
        texts="none",
    ),
    Row(
        "link-named-by-image", "functional", "nothing", "HTML 4.8.4.4.2, a link or button of nothing but an image",
        "It is all that its link or button holds, and its text is the name. That text must say where it leads.",
        lambda use: use.is_sole and bool(use.name.text) and not _is_unusable(use),
        texts="some",
    ),
    Row(
        "link-titled", "functional", "name", "HTML 4.8.4.4.2; WCAG technique H30",
        "Only a title names its link or button, which not everybody meets. Say the same in an alt text or aria-label.",
        lambda use: use.is_sole and _is_named_by_title(use),
        _DRAWN,
        texts="none",
    ),
    Row(
        "link-named-otherwise", "redundant", "empty", "WCAG technique H2",
        "Another image names this link or button already, so an empty alt text is enough.",
        lambda use: use.is_sole and bool(_target_name(use)),
        _IMG,
        texts="none",
    ),
    Row(
        "link-nameless-empty", "functional", "person", "WCAG failure F89",
        "It is all that its link or button holds, and its alt text is empty, so that has no name. Say where it leads.",
        lambda use: _sole_and_nameless(use) and use.alt == "",
        texts="some",
    ),
    Row(
        "link-nameless", "functional", "name", "HTML 4.8.4.4.2; WCAG failure F89",
        "It is all that its link or button holds. Say where that leads or what it does, not what the image shows.",
        _sole_and_nameless,
    ),
    Row(
        "scripted", "functional", "person", "WCAG failures F54, F59",
        "A click on it does something, but it is no button. Make it one, and say what it does.",
        lambda use: "onclick" in use.attributes and not _in_target(use),
        texts="none",
    ),
    Row(
        "author-empty", "decorative", "nothing", "HTML 4.8.4.4.8; WCAG technique H67",
        'The author wrote alt="": a decision that this image carries no content. It is kept.',
        lambda use: use.alt == "" and not use.name.text,
        _IMG,
        texts="some",
    ),
    Row(
        "pixel", "decorative", "empty", "HTML 4.8.4.4.12; WCAG failure F38",
        "At most two pixels wide or high: a counter or a spacer.",
        fillers.is_pixel,
        _IMG,
        texts="none",
    ),
    Row(
        "spacer", "decorative", "empty", "WAI Images Tutorial, Decorative Images; WCAG failure F38",
        "Its file's name or its shape says that it only takes up room.",
        fillers.is_spacer,
        _IMG,
        texts="none",
    ),
    Row(
        "counter", "decorative", "empty", "HTML 4.8.4.4.12",
        "Its address counts who comes by: nothing is shown to readers.",
        fillers.is_counter,
        _IMG,
        texts="none",
    ),
    Row(
        "map-tile", "decorative", "empty", "HTML 4.8.4.4.9; WAI Images Tutorial, Groups of Images",
        "One of the squares that a map is made of. Name the map as a whole.",
        fillers.is_tile,
        _IMG,
        texts="none",
    ),
    Row(
        "picture-unusable", "informative", "person", "WCAG failure F30; HTML 4.8.4.4.11",
        "A picture with an alt text that says nothing. A person should write another; the old one is kept until then.",
        lambda use: _is_unusable(use) and (clues.is_picture(use) or is_photograph(use)),
        texts="some",
    ),
    Row(
        "author-unusable", "unknown", "person", "WCAG failure F30",
        "It has an alt text that says nothing. A person should write another one; the old one is kept until then.",
        _is_unusable,
        texts="some",
    ),
    Row(
        "said-beside", "redundant", "person", "WCAG technique H2; WAI Images Tutorial, Functional Images",
        "Its alt text is what stands beside it anyway, so it is read twice. An empty alt text would do.",
        lambda use: _has_text(use) and _says_what_stands_beside(use),
        _IMG,
        texts="some",
    ),
    Row(
        "link-with-text", "redundant", "empty", "WCAG technique H2; HTML 4.8.4.4.6",
        "Its link or button has a text that says where it leads, so an empty alt text is enough.",
        lambda use: _in_target(use) and not use.is_sole,
        _IMG,
        texts="none",
    ),
    Row(
        "link-text-and-image",
        "functional",
        "nothing",
        "HTML 4.8.4.4.2; WAI Images Tutorial, Functional Images",
        "Its text is read together with that of its link or button. Check that the two make sense as one name.",
        lambda use: _in_target(use) and not use.is_sole and bool(use.name.text) and use.exposed,
        texts="some",
    ),
    Row(
        "sprite", "decorative", "nothing", "SVG 2, the symbol element",
        "A drawing that is not shown: it holds parts for others.",
        lambda use: not use.name.text and (bool(use.hidden) or _is_sprite(use)),
        ("svg",),
    ),
    Row(
        "drawing-beside-text", "redundant", "nothing", "WCAG technique H2",
        "A drawing without a name in a link or button that has a text.",
        lambda use: _in_target(use) and not use.is_sole and not use.name.text,
        ("svg",),
    ),
    Row(
        "complex-described", "complex", "nothing", "WAI Images Tutorial, Complex Images; WCAG technique G95",
        "A chart, diagram or map with a short text and a longer description.",
        lambda use: _is_complex(use) and bool(use.name.text) and _has_long_description(use),
        texts="some",
    ),
    Row(
        "complex", "complex", "person", "HTML 4.8.4.4.3; WAI Images Tutorial, Complex Images; WCAG techniques G73, G74",
        "A chart, diagram or map. It needs a short label, and its data or its message in words beside it.",
        _is_complex,
        ("img", "svg", "object", "embed", "role-img"),
    ),
    Row(
        "group-first", "group", "person", "WAI Images Tutorial, Groups of Images",
        "The first of several images that are alike. Say here what they mean together, as \"4 of 5 stars\".",
        lambda use: use.group[0] == 1 and use.group[1] > 1,
        _IMG,
        texts="none",
    ),
    Row(
        "group-rest", "group", "empty", "WAI Images Tutorial, Groups of Images",
        "One of several images that are alike. The first one speaks for all, so an empty alt text is enough.",
        lambda use: use.group[0] > 1,
        _IMG,
        texts="none",
    ),
    Row(
        "captcha", "informative", "person", "WCAG 1.1.1, CAPTCHA; WCAG techniques G143, G144",
        "A puzzle for people. Say what it is for, never what is written in it, and offer another way beside it.",
        clues.is_captcha,
        _IMG,
        texts="none",
    ),
    Row(
        "label-with-text", "redundant", "empty", "WCAG techniques H2, H44",
        "The label of a field, with a text that names the field, so an empty alt text is enough.",
        lambda use: bool(use.context.label),
        _DRAWN,
        texts="none",
    ),
    Row(
        "label-nameless", "functional", "person", "WCAG technique H44; HTML 4.10.4, the label element",
        "It is all that labels a field. Say what the field or the choice is called.",
        lambda use: use.context.label == "",
        _DRAWN,
        texts="none",
    ),
    Row(
        "text-named", "text", "nothing", "HTML 4.8.4.4.4, 4.8.4.4.5; WAI Images Tutorial, Images of Text",
        "A logo, a formula or writing, with a text. Check that this is what is written in it.",
        lambda use: _has_text(use) and bool(use.name.text) and clues.is_text(use),
        _IMG,
        texts="some",
    ),
    Row(
        "author-text", "informative", "nothing", "HTML 4.8.4.4.1",
        "It has an alt text. Check that it says what the image is there for.",
        lambda use: _has_text(use) and bool(use.name.text),
        texts="some",
    ),
    Row(
        "named", "informative", "nothing", "Accessible Name and Description Computation 1.2",
        "It has a name of its own: by a label, a title or a title element.",
        lambda use: bool(use.name.text),
        texts="some",
    ),
    Row(
        "text", "text", "text", "HTML 4.8.4.4.4, 4.8.4.4.5; WAI Images Tutorial, Images of Text",
        "A logo, a formula or writing. Its alt text is what is written in it.",
        clues.is_text,
        _IMG,
        texts="none",
    ),
    Row(
        "ornament", "decorative", "empty", "HTML 4.8.4.4.8; WAI Images Tutorial, Decorative Images",
        "A class, the file's name or a place behind the text says that it only decorates.",
        fillers.is_ornament,
        _IMG,
        texts="none",
    ),
    Row(
        "portrait-beside-name", "redundant", "empty", "HTML 4.8.4.4.6; WAI Images Tutorial, Decorative Images",
        "A small portrait beside words that name its person, so an empty alt text is enough.",
        clues.is_portrait_beside_name,
        _IMG,
        texts="none",
    ),
    Row(
        "icon-in-sentence", "informative", "person", "HTML 4.8.4.4.4; WAI Images Tutorial, Informative Images",
        "A small image in the middle of a sentence, which has a gap without it. Say the word that it stands for.",
        clues.is_icon_in_sentence,
        _IMG,
        texts="none",
    ),
    Row(
        "icon-before-figures", "informative", "person", "WAI Images Tutorial, Informative Images",
        'A small image that says what the number beside it is. Say the same in its alt text, as "Telephone:".',
        clues.is_icon_before_figures,
        _IMG,
        texts="none",
    ),
    Row(
        "telling-icon", "informative", "person", "WAI Images Tutorial, Informative Images",
        'A small image that says more than the words beside it, as "Warning" or "PDF". Say that.',
        clues.is_telling_icon,
        _IMG,
        texts="none",
    ),
    Row(
        "all-of-a-cell", "informative", "person", "HTML 4.8.4.4.4; WAI Images Tutorial, Informative Images",
        'A small image that is all of its cell or item, so it stands for a word there, as a tick for "Yes".',
        clues.is_all_of_its_cell,
        _DRAWN,
        texts="none",
    ),
    Row(
        "icon-beside-text", "redundant", "empty", "HTML 4.8.4.4.4, 4.8.4.4.6; WAI Images Tutorial, Decorative Images",
        "A small image at the beginning or the end of a short text that says it already.",
        clues.is_icon_beside_text,
        _IMG,
        texts="none",
    ),
    Row(
        "poster", "unknown", "person", "HTML 4.8.8, the poster attribute",
        "A still that stands for a video until it plays. It takes no alt text: name the video, or caption it.",
        lambda use: True,
        ("poster",),
    ),
    Row(
        "background-content", "unknown", "person", "WCAG failure F3",
        'A background on an element that holds nothing else. If it carries content, give it role="img" and a label.',
        lambda use: True,
        ("background",),
    ),
    Row(
        "role-img-nameless", "informative", "person", "WCAG technique ARIA24; WAI-ARIA 1.2, img",
        "The page says that this is an image, but gives it no name. Write an aria-label.",
        lambda use: use.kind == "role-img" or "role" in use.attributes,
        ("role-img", "svg"),
    ),
    Row(
        "drawn-ornament", "decorative", "nothing", "HTML 4.8.4.4.8; WAI Images Tutorial, Decorative Images",
        "A drawing without a name that divides what stands there, or lies behind it.",
        fillers.is_drawn_ornament,
        ("svg",),
    ),
    Row(
        "drawn-icon", "redundant", "nothing", "WCAG technique H67; WAI Images Tutorial, Decorative Images",
        "A small drawing without a name beside a short text that says it already.",
        clues.is_drawn_icon,
        ("svg",),
    ),
    Row(
        "drawing", "unknown", "person", "SVG-AAM 1.0; WAI-ARIA Graphics Module",
        'A drawing without a name. If it carries content, give it role="img" and a title; if not, aria-hidden="true".',
        lambda use: True,
        ("svg",),
    ),
    Row(
        "embedded", "unknown", "person", "WCAG technique H53; WCAG failure F65",
        "An embedded object without a name. Give it a title or an aria-label that says what it is.",
        lambda use: True,
        ("object", "embed"),
    ),
    Row(
        "icon", "unknown", "person", "WAI Images Tutorial, Decorative Images",
        "A small image outside of links and buttons. Only a person can say whether it carries content.",
        clues.is_icon,
    ),
    Row(
        "picture", "informative", "describe", "HTML 4.8.4.4.11; WCAG technique G94",
        "A picture with the size, the caption or the place of content, without a text. It needs a description.",
        clues.is_picture,
    ),
    Row(
        "photograph", "informative", "describe", "HTML 4.8.4.4.11; WCAG technique G94",
        "A file of the kind that photographs have, without a text. If it carries content, it needs a description.",
        is_photograph,
    ),
    Row(
        "no-clue", "unknown", "describe", "HTML 4.8.4.4.14",
        "Nothing on the page says what this image is there for. If it carries content, it needs a description.",
        lambda use: True,
    ),
)  # fmt: skip


_ROWS_OF: Final = {
    (kind, texts): tuple(row for row in ROWS if kind in row.kinds and row.texts in ("any", texts))
    for kind in get_args(Kind)
    for texts in ("none", "some")
}


def _is_sprite(use: Use) -> bool:
    tags = {child.tag for child in use.element if isinstance(child, Element)}
    return bool(tags) and tags <= {"symbol", "defs", "style", "title", "desc", "metadata"}


def _has_long_description(use: Use) -> bool:
    said = use.attributes
    return bool(said.get("longdesc") or said.get("aria-describedby") or said.get("aria-details"))
