"""Claiming takes due rows once each, in order, under a lease and a new fence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.queue.pictures import hand_over, works
from webapp.queue.claim import claim
from webapp.queue.models import Work

pytestmark = pytest.mark.django_db


def test_takes_the_longest_waiting_first_and_no_more_than_asked():
    first, second, third = works(hand_over(1, 2, 3))
    Work.objects.filter(pk=third.pk).update(next_attempt_at=first.next_attempt_at - timedelta(minutes=1))
    assert claim("caption", "a", 2, alone=False) == [third, first]
    assert claim("caption", "b", 2, alone=False) == [second]
    assert claim("caption", "c", 2, alone=False) == []


def test_a_claim_carries_fence_lease_worker_and_size_of_its_batch(settings):
    hand_over(1, 2, 3)
    now = timezone.now()
    for work in claim("caption", "a", 8, alone=False, now=now):
        work.refresh_from_db()
        assert (work.status, work.claims, work.batch_size, work.worker) == (Work.Status.RUNNING, 1, 3, "a")
        assert work.lease_until == now + settings.QUEUE_LEASE
        assert work.started_at == now


def test_the_fence_counts_every_claim():
    (work,) = works(hand_over(1))
    for claims in (1, 2):
        assert [row.claims for row in claim("caption", "a", 1, alone=False)] == [claims]
        Work.objects.filter(pk=work.pk).update(status=Work.Status.QUEUED)


def test_rows_that_must_go_alone_go_one_by_one_and_only_when_asked_for():
    first, second, ordinary = works(hand_over(1, 2, 3))
    Work.objects.filter(pk__in=[first.pk, second.pk]).update(alone=True)
    assert claim("caption", "a", 8, alone=False) == [ordinary]
    assert claim("caption", "a", 8, alone=True) == [first]
    assert Work.objects.get(pk=first.pk).batch_size == 1
    assert claim("caption", "a", 8, alone=True) == [second]


def test_a_row_that_backs_off_is_not_due():
    (work,) = works(hand_over(1))
    later = timezone.now() + timedelta(minutes=1)
    Work.objects.filter(pk=work.pk).update(next_attempt_at=later)
    assert claim("caption", "a", 8, alone=False) == []
    assert claim("caption", "a", 8, alone=False, now=later) == [work]


def test_queues_are_separate():
    hand_over(1)
    assert claim("fetch", "a", 8, alone=False) == []


@pytest.mark.parametrize("status", [Work.Status.RUNNING, Work.Status.DONE, Work.Status.FAILED])
def test_only_queued_rows_are_taken(status):
    hand_over(1)
    Work.objects.update(status=status)
    assert claim("caption", "a", 8, alone=False) == []


def test_a_claim_costs_two_queries_however_many_rows(django_assert_max_num_queries):
    hand_over(1, 2, 3, 4)
    with django_assert_max_num_queries(2):  # the claim, and the rows with their images
        for work in claim("caption", "a", 8, alone=False):
            assert work.picture.blob is not None
