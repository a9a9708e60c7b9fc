"""Taking a token: how a caller stands then, and that buckets which cannot be reached stop nobody."""

import sqlite3

import pytest

from tests.services.servers import free_port
from webapp.rates import take as module
from webapp.rates.policies import Policy
from webapp.rates.take import take

POLICY = Policy("key", 3)


@pytest.fixture(autouse=True)
def file(settings, tmp_path, monkeypatch):
    settings.RATES_FILE = tmp_path / "rates.sqlite3"
    monkeypatch.setattr(module, "_rest_until", 0.0)
    return settings.RATES_FILE


def test_a_caller_hears_what_is_left():
    rates = [take(POLICY, "a") for _ in range(4)]
    assert [(rate.allowed, rate.left) for rate in rates] == [(True, 2), (True, 1), (True, 0), (False, 0)]
    assert all(0 < rate.wait <= 20 for rate in rates)
    assert rates[0].headers["RateLimit-Policy"] == '"key";q=3;w=60'
    assert rates[0].headers["RateLimit"] == f'"key";r=2;t={rates[0].wait}'


def test_each_kind_of_caller_has_its_own_buckets():
    for _ in range(4):
        take(POLICY, "a")
    assert take(Policy("reader", 3), "a").allowed
    assert take(POLICY, "b").allowed


def test_nought_is_no_limit(file):
    assert take(Policy("key", 0), "a") is None
    assert not file.exists()


def test_who_called_is_not_written_down(file):
    take(POLICY, "203.0.113.7")
    with sqlite3.connect(file) as rows:
        ((key,),) = rows.execute("SELECT key FROM bucket").fetchall()
    assert len(key) == 16
    assert b"203.0.113.7" not in file.read_bytes()


def test_a_file_that_cannot_be_written_limits_nobody(settings, tmp_path, caplog):
    settings.RATES_FILE = tmp_path / "nowhere" / "rates.sqlite3"
    assert [take(POLICY, "a") for _ in range(9)] == [None] * 9
    assert len(caplog.records) == 1


def test_neither_does_a_redis_that_is_gone(settings, caplog):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert [take(POLICY, "a") for _ in range(9)] == [None] * 9
    assert len(caplog.records) == 1
