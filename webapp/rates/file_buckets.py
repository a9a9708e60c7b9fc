"""Buckets in a file of their own, for all processes of one machine.

The database of the service would have each lookup wait for whoever writes there. This file is written in some
microseconds, since nobody minds if a power cut loses it.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

_PRAGMAS = ("journal_mode=WAL", "synchronous=OFF")
_TABLE = "CREATE TABLE IF NOT EXISTS bucket (key BLOB PRIMARY KEY, full_at INTEGER NOT NULL) WITHOUT ROWID"
# One statement, so that two processes cannot take the same token. Nothing comes back where there is none.
_TAKE = """
    INSERT INTO bucket VALUES (:key, :now + :step)
    ON CONFLICT (key) DO UPDATE SET full_at = max(full_at, :now) + :step
    WHERE max(full_at, :now) + :step <= :now + :room
    RETURNING full_at
"""
_BUSY = 0.2  # seconds to wait for another process
_TIDY_EVERY = 1000  # takes


class FileBuckets:
    """A bucket is the moment at which it is full again: the later, the emptier it is. All times are microseconds."""

    def __init__(self, path: Path, now: Callable[[], int] = lambda: time.time_ns() // 1000) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._takes = 0
        path.touch(mode=0o600)
        self._file = sqlite3.connect(path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute(_TABLE)

    def take(self, key: bytes, step: int, room: int) -> tuple[bool, int]:
        """Takes a token. The bucket gains one in each ``step``, and holds as many as it gains in the time ``room``.

        Returns:
            Whether there was one, and the time after which the bucket is full again.

        Raises:
            sqlite3.Error: the file cannot be written now.
        """
        now = self._now()
        with self._lock:
            self._tidy(now)
            taken = self._file.execute(_TAKE, {"key": key, "now": now, "step": step, "room": room}).fetchall()
            if taken:
                return True, taken[0][0] - now
            (full_at,) = self._file.execute("SELECT full_at FROM bucket WHERE key = ?", (key,)).fetchone()
        return False, full_at - now

    def _tidy(self, now: int) -> None:
        """Forgets full buckets now and then: they are as good as new ones."""
        if self._takes % _TIDY_EVERY == 0:
            self._file.execute("DELETE FROM bucket WHERE full_at <= ?", (now,))
        self._takes += 1
