"""The configured SQLite options, executed on a scratch database: a regression here is "database is locked" for all."""

import threading
from contextlib import closing, contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from webapp.databases import build_databases


@pytest.fixture(autouse=True)
def real_databases(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@contextmanager
def connect(folder, **options):
    """A connection of its own with the service's options, changed as given."""
    databases = build_databases("", folder)
    databases["default"]["OPTIONS"].update(options)
    with closing(ConnectionHandler(databases)["default"]) as connection:
        yield connection


def run(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def transaction(connection):
    """What ``atomic`` does on SQLite, for a connection that is not one of the settings'."""
    connection.ensure_connection()
    connection._start_transaction_under_autocommit()
    yield
    run(connection, "COMMIT")


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 1), ("busy_timeout", 20_000), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_the_options_take_effect(tmp_path, pragma, expected):
    with connect(tmp_path) as connection:
        assert run(connection, f"PRAGMA {pragma}") == (expected,)


def test_a_transaction_takes_the_write_lock_at_its_start(tmp_path):
    with connect(tmp_path) as connection, connect(tmp_path, timeout=0) as impatient:
        run(connection, "CREATE TABLE counter (value INTEGER)")
        with transaction(connection):
            assert run(impatient, "SELECT COUNT(*) FROM counter") == (0,)  # readers never wait
            with pytest.raises(OperationalError, match="locked"):
                run(impatient, "INSERT INTO counter VALUES (1)")


def test_writers_that_read_first_wait_for_each_other(tmp_path):
    with connect(tmp_path) as connection:
        run(connection, "CREATE TABLE counter AS SELECT 0 AS value")
    failures = []

    def count_up():
        try:
            with connect(tmp_path) as connection:
                for _ in range(25):
                    with transaction(connection):
                        (value,) = run(connection, "SELECT value FROM counter")
                        run(connection, f"UPDATE counter SET value = {value + 1}")
        except OperationalError as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with connect(tmp_path) as connection:
        assert run(connection, "SELECT value FROM counter") == (100,)


def test_a_path_may_be_given(tmp_path):
    database = build_databases(f"sqlite:///{tmp_path}/other.sqlite3", tmp_path)["default"]
    assert database["NAME"] == f"{tmp_path}/other.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_connections_are_checked_before_use(tmp_path):
    database = build_databases("postgres://someone@localhost/captions", tmp_path)["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize("url", ["mysql://localhost/captions", "nonsense", "oracle://x"])
def test_other_databases_are_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        build_databases(url, tmp_path)
