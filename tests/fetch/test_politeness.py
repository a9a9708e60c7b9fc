"""Requests to one host take turns; those to others do not wait for them."""

import threading

import pytest

from webapp.fetch.errors import NotYet
from webapp.fetch.politeness import Politeness


class Time:
    """A clock that only sleep moves on."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def test_the_first_goes_at_once_and_the_next_waits():
    time = Time()
    polite = Politeness(2, clock=time, sleep=time.sleep)
    polite.wait("a.test")
    polite.wait("b.test")
    assert time.slept == []
    polite.wait("a.test")
    assert time.slept == [2]
    time.now += 50
    polite.wait("a.test")
    assert time.slept == [2]


def test_a_site_may_ask_for_more_time_up_to_a_bound_and_never_for_less():
    time = Time()
    polite = Politeness(2, 30, 30, clock=time, sleep=time.sleep)
    for asked in (10, 1000, 0.1, 0):
        polite.wait("a.test", asked)
    assert time.slept == [10, 30, 2]


def test_a_turn_may_be_taken_without_waiting():
    time = Time()
    polite = Politeness(2, clock=time)
    assert [polite.reserve("a.test") for _ in range(3)] == [0, 2, 4]


def test_a_turn_that_is_too_far_off_is_not_taken():
    time = Time()
    polite = Politeness(2, max_wait=3, clock=time)
    assert [polite.reserve("a.test") for _ in range(2)] == [0, 2]
    for _ in range(3):
        with pytest.raises(NotYet) as late:
            polite.reserve("a.test")
        assert late.value.seconds == 4
    time.now += 1
    assert polite.reserve("a.test") == 3
    assert polite.reserve("b.test") == 0


def test_threads_get_turns_of_their_own():
    time = Time()
    polite = Politeness(1, max_wait=400, clock=time)
    turns = []
    start = threading.Barrier(8)

    def take():
        start.wait()
        for _ in range(50):
            turns.append(polite.reserve("a.test"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == list(range(400))


def test_hosts_of_long_ago_are_forgotten():
    time = Time()
    polite = Politeness(1, clock=time)
    for number in range(3000):
        polite.reserve(f"{number}.test")
        time.now += 1
    assert len(polite._free_at) <= 1002
