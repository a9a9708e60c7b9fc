"""Files as they stream in: each is measured, and what is too large is let through our fingers, not kept."""

import io
import tempfile
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from webapp.library.errors import NoImage, TooManyFiles
from webapp.library.submit import Upload

# Headers of parts, boundaries and the fields beside the files.
_OVERHEAD = 1_000_000


class LimitedFile(UploadedFile):
    """A file as received. ``oversize`` is its length when it was too large to be kept, otherwise 0."""

    oversize = 0


class LimitedUploadHandler(FileUploadHandler):
    """Keeps files of up to ``MAX_IMAGE_BYTES``: small ones in memory, others in a private temporary file.

    The rest of a larger file is read and dropped, so that the other files of the request are still received and the
    person learns which one was too large, and by how much.
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
        # Django closes it with the request.
        self._file: Any = tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Counts the chunk, and keeps it while the file is within its limit."""
        self._size += len(raw_data)
        if self._size <= settings.MAX_IMAGE_BYTES:
            self._file.write(raw_data)
        elif not self._file.closed:
            self._file.close()

    def file_complete(self, file_size: int) -> LimitedFile:
        """The part as a file; an empty one where it was too large."""
        oversize = self._size if self._file.closed else 0
        if oversize:
            self._file = io.BytesIO()
        self._file.seek(0)
        file = LimitedFile(self._file, self.file_name, self.content_type, 0 if oversize else self._size)
        file.oversize = oversize
        return file


def max_request_bytes() -> int:
    """The largest request that can be of use: as many files as an upload may have, each as large as it may be."""
    limit: int = settings.MAX_FILES_PER_UPLOAD * settings.MAX_IMAGE_BYTES + _OVERHEAD
    return limit


def collect_uploads(files: Sequence[UploadedFile]) -> list[Upload]:
    """The files of a form's field, ``request.FILES.getlist(name)``, as uploads.

    Raises:
        NoImage: no file was chosen.
        TooManyFiles: more than ``MAX_FILES_PER_UPLOAD``.
    """
    if not files:
        raise NoImage("No image came with the request. Choose at least one file.")
    check_count(len(files))
    return [Upload(file.name or "", file, getattr(file, "oversize", 0)) for file in files]


def check_count(count: int) -> None:
    """Raises TooManyFiles for more files than ``MAX_FILES_PER_UPLOAD``."""
    limit = settings.MAX_FILES_PER_UPLOAD
    if count > limit:
        raise TooManyFiles(f"{count:,} files are too many for one upload. Send at most {limit} at once.")
