"""Trouble that passes is told from mistakes of ours: by what SQLite itself raises, and by the codes of PostgreSQL."""

import errno
import sqlite3
from contextlib import closing

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from webapp.library.errors import Busy, EmptyText, StorageFull
from webapp.library.trouble import passing_trouble, telling_trouble


def raised_by_sqlite(folder, *statements):
    """The error of the last statement, as Django hands it on."""
    with closing(sqlite3.connect(folder / "a.sqlite3", timeout=0, isolation_level=None)) as connection:
        for statement in statements[:-1]:
            connection.execute(statement)
        try:
            connection.execute(statements[-1])
        except sqlite3.OperationalError as cause:
            error = OperationalError(str(cause))
            error.__cause__ = cause
            return error
    pytest.fail("nothing was raised")


def test_a_locked_database_is_busy(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = raised_by_sqlite(tmp_path, "BEGIN IMMEDIATE")
    assert isinstance(passing_trouble(error), Busy)


def test_a_full_disk_is_no_busy_database(tmp_path):
    error = raised_by_sqlite(
        tmp_path, "CREATE TABLE a (b)", "PRAGMA max_page_count=2", "INSERT INTO a VALUES (zeroblob(100000))"
    )
    assert "disk is full" in str(error)
    assert isinstance(passing_trouble(error), StorageFull)


def test_a_database_that_may_not_be_written_is_no_busy_database_either(tmp_path):
    error = raised_by_sqlite(tmp_path, "PRAGMA query_only=1", "CREATE TABLE a (b)")
    assert isinstance(passing_trouble(error), StorageFull)


def test_a_wrong_statement_is_our_fault(tmp_path):
    assert passing_trouble(raised_by_sqlite(tmp_path, "SELECT a FROM nothing")) is None


def of_postgres(sqlstate):
    """As psycopg's errors: they carry the SQLSTATE, or None where the connection broke."""
    cause = Exception()
    cause.sqlstate = sqlstate
    error = OperationalError("from the server")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (of_postgres("53100"), StorageFull),
        (of_postgres("57P01"), Busy),
        (of_postgres(None), Busy),
        (InterfaceError("connection already closed"), Busy),
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StorageFull),
    ],
)
def test_what_passes(error, refusal):
    assert type(passing_trouble(error)) is refusal


@pytest.mark.parametrize(
    "error", [OSError(errno.EACCES, "Permission denied"), IntegrityError("UNIQUE"), KeyError("a"), EmptyText("a"), None]
)
def test_what_does_not(error):
    assert passing_trouble(error) is None


def test_within_a_block_trouble_becomes_its_refusal_and_the_rest_goes_through():
    with pytest.raises(Busy), telling_trouble():
        raise OperationalError("database is locked")
    with pytest.raises(ZeroDivisionError), telling_trouble():
        1 / 0  # noqa: B018
    full = StorageFull()
    with pytest.raises(StorageFull) as caught, telling_trouble():
        raise full
    assert caught.value is full
