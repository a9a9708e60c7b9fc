"""Text in the pictures of a batch: read at their full size, one after another, within a time that a batch can spare."""

from __future__ import annotations

import dataclasses
import logging
import time
from typing import TYPE_CHECKING

from captioner.bands import Withheld
from captioner.images import ImageError
from captioner.ocr import TIMEOUT, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PIL import Image as Pillow

    from webapp.library.found import Found

logger = logging.getLogger(__name__)

BUDGET = 60.0  # seconds for a batch, well below QUEUE_BATCH_LIMIT: the captions wait meanwhile
_LEAST = 2.0  # seconds without which reading is not begun


def read_texts(
    found: Mapping[str, Found],
    original: Callable[[str], Pillow.Image],
    which: str,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, Found]:
    """What was found, with the text in the pictures.

    Args:
        found: by the pictures' keys.
        original: the picture of a key at its full size; letters that were scaled down cannot be read.
        which: pictures, as the setting CAPTIONER_OCR says: photographs seldom hold text, and reading takes longer than
            captioning.
        clock: seconds.
    """
    end = clock() + BUDGET
    read = dict(found)
    for key, one in found.items():
        left = end - clock()
        if left < _LEAST or not _is_wanted(one, which):
            continue
        try:
            text = read_text(original(key), timeout=min(TIMEOUT, left))
        except (ImageError, OSError, MemoryError):
            logger.warning("A picture could not be opened to read its text.", exc_info=True)
            continue
        if text is not None:
            read[key] = dataclasses.replace(one, ocr=dataclasses.asdict(text))
    return read


def _is_wanted(found: Found, which: str) -> bool:
    return which == "always" or (which == "drawings" and found.withheld == Withheld.NOT_A_PHOTOGRAPH)
