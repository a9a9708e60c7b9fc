"""What the page says of an image beside its texts: the words of file names, folders, classes and ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from webapp.scan.urls import file_name, ordered_tokens, stem, tokens

if TYPE_CHECKING:
    from webapp.scan.images import Use

SEEN: Final = 500  # characters of an address
_HOLDERS: Final = 3  # elements around an image whose classes are looked at
# What stands behind the word that says what a file is: "corner-top-left", "divider_2", "hero-background-image-small".
_TAILS: Final = frozenset((
    "top", "bottom", "left", "right", "center", "middle", "tl", "tr", "bl", "br", "small", "large", "big", "mini",
    "image", "img", "pic", "min", "final", "copy", "new", "old", "off", "on", "hover", "light", "dark", "desktop",
    "mobile", "gif", "png", "red", "green", "blue", "white", "black", "grey", "gray", "yellow", "orange",
))  # fmt: skip
_TAILS_OF_CLASSES: Final = frozenset(("image", "img", "pic", "desktop", "mobile"))
_PHOTOGRAPHS: Final = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".avif")


def words_of(use: Use) -> frozenset[str]:
    """The words of the file's name and of the element's classes and id."""
    if use.words is None:
        attributes = use.attributes
        said = f"{stem(file_name(use.address))} {attributes.get('class', '')} {attributes.get('id', '')}"
        use.words = tokens(said)
    return use.words


def name_words_of(use: Use) -> frozenset[str]:
    """The words of the file's name alone."""
    return tokens(stem(file_name(use.address)))


def classes_of(use: Use) -> frozenset[str]:
    """The words of the element's classes and id."""
    return tokens(f"{use.attributes.get('class', '')} {use.attributes.get('id', '')}")


def holders_of(use: Use) -> frozenset[str]:
    """The words of the classes of the few elements around it."""
    if use.holders is None:
        found: list[str] = []
        holder = use.element.parent
        for _ in range(_HOLDERS):
            if not isinstance(holder, Element):
                break
            found.append(holder.attr("class") or "")
            holder = holder.parent
        use.holders = tokens(" ".join(found))
    return use.holders


def folders_of(use: Use) -> frozenset[str]:
    """The words of the folder that its file lies in, and of the one around that."""
    if use.address[:5].lower() == "data:":
        return frozenset()
    before, scheme, after = use.address[:SEEN].partition("?")[0].partition("://")
    folders = after.split("/")[1:-1] if scheme else before.split("/")[:-1]
    return tokens(" ".join(folders[-2:]))


def head_of_name(use: Use) -> str:
    """The word that says what the file is: "train" of "bullet-train", "corner" of "corner_tl2"."""
    return _head(stem(file_name(use.address)), _TAILS)


def heads_of_classes(use: Use) -> frozenset[str]:
    """The same of each class: "bg" of "hero-bg", but "gray" of "bg-gray"."""
    said = use.attributes.get("class")
    return frozenset(_head(one, _TAILS_OF_CLASSES) for one in said.split()[:20]) if said else frozenset()


def is_photograph(use: Use) -> bool:
    """A file that is called as photographs are. It need not be one, but who draws a divider keeps it otherwise."""
    beginning = use.address[:12].lower()
    return file_name(use.address).lower().endswith(_PHOTOGRAPHS) or beginning.startswith("data:image/j")


@lru_cache(maxsize=4096)
def _head(text: str, tails: frozenset[str]) -> str:
    words = ordered_tokens(text)
    at = len(words) - 1
    while at > 0 and (words[at] in tails or len(words[at]) == 1):
        at -= 1
    return words[at] if words else ""
