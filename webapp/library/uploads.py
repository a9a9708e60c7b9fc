"""Files as they stream in: each is measured, and what is too large is let through our fingers, not kept."""

import io
import logging
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from webapp.library.errors import NoImage, StorageFull, TooManyFiles
from webapp.library.submit import Upload

logger = logging.getLogger(__name__)

ARCHIVE_FIELD = "archive"
# Headers of parts, boundaries and the fields beside the files.
_OVERHEAD = 1_000_000


class LimitedFile(UploadedFile):
    """A file as received. ``oversize`` is its length when it was too large to be kept, otherwise 0.

    ``kept`` is false where the disk of temporary files had no room for it.
    """

    oversize = 0
    kept = True


class LimitedUploadHandler(FileUploadHandler):
    """Keeps files of up to ``MAX_IMAGE_BYTES`` (``MAX_ARCHIVE_BYTES`` in the field for archives): small ones in memory,
    others in a private temporary file.

    The rest of a larger file is read and dropped, so that the other files of the request are still received and the
    person learns which one was too large, and by how much. So is the rest of a file that the disk has no room for: what
    was typed beside it is then still read, and can be shown again.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuses a request by its declared length, before any of it is read.

        Raises:
            RequestDataTooBig: nothing of this length can be an upload within the limits.
        """
        limit = max_request_bytes()
        if content_length > limit:
            raise RequestDataTooBig(f"The limit is {limit / 1e6:,.0f} MB for all files together.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begins a part."""
        super().new_file(*args, **kwargs)
        self._limit = settings.MAX_ARCHIVE_BYTES if self.field_name == ARCHIVE_FIELD else settings.MAX_IMAGE_BYTES
        # Django closes it with the request.
        self._file: Any = tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
        self._size = 0
        self._kept = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Counts the chunk, and keeps it while the file is within its limit."""
        self._size += len(raw_data)
        if self._size > self._limit:
            self._drop()
        elif self._kept:
            try:
                self._file.write(raw_data)
            except OSError:
                self._give_up()

    def file_complete(self, file_size: int) -> LimitedFile:
        """The part as a file; an empty one where it was too large, or could not be kept."""
        try:
            self._file.seek(0)  # writes what is still in the buffer
        except OSError:
            self._give_up()
        oversize = self._size if self._size > self._limit else 0
        size = self._size if self._kept and not oversize else 0
        file = LimitedFile(self._file, self.file_name, self.content_type, size)
        file.oversize, file.kept = oversize, self._kept
        return file

    def _give_up(self) -> None:
        logger.exception("A file of an upload could not be kept in the folder of temporary files.")
        self._kept = False
        self._drop()

    def _drop(self) -> None:
        """Frees what is kept of the file; nothing more is written."""
        with suppress(OSError):  # on a full disk, closing fails once more over what is still in the buffer
            self._file.close()
        self._file = io.BytesIO()


def max_request_bytes() -> int:
    """The largest request that can be of use: as many files as an upload may have, each as large as it may be."""
    files: int = settings.MAX_FILES_PER_UPLOAD * settings.MAX_IMAGE_BYTES
    return max(files, settings.MAX_ARCHIVE_BYTES) + _OVERHEAD


def collect_uploads(files: Sequence[UploadedFile]) -> list[Upload]:
    """The files of a form's field, ``request.FILES.getlist(name)``, as uploads.

    Raises:
        NoImage: no file was chosen.
        TooManyFiles: more than ``MAX_FILES_PER_UPLOAD``.
        StorageFull: the disk of temporary files has no room for them.
    """
    if not files:
        raise NoImage("No image came with the request. Choose at least one file.")
    check_count(len(files))
    if not all(getattr(file, "kept", True) for file in files):
        raise StorageFull
    return [Upload(file.name or "", file, getattr(file, "oversize", 0)) for file in files]


def check_count(count: int) -> None:
    """Raises TooManyFiles for more files than ``MAX_FILES_PER_UPLOAD``."""
    limit = settings.MAX_FILES_PER_UPLOAD
    if count > limit:
        raise TooManyFiles(f"{count:,} files are too many for one upload. Send at most {limit} at once.")
