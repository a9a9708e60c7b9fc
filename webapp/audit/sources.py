"""Where sources lie, of pages and archives as they came: private files, with names of ours."""

from pathlib import Path

from django.conf import settings

from webapp.library.storage import write_new


def keep(source: bytes, folder: Path | None = None) -> str:
    """Writes a source, into the folder of pages unless another is given, and returns its name. Raises OSError."""
    return write_new(folder or settings.PAGES_DIR, source)


def read(name: str, folder: Path | None = None) -> bytes:
    """A source. Raises FileNotFoundError where it was deleted."""
    return ((folder or settings.PAGES_DIR) / name).read_bytes()


def remove(name: str, folder: Path | None = None) -> None:
    """Removes a source; one that is gone already is no error."""
    if name:
        ((folder or settings.PAGES_DIR) / name).unlink(missing_ok=True)
