"""What the model would say of pictures that are no photographs: our own drawings, each above its sentence."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from captioner.training.drawings import KINDS, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.interface import ImageCaptioner
    from captioner.types import Caption

GALLERY: Final = "gallery.png"
_SIDE = 220
_TEXT = 15
_LINES = 3
_IN_A_ROW = 5


@dataclass(frozen=True)
class Exhibit:
    """A drawing and its caption, withheld or not."""

    kind: str
    picture: Image.Image
    caption: Caption


def exhibits(captioner: ImageCaptioner, *, seed: int) -> list[Exhibit]:
    """One drawing of each kind with its caption."""
    pictures = [draw(kind, seed) for kind in KINDS]
    return [Exhibit(*own) for own in zip(KINDS, pictures, captioner.caption(pictures), strict=True)]


def sheet(shown: Sequence[Exhibit]) -> Image.Image:
    """The drawings in rows, each with its sentence below."""
    font = ImageFont.load_default(size=_TEXT)
    width, height = _SIDE + 20, _SIDE + (_LINES + 1) * (_TEXT + 4)
    rows = -(-len(shown) // _IN_A_ROW)
    page = Image.new("RGB", (_IN_A_ROW * width, rows * height + 10), "white")
    pen = ImageDraw.Draw(page)
    for number, exhibit in enumerate(shown):
        left, top = number % _IN_A_ROW * width + 10, number // _IN_A_ROW * height + 10
        small = exhibit.picture.copy()
        small.thumbnail((_SIDE, _SIDE))
        page.paste(small, (left, top + _SIDE - small.height))
        pen.rectangle((left - 1, top + _SIDE - small.height - 1, left + small.width, top + _SIDE), outline="#767676")
        words = "\n".join(textwrap.wrap(exhibit.caption.text, 28)[:_LINES])
        pen.multiline_text((left, top + _SIDE + 6), words, fill="black", font=font)
    return page


def table(shown: Sequence[Exhibit]) -> str:
    """The same in Markdown: what is drawn, what the model would say, and whether it may."""
    lines = ["| drawn | what the model would say | |", "|---|---|---|"]
    for exhibit in shown:
        withheld = exhibit.caption.withheld
        said = f"withheld: `{withheld.value}`" if withheld else f"shown as {exhibit.caption.confidence.band.value}"
        lines.append(f"| {exhibit.kind.replace('_', ' ')} | {exhibit.caption.text} | {said} |")
    return "\n".join(lines)
