"""Roles of ARIA, as far as images, their links and their names need them (WAI-ARIA 1.2, Graphics-ARIA, HTML-AAM)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from turbohtml import Namespace

if TYPE_CHECKING:
    from turbohtml import Element

PRESENTATIONAL: Final = frozenset(("none", "presentation"))
GRAPHICS: Final = frozenset(("img", "image", "graphics-document", "graphics-symbol", "graphics-object"))
BUTTONS: Final = frozenset((
    "button", "checkbox", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "tab",
    "treeitem",
))  # fmt: skip
# Every role that is not abstract; a role attribute's first token among them counts.
ROLES: Final = GRAPHICS | PRESENTATIONAL | BUTTONS | frozenset((
    "alert", "alertdialog", "application", "article", "banner", "blockquote", "caption", "cell", "code", "columnheader",
    "combobox", "comment", "complementary", "contentinfo", "definition", "deletion", "dialog", "directory", "document",
    "emphasis", "feed", "figure", "form", "generic", "grid", "gridcell", "group", "heading", "insertion", "link",
    "list", "listbox", "listitem", "log", "main", "mark", "marquee", "math", "menu", "menubar", "meter", "navigation",
    "note", "paragraph", "progressbar", "region", "row", "rowgroup", "rowheader", "scrollbar", "search", "searchbox",
    "separator", "slider", "spinbutton", "status", "strong", "subscript", "suggestion", "superscript", "table",
    "tablist", "tabpanel", "term", "textbox", "time", "timer", "toolbar", "tooltip", "tree", "treegrid",
))  # fmt: skip
_GLOBAL: Final = frozenset((
    "aria-atomic", "aria-busy", "aria-controls", "aria-current", "aria-describedby", "aria-description",
    "aria-details", "aria-dropeffect", "aria-flowto", "aria-grabbed", "aria-keyshortcuts", "aria-label",
    "aria-labelledby", "aria-live", "aria-owns", "aria-relevant", "aria-roledescription",
))  # fmt: skip


def explicit_role(role: str) -> str:
    """The role that a role attribute gives; "" where it names none that is known."""
    return next((token for token in role.lower().split() if token in ROLES), "")


def is_focusable(tag: str, attributes: dict[str, str]) -> bool:
    """Whether the element takes the focus by itself, hidden or not."""
    if "tabindex" in attributes:
        return attributes["tabindex"].strip().lstrip("+-").isdigit()
    if tag in ("button", "input", "select", "textarea"):
        return "disabled" not in attributes and attributes.get("type", "").lower() != "hidden"
    return tag in ("a", "area") and "href" in attributes


def keeps_its_role(tag: str, attributes: dict[str, str]) -> bool:
    """Whether a presentational role is not heeded: the element takes focus or has a global attribute of ARIA.

    ARIA 1.2, "Presentational Roles Conflict Resolution". Empty labels say nothing and do not count.
    """
    if is_focusable(tag, attributes):
        return True
    return any(name in _GLOBAL and (value.strip() or name == "aria-live") for name, value in attributes.items())


def semantic_role(element: Element, attributes: dict[str, str]) -> str:
    """The role that assistive technology is told: explicit, else the element's own; "" for none."""
    tag = element.tag
    said = explicit_role(attributes["role"]) if "role" in attributes else ""
    if said and (said not in PRESENTATIONAL or not keeps_its_role(tag, attributes)):
        return "img" if said == "image" else said
    if tag == "img":
        empty = attributes.get("alt") == "" and not keeps_its_role(tag, attributes)
        return "presentation" if empty else "img"
    if tag == "svg" and element.namespace is Namespace.SVG:
        return "graphics-document"
    if tag == "input" and attributes.get("type", "").lower() == "image":
        return "button"
    return {"a": "link", "area": "link", "button": "button"}.get(tag, "")
