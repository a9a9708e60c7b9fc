"""Text that people and programs send, made fit for storing."""

import unicodedata

_KEPT = {"\n", "\t"}
_NAME_LENGTH = 255


def clean_text(text: str) -> str:
    """The text without control characters and lone surrogates (databases refuse them), without blanks at its ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def clean_name(name: str) -> str:
    """A file name for display: the last part of a path, on one line, its ending kept where it must be shortened."""
    name = " ".join(clean_text(name.replace("\\", "/").rpartition("/")[2]).split())
    if len(name) > _NAME_LENGTH:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        name = name[: _NAME_LENGTH - len(ending) - 3] + "..." + ending
    return name or "image"
