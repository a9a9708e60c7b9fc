"""The secret key of an installation: made once, kept in the data folder, readable by its owner only."""

import os
import time
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def load_or_create(path: Path) -> str:
    """The key in ``path``; written first (mode 0600) where the file is not there yet.

    Several processes may start at once: one creates the file, the others wait until the key is in it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    key = get_random_secret_key()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key)
    return key


def _read(path: Path) -> str:
    for _ in range(50):
        key = path.read_text(encoding="utf-8").strip()
        if key:
            return key
        time.sleep(0.1)
    raise ImproperlyConfigured(f"{path} is empty. Delete it, and a new key is made at the next start.")
