"""What the database and the disk raise, in our words: trouble that passes is a refusal with a code, not a crash."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError

from webapp.library.errors import Busy, LibraryError, StorageFull

# Seconds after which it is worth trying again.
RETRY_AFTER = "60"

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_POSTGRES_DISK_FULL = "53100"
_POSTGRES_LIMIT = "54"  # class: what was to be written is too large or too complex, and will be the next time
# SQLite's primary result codes (the lower byte): SQLITE_READONLY, SQLITE_IOERR and SQLITE_FULL.
_SQLITE_CANNOT_WRITE = {8, 10, 13}
_SQLITE_ERROR = 1  # the statement itself is wrong: our fault, and trying again does not help


def passing_trouble(error: BaseException | None) -> LibraryError | None:
    """``StorageFull`` for a full disk, ``Busy`` for a database that does not answer, None for anything else.

    A refusal that says so already is given back as it is.
    """
    if isinstance(error, Busy | StorageFull):
        return error
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return StorageFull()
    if isinstance(error, InterfaceError):
        return Busy()
    if isinstance(error, OperationalError):
        return _of_database(error.__cause__)
    return None


@contextmanager
def telling_trouble() -> Iterator[None]:
    """Turns passing trouble within the block into its refusal.

    Raises:
        StorageFull, Busy: see ``passing_trouble``. Any other error goes through.
    """
    try:
        yield
    except Exception as error:
        trouble = passing_trouble(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error


def _of_database(cause: BaseException | None) -> LibraryError | None:
    """By the code of the driver: of sqlite3, or of psycopg. Without one the connection itself has failed."""
    state = getattr(cause, "sqlstate", None) or ""
    if state == _POSTGRES_DISK_FULL:
        return StorageFull()
    if state.startswith(_POSTGRES_LIMIT):
        return None
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_CANNOT_WRITE:
        return StorageFull()
    return None if code == _SQLITE_ERROR else Busy()
