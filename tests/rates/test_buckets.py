"""Token buckets: in a file for the processes of one machine, and in a real Redis for those of several."""

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.services.servers import redis
from webapp.rates.file_buckets import FileBuckets
from webapp.rates.redis_buckets import RedisBuckets

SECOND = 1_000_000
STEP, ROOM = SECOND // 10, SECOND  # ten tokens, ten a second


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000_000 * SECOND

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def buckets(tmp_path, clock):
    return FileBuckets(tmp_path / "rates.sqlite3", clock)


def takes(buckets, number: int, key: bytes = b"a") -> int:
    """How many of so many takes found a token."""
    return sum(buckets.take(key, STEP, ROOM)[0] for _ in range(number))


def test_a_bucket_holds_so_many(buckets):
    assert takes(buckets, 30) == 10


def test_it_fills_with_time_and_never_runs_over(buckets, clock):
    takes(buckets, 10)
    clock.now += 350_000
    assert takes(buckets, 10) == 3
    clock.now += 3600 * SECOND
    assert takes(buckets, 30) == 10


def test_it_tells_when_it_is_full_again(buckets, clock):
    assert buckets.take(b"a", STEP, ROOM) == (True, 100_000)
    clock.now += 50_000
    assert buckets.take(b"a", STEP, ROOM) == (True, 150_000)
    takes(buckets, 10)
    assert buckets.take(b"a", STEP, ROOM) == (False, 950_000)


def test_refusals_cost_nothing(buckets, clock):
    takes(buckets, 1000)
    clock.now += 110_000
    assert takes(buckets, 1) == 1


def test_everybody_has_a_bucket(buckets):
    takes(buckets, 30)
    assert takes(buckets, 30, b"b") == 10


def test_full_buckets_are_forgotten(buckets, clock, tmp_path):
    for number in range(500):
        buckets.take(number.to_bytes(2), STEP, ROOM)
    clock.now += 3600 * SECOND
    takes(buckets, 501)
    with sqlite3.connect(tmp_path / "rates.sqlite3") as file:
        assert file.execute("SELECT count(*) FROM bucket").fetchone() == (1,)


def test_the_file_is_its_owners_alone(buckets, tmp_path):
    assert (tmp_path / "rates.sqlite3").stat().st_mode & 0o777 == 0o600


TAKER = """
import sys
from pathlib import Path
from webapp.rates.file_buckets import FileBuckets
buckets = FileBuckets(Path(sys.argv[1]), lambda: 10**15)
print(sum(buckets.take(b"a", 100_000, 100_000_000)[0] for _ in range(800)))
"""


def test_processes_and_threads_count_together(tmp_path):
    command = [sys.executable, "-c", TAKER, str(tmp_path / "rates.sqlite3")]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert sum(int(process.communicate()[0]) for process in processes) == 1000


@pytest.mark.service
def test_redis_counts_the_same():
    with redis() as url:
        many = [RedisBuckets(url) for _ in range(4)]
        with ThreadPoolExecutor(4) as threads:
            taken = sum(
                threads.map(
                    lambda buckets: sum(buckets.take(b"a", 60 * SECOND, 1200 * SECOND)[0] for _ in range(20)), many
                )
            )
        assert taken == 20
        allowed, until_full = many[0].take(b"a", 60 * SECOND, 1200 * SECOND)
        assert not allowed
        assert 1195 * SECOND < until_full <= 1200 * SECOND
        assert many[0].take(b"b", 60 * SECOND, 1200 * SECOND)[0]


@pytest.mark.service
def test_redis_forgets_full_buckets():
    with redis() as url:
        buckets = RedisBuckets(url)
        assert buckets.take(b"a", 10_000, 20_000)[0]
        until = time.monotonic() + 10
        while not buckets.take(b"a", 20_000, 20_000)[0]:  # only a full one holds as much
            assert time.monotonic() < until
