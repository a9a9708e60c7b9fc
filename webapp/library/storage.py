"""Where bytes lie: the spool of originals and the media folder of copies. Names are ours, never the uploader's."""

import os
import uuid
from pathlib import Path

from django.conf import settings


def spool(data: bytes) -> str:
    """Writes an original privately (mode 0600) and returns its name in the spool."""
    return write_new(settings.SPOOL_DIR, data)


def write_new(folder: Path, data: bytes) -> str:
    """Writes a file privately (mode 0600) under a new name in a folder, and returns the name."""
    name = uuid.uuid4().hex
    _write(folder / name, data)
    return name


def read_spooled(name: str) -> bytes:
    """The original's bytes.

    Raises:
        FileNotFoundError: the original is gone (its image was deleted, or a copy was made of it).
    """
    return (settings.SPOOL_DIR / name).read_bytes()


def remove_spooled(name: str) -> None:
    """Removes an original; one that is gone already is no error."""
    if name:
        (settings.SPOOL_DIR / name).unlink(missing_ok=True)


def copy_path(sha256: str) -> Path:
    """Where the re-encoded copy of the blob lies."""
    return settings.MEDIA_DIR / sha256[:2] / sha256


def write_copy(sha256: str, data: bytes) -> None:
    """Writes a copy whole or not at all (temporary file, then rename)."""
    path = copy_path(sha256)
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    _write(temporary, data)
    temporary.replace(path)


def remove_copy(sha256: str) -> None:
    """Removes a copy; one that is gone already is no error."""
    copy_path(sha256).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except BaseException:  # no half of a file stays, on a full disk least of all
        path.unlink(missing_ok=True)
        raise
