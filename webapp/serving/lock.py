"""One service to a data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webapp.serving.errors import ServingError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock file while entered. The system lets it go with the process, however that ends.

    Raises:
        ServingError: another process holds it.
    """
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServingError(
                f"Captioner already runs with the data folder {path.parent}. "
                "Stop it first, or name another folder: DATA_DIR=/some/folder make run"
            ) from None
        yield
