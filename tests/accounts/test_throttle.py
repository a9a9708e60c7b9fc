"""Counting attempts: within a limit, for a time, and all processes together."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from webapp.accounts.models import Attempts
from webapp.accounts.throttle import Limit, TooManyAttempts, count_attempt, forget_attempts, take_back_attempt

LIMIT = Limit("test", 3, timedelta(minutes=10))


def tries(number: int, *about: str) -> list[bool]:
    """Whether each of so many attempts was let through."""
    passed = []
    for _ in range(number):
        try:
            count_attempt(LIMIT, *about)
        except TooManyAttempts:
            passed.append(False)
        else:
            passed.append(True)
    return passed


@pytest.mark.django_db
def test_so_many_and_no_more_until_the_time_is_up():
    assert tries(4, "a") == [True, True, True, False]
    with pytest.raises(TooManyAttempts) as refusal:
        count_attempt(LIMIT, "a")
    assert 590 < refusal.value.seconds <= 600
    Attempts.objects.update(until=timezone.now())
    assert tries(4, "a") == [True, True, True, False]


@pytest.mark.django_db
def test_each_thing_is_counted_by_itself():
    tries(3, "a")
    assert tries(1, "b") == tries(1, "a", "b") == tries(1, "ab") == [True]


@pytest.mark.django_db
def test_what_was_right_is_taken_back_or_forgotten():
    tries(3, "a")
    take_back_attempt(LIMIT, "a")
    assert tries(2, "a") == [True, False]
    forget_attempts(LIMIT, "a")
    assert tries(4, "a") == [True, True, True, False]


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_do_not_pass_together():
    passed: list[bool] = []

    def attempt() -> None:
        try:
            passed.extend(tries(1, "a"))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 5 + [True] * 3
