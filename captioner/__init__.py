"""Captioner's model library: image bytes in, sentences out.

Importing the package is cheap; `Captioner` brings torch with it when it is first named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from captioner.captioner import Captioner

__all__ = ["Captioner"]


def __getattr__(name: str) -> Any:
    if name == "Captioner":
        from captioner.captioner import Captioner

        return Captioner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
