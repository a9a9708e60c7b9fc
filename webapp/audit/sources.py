"""Where the sources of pages lie: private files, with names of ours."""

from django.conf import settings

from webapp.library.storage import write_new


def keep(source: bytes) -> str:
    """Writes a page's source and returns its name. Raises OSError."""
    return write_new(settings.PAGES_DIR, source)


def read(name: str) -> bytes:
    """The source of a page. Raises FileNotFoundError where it was deleted."""
    return (settings.PAGES_DIR / name).read_bytes()


def remove(name: str) -> None:
    """Removes a source; one that is gone already is no error."""
    if name:
        (settings.PAGES_DIR / name).unlink(missing_ok=True)
