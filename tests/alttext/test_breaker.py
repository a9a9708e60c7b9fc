"""The fuse: when it lets work through, and what the log hears."""

import pytest

from alttext.breaker import AskLater, Breaker, Resting


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def fails():
    raise OSError("down")


def trips(breaker, times=3):
    for _ in range(times):
        with pytest.raises(OSError, match="down"):
            breaker.call(fails)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker("It", failures=3, rest=30, clock=clock)


def test_it_gives_what_the_work_gives(breaker):
    assert breaker.call(lambda: 7) == 7


def test_after_three_failures_in_a_row_nothing_is_tried(breaker):
    trips(breaker)
    with pytest.raises(Resting):
        breaker.call(lambda: pytest.fail("tried"))


def test_a_success_between_them_counts_them_anew(breaker):
    trips(breaker, 2)
    breaker.call(lambda: 7)
    trips(breaker, 2)
    assert breaker.call(lambda: 7) == 7


def test_after_the_rest_one_tries_for_all(breaker, clock):
    trips(breaker)
    clock.now = 30

    def work():
        with pytest.raises(Resting):
            breaker.call(lambda: pytest.fail("tried by another"))
        return 7

    assert breaker.call(work) == 7
    assert breaker.call(lambda: 8) == 8


def test_where_that_one_fails_the_rest_begins_again(breaker, clock):
    trips(breaker)
    clock.now = 30
    trips(breaker, 1)
    clock.now = 59
    with pytest.raises(Resting):
        breaker.call(lambda: 7)
    clock.now = 60
    assert breaker.call(lambda: 7) == 7


def test_the_log_hears_of_it_when_it_begins_and_when_it_ends(breaker, clock, caplog):
    trips(breaker)
    clock.now = 30
    trips(breaker, 1)
    clock.now = 60
    breaker.call(lambda: 7)
    assert [record.message for record in caplog.records] == [
        "It failed. Pages go out without its texts.",
        "It works again.",
    ]


def is_asked_too_often(breaker, seconds):
    def work():
        raise AskLater(seconds)

    with pytest.raises(AskLater):
        breaker.call(work)


@pytest.mark.parametrize(("asked", "rest"), [(5, 5), (0, 1), (3600, 30), (float("inf"), 30)])
def test_work_that_wants_to_be_left_alone_is_for_so_long_but_not_for_longer_than_a_rest(breaker, clock, asked, rest):
    is_asked_too_often(breaker, asked)
    clock.now = rest - 0.01
    with pytest.raises(Resting):
        breaker.call(lambda: pytest.fail("tried"))
    clock.now = rest
    assert breaker.call(lambda: 7) == 7


def test_that_is_no_failure(breaker, clock):
    trips(breaker, 2)
    is_asked_too_often(breaker, 1)
    clock.now = 1
    trips(breaker, 2)
    assert breaker.call(lambda: 7) == 7


def test_the_log_hears_of_pauses_once_until_there_was_none_for_a_minute(breaker, clock, caplog):
    for now in (0, 40, 110, 300):
        clock.now = now
        is_asked_too_often(breaker, 30)
    message = "It is asked too often. Pages go out with the texts that are known."
    assert [record.message for record in caplog.records] == [message] * 2
