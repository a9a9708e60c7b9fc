"""The ``DATABASES`` block: SQLite by default, PostgreSQL by ``DATABASE_URL``; each option with its reason."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS: dict[str, Any] = {
    # Seconds that a writer waits for the lock before it gives up.
    "timeout": 20,
    # A transaction that reads and then writes takes the write lock at its start: an upgrade in mid-way would fail at
    # once, whatever the timeout.
    "transaction_mode": "IMMEDIATE",
    "init_command": ";".join(
        (
            "PRAGMA journal_mode=WAL",  # readers never wait for the writer
            "PRAGMA synchronous=NORMAL",  # safe with WAL; a power cut may lose the last commits, never the file
            "PRAGMA temp_store=MEMORY",
            "PRAGMA journal_size_limit=67108864",
            "PRAGMA cache_size=-8000",
        )
    ),
}


def build_databases(url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """The block for an empty URL (SQLite in ``data_dir``), ``sqlite:///path`` or ``postgres://...``."""
    if not url:
        url = f"sqlite:///{data_dir / 'captioner.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not understood: {error}") from error
    engine = database["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
    elif engine == "django.db.backends.postgresql":
        database["CONN_HEALTH_CHECKS"] = True  # a restarted server must not cost a request
    else:
        raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL: the queue is tested on those two.")
    return {"default": database}
