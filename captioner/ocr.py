"""Text in a picture, read by Tesseract where it is installed. It is optional: without it nothing is read.

Tesseract runs as a program of its own, on one core and for a limited time, and is given a PNG that is made here from
pixels: its own decoders never see what a stranger uploaded. Whatever goes wrong with it is a line in the log and no
text, never an error, for a caption does not need it.
"""

from __future__ import annotations

import functools
import io
import logging
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from captioner.ocr_layout import TsvError, lines_of, picture_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.types import PictureText

TESSERACT_VARIABLE: Final = "CAPTIONER_TESSERACT"
TIMEOUT: Final = 20.0  # seconds; a full page takes 2 to 5 on one core

_ASKED_TIMEOUT = 5.0  # seconds for its version or its languages
_PAGE_SEGMENTATION = "3"  # its own layout analysis: finds columns, and finds nothing in photographs' textures
_LEAST_SIDE = 1000  # pixels of the longer side; letters of 11 pixels are read wrongly, of 20 rightly
_MOST_ENLARGED = 4.0
_MOST_PIXELS = 9_000_000  # a sheet of A4 at 300 dots an inch

_log = logging.getLogger(__name__)


def find_tesseract() -> Path | None:
    """The program, if there is one: that which CAPTIONER_TESSERACT names (a path or a name), else on the PATH.

    The value "off" switches it off.
    """
    named = os.environ.get(TESSERACT_VARIABLE, "").strip()
    if named.lower() == "off":
        return None
    found = shutil.which(named or "tesseract")
    if named and found is None:
        _warn(f"{TESSERACT_VARIABLE} names no program that can be run: {named}. No text in pictures is read.")
    return Path(found) if found else None


def tesseract_version() -> str | None:
    """The version, such as "5.3.0"; None without Tesseract or if it does not say."""
    program = find_tesseract()
    try:
        words = _run(program, ["--version"]).decode(errors="replace").split() if program else []
    except (OSError, subprocess.SubprocessError):
        return None
    return words[1] if len(words) > 1 and words[0] == "tesseract" else None


def read_text(image: Image.Image, *, languages: str = "eng", timeout: float = TIMEOUT) -> PictureText | None:
    """Read the text in a picture; None where there is none, where Tesseract is missing or off, and where it fails.

    image: upright, at its full size: text that was scaled down cannot be read. languages: Tesseract's names, joined
    by "+"; of those that are not installed the log tells. timeout: seconds. Takes 0.3 to 5 seconds; raises nothing
    that is Tesseract's fault.
    """
    program = find_tesseract()
    if program is None:
        return None
    image = image.convert("RGB")
    scale = _scale(image.width, image.height)
    scaled = image if scale == 1 else image.resize(_sides(image, scale), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    scaled.save(file, "PNG", compress_level=1)
    try:
        arguments = ["stdin", "stdout", "--psm", _PAGE_SEGMENTATION]
        if chosen := _installed(program, languages):
            arguments += ["-l", chosen]
        table = _run(program, [*arguments, "tsv"], file.getvalue(), timeout).decode(errors="replace")
        return picture_text(lines_of(table, scale), image)
    except subprocess.TimeoutExpired:
        _log.warning("Tesseract was stopped after %g seconds; the text in this picture is not read.", timeout)
    except subprocess.CalledProcessError as error:
        reason = " ".join(error.stderr.decode(errors="replace").split())[-200:]
        _warn(f"Tesseract failed with status {error.returncode}, no text is read: {reason}")
    except OSError as error:
        _warn(f"Tesseract cannot be run, no text in pictures is read: {error}")
    except TsvError as error:
        _warn(f"Tesseract's answer is not understood, no text in pictures is read: {error}")
    return None


def _scale(width: int, height: int) -> float:
    """By what the sides are multiplied before the picture is read."""
    if width * height > _MOST_PIXELS:
        return float((_MOST_PIXELS / (width * height)) ** 0.5)
    return min(max(1.0, _LEAST_SIDE / max(width, height)), _MOST_ENLARGED)


def _sides(image: Image.Image, scale: float) -> tuple[int, int]:
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _installed(program: Path, languages: str) -> str:
    """Those of the languages that are installed, else English, else all there are; empty where none are known."""
    there = _languages(program)
    asked = languages.split("+")
    chosen = [name for name in asked if name in there]
    if there and chosen != asked:
        chosen = chosen or [name for name in ("eng",) if name in there] or sorted(there - {"osd"})
        missing = ", ".join(name for name in asked if name not in there)
        _warn(f"Tesseract has no data for {missing}; text is read as {', '.join(chosen) or 'its default'}.")
    return "+".join(chosen)


@functools.cache
def _languages(program: Path) -> frozenset[str]:
    """Tesseract's names of the languages that it has data for; empty if it does not say."""
    try:
        answer = _run(program, ["--list-langs"]).decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in answer.splitlines()[1:])  # the first line is a heading


def _run(program: Path, arguments: Sequence[str], given: bytes = b"", timeout: float = _ASKED_TIMEOUT) -> bytes:
    """What the program prints. Without the limit on threads it would take every core for no gain."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = [str(program), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, timeout=timeout, env=environment, check=True)  # noqa: S603
    return done.stdout


@functools.cache
def _warn(message: str) -> None:
    """Log a warning once in the life of the process: it is the same for every picture."""
    _log.warning(message)
