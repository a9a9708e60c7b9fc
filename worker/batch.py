"""One batch: decode each image alone, caption them together, write the results. Knows nothing of torch."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db import OperationalError
from PIL.Image import Resampling

from captioner.colours import colours_in_words
from captioner.images import ImageError, Limits, open_image, reencode
from webapp.library import storage
from webapp.library.models import Inference
from webapp.library.phash import phash
from webapp.queue.fail import fail
from webapp.queue.finish import Copy, Result, finish
from worker.reading import read_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PIL import Image as Pillow

    from webapp.library.found import Found
    from webapp.queue.models import Work

logger = logging.getLogger(__name__)

# Pixels along the longer side of what is kept and captioned: a decoded image then needs at most 8 MB.
COPY_SIDE = 1600
_WRITES = 3

MISSING = "file_missing"
_MISSING = "The file of this picture is no longer here. Upload it again."
UNREADABLE = "file_unreadable"
_UNREADABLE = "The file of this picture could not be read or its copy not be kept. Try again in some minutes."
NO_CAPTION = "caption_failed"
_NO_CAPTION = "The model could not describe this picture. Try again in some minutes, or upload a smaller copy of it."


class Engine(Protocol):
    """What captions: the model in the worker, anything in a test."""

    @property
    def model(self) -> str:
        """Name and version of the checkpoint."""

    @property
    def options(self) -> str:
        """The decoding options in a canonical form."""

    @property
    def ocr(self) -> str:
        """Which pictures are read for text: ``drawings``, ``always`` or ``never``."""

    def caption(self, images: Sequence[Pillow.Image]) -> list[Found]:
        """What is found of each upright RGB image, the same for an image alone and in any batch."""


def run_batch(works: Sequence[Work], engine: Engine) -> None:
    """Brings every claimed row to its next state: done, failed, or queued again after a passing failure.

    Rows with the same bytes are captioned once, and bytes that this model has seen under these options never again.

    Raises:
        DatabaseError: nothing could be written; the rows are still held.
    """
    rows: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        rows[work.sha256].append(work)
    known = _known(rows, engine)
    copies: dict[str, Copy | None] = {}
    pictures: dict[str, Pillow.Image] = {}
    for sha256, group in rows.items():
        blob = group[0].picture.blob
        if sha256 in known and blob is not None and blob.has_copy:
            copies[sha256] = None
            continue
        opened = _open(sha256, group)
        if opened is not None:
            pictures[sha256], copies[sha256] = opened
    said = _caption({sha256: picture for sha256, picture in pictures.items() if sha256 not in known}, engine)
    said = read_texts(said, lambda sha256: open_image(_read(sha256, rows[sha256]), _limits()), engine.ocr)
    results = []
    for sha256, copy in copies.items():
        if sha256 in known or sha256 in said:
            results += [Result(work, said.get(sha256), copy) for work in rows[sha256]]
        else:
            _fail(rows[sha256], NO_CAPTION, _NO_CAPTION, fault_of_image=False)
    _write(results, engine)


def _known(keys: Iterable[str], engine: Engine) -> set[str]:
    seen = Inference.objects.filter(blob__in=list(keys), model=engine.model, options=engine.options)
    return set(seen.values_list("blob_id", flat=True))


def _open(sha256: str, works: Sequence[Work]) -> tuple[Pillow.Image, Copy] | None:
    """Decodes one file and keeps its copy. A bad file fails alone, here and at once."""
    try:
        picture = open_image(_read(sha256, works), _limits(), target=COPY_SIDE // 2)
        picture.thumbnail((COPY_SIDE, COPY_SIDE), Resampling.LANCZOS)
        encoded = reencode(picture, COPY_SIDE)
        storage.write_copy(sha256, encoded.data)
    except ImageError as error:
        _fail(works, error.code, error.message, fault_of_image=True)
    except FileNotFoundError:
        _fail(works, MISSING, _MISSING, fault_of_image=True)
    except (OSError, MemoryError):
        logger.exception("A file could not be read or its copy not be kept.")
        _fail(works, UNREADABLE, _UNREADABLE, fault_of_image=False)
    else:
        return picture, Copy(encoded.mime, encoded.width, encoded.height, phash(picture), colours_in_words(picture))
    return None


def _limits() -> Limits:
    return Limits(max_bytes=settings.MAX_IMAGE_BYTES)


def _read(sha256: str, works: Sequence[Work]) -> bytes:
    """The original that came with any of the rows, or the copy where all originals have been removed."""
    for work in works:
        if work.picture.spool_name:
            try:
                return storage.read_spooled(work.picture.spool_name)
            except FileNotFoundError:
                continue
    return storage.copy_path(sha256).read_bytes()


def _caption(pictures: Mapping[str, Pillow.Image], engine: Engine) -> dict[str, Found]:
    """Captions the pictures together; where that fails, one by one, so that one picture cannot fail the others."""
    if not pictures:
        return {}
    try:
        found = zip(pictures, engine.caption(list(pictures.values())), strict=True)
        return {sha256: one for sha256, one in found if one.candidates[0]["text"]}  # words, or nothing
    except Exception:
        logger.exception("A batch of %d could not be captioned.", len(pictures))
    if len(pictures) == 1:
        return {}
    said: dict[str, Found] = {}
    for sha256, picture in pictures.items():
        said |= _caption({sha256: picture}, engine)
    return said


def _fail(works: Sequence[Work], code: str, message: str, *, fault_of_image: bool) -> None:
    for work in works:
        fail(work, code, message, fault_of_image=fault_of_image)


def _write(results: Sequence[Result], engine: Engine) -> None:
    """Writes the results; a database that is busy or restarts gets some seconds, since they cost the most."""
    if not results:
        return
    for attempt in range(1, _WRITES + 1):
        try:
            finish(results, model=engine.model, options=engine.options)
        except OperationalError:
            if attempt == _WRITES:
                raise
            logger.warning("The results could not be written, trying again.", exc_info=True)
            time.sleep(attempt)
        else:
            return
