"""The rules L1 to L13 on a page: captioner.alttext.lint looks at the texts, this says where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from captioner.alttext.lint import LINT_RULES, Place, Severity, lint
from webapp.scan.aria import is_focusable
from webapp.scan.images import TAKES_ALT

if TYPE_CHECKING:
    from webapp.scan.images import Use
    from webapp.scan.roles import Decided


@dataclass(frozen=True, slots=True)
class PageRule:
    """A rule as it is reported. number: L1 to L13. says: what is wrong. do: what to do about it.

    criterion: of WCAG 2.2, where one is failed. source: the technique or failure.
    """

    number: str
    id: str
    severity: Severity
    says: str
    do: str
    criterion: str
    source: str


def _page_rule(number: int, at: int) -> PageRule:
    rule = LINT_RULES[at]
    says, _, do = rule.says.partition(". ")
    return PageRule(f"L{number}", rule.id, rule.severity, f"{says}.", do, rule.criterion, rule.source)


RULES: Final = {LINT_RULES[at].id: _page_rule(at + 1, at) for at in range(len(LINT_RULES))}
# L1 on what is no img element: what is wrong, what to do, and the technique.
_MISSING: Final = {
    "input": ("The image button has no name.", "Write in its alt text what it does.", "WCAG technique H36"),
    "area": ("The region of the image map has no name.", "Write in its alt text where it leads.", "WCAG technique H24"),
    "svg": ("The drawing is said to be an image and has no name.", "Give it a title element.", "WCAG technique ARIA24"),
    "role-img": ("The element is said to be an image and has no name.", "Label it with aria-label.",
                 "WCAG technique ARIA24"),
    "object": ("The embedded object has no name.", "Give it an aria-label or a title.", "WCAG technique ARIA6"),
    "embed": ("The embedded object has no name.", "Give it an aria-label or a title.", "WCAG technique ARIA6"),
}  # fmt: skip
_WITH_ALT: Final = frozenset(TAKES_ALT)
_SVG_ROLES: Final = frozenset(("img", "graphics-document", "graphics-symbol"))
LOOKED_AT: Final = 1000  # characters of a text; it is far too long by then
_OF_THE_ATTRIBUTE: Final = frozenset(("alt-missing", "alt-space", "alt-empty-in-link", "alt-empty-with-title"))


@dataclass(slots=True)
class Finding:
    """A rule that a use of an image breaks. key: of the use. line, column: of its start tag."""

    rule: PageRule
    key: str
    line: int
    column: int

    @property
    def severity(self) -> Severity:
        """ "error" or "warning"."""
        return self.rule.severity


def find(use: Use, decided: Decided, neighbours: tuple[str, ...]) -> list[Finding]:
    """The findings on one use. neighbours: the texts of the images before and after it.

    What nobody is told of, because it is hidden or presentational, has none, but for links that it leaves nameless.
    """
    return [Finding(rule, use.key, use.line, use.column) for rule in _broken(use, decided, neighbours)]


def _broken(use: Use, decided: Decided, neighbours: tuple[str, ...]) -> list[PageRule]:
    if use.hidden or (use.noscript and decided.reason == "pixel"):
        return []
    if decided.reason in ("link-nameless-empty", "hidden-in-nameless-link"):
        return [RULES["alt-empty-in-link"], *_contradictions(use)]
    if not use.exposed:
        return _contradictions(use) if not use.aria_hidden else []
    missing = _missing(use, decided)
    if missing is not None:
        return [missing]
    text = use.alt if use.alt is not None and use.kind in _WITH_ALT and use.name.source in ("alt", "") else None
    said = text if text is not None else use.name.text
    if not said:
        return []
    found = [RULES[one.rule] for one in lint(said[:LOOKED_AT], _place(use, decided, neighbours))]
    return found if text is not None else [rule for rule in found if rule.id not in _OF_THE_ATTRIBUTE]


def _contradictions(use: Use) -> list[PageRule]:
    """An empty alt beside a title."""
    empty = use.kind == "img" and use.alt == "" and use.title and "role" not in use.attributes
    return [RULES["alt-empty-with-title"]] if empty else []


def _missing(use: Use, decided: Decided) -> PageRule | None:
    """L1, or L10 where an empty text leaves a button or a region of a map nameless."""
    if use.name.text:
        return None
    kind = use.kind
    if kind == "img":
        return RULES["alt-missing"] if use.alt is None and not _is_mere_line(use) else None
    if kind in ("input", "area"):
        if decided.reason == "area-dead":
            return None
        if use.alt == "":
            return RULES["alt-empty-in-link"]
        return RULES["alt-space"] if use.alt is not None else _missing_of(kind)
    if decided.reason == "link-nameless":
        return RULES["alt-empty-in-link"]
    if kind == "svg":
        return _missing_of(kind) if "role" in use.attributes and use.role in _SVG_ROLES else None
    needs_name = kind == "role-img" or (kind in ("object", "embed") and not _is_mere_line(use))
    return _missing_of(kind) if needs_name else None


def _is_mere_line(use: Use) -> bool:
    """A separator that does not take the focus: it needs no name."""
    return use.role == "separator" and not is_focusable(use.kind, use.attributes)


def _missing_of(kind: str) -> PageRule:
    says, do, source = _MISSING[kind]
    general = RULES["alt-missing"]
    return PageRule(general.number, general.id, general.severity, says, do, general.criterion, source)


def _place(use: Use, decided: Decided, neighbours: tuple[str, ...]) -> Place:
    context = use.context
    target = context.target
    nearby = [context.figcaption, context.block]
    if target:
        nearby.append(target.text)
    return Place(
        sole_content=use.is_sole or use.kind in ("input", "area"),
        nearby=tuple(text for text in nearby if text),
        neighbours=neighbours,
        title=use.title,
        informative=decided.role == "informative",
    )
