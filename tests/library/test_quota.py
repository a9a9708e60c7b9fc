"""Quotas: so many pictures a day and a month, for a site with all its members, or for each owner without one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.pages.scene import account_of
from tests.queue.pictures import photograph
from webapp.accounts.members import add_member
from webapp.accounts.models import Attempts, Owner, Site
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.library.delete import delete_job
from webapp.library.errors import QuotaExceeded
from webapp.library.models import Image, Job
from webapp.library.quota import _limits, pictures_left, usage
from webapp.library.submit import Linked, Upload, examine, submit

pytestmark = pytest.mark.django_db


def hand_over(owner, count, site=None):
    """Hands so many pictures over by their addresses."""
    return submit(owner, [Linked(f"https://example.org/{number}.jpg") for number in range(count)], site=site)


def used(owner, site=None):
    return {one.period.value: one.pictures for one in usage(owner, site)}


@pytest.fixture
def owner():
    return Owner.objects.create(kind=Owner.Kind.KEY)


def test_without_a_quota_pictures_are_counted_and_none_is_refused(owner):
    hand_over(owner, 3)
    hand_over(owner, 4)
    assert used(owner) == {"day": 7, "month": 7}
    assert [one.limit for one in usage(owner, None)] == [None, None]
    assert pictures_left(owner, None) is None


def test_what_is_too_much_is_refused_as_a_whole(owner, settings):
    settings.QUOTA_DAY = 5
    hand_over(owner, 3)
    with pytest.raises(
        QuotaExceeded, match=r"^The quota of pictures here is 5 a day, of which 2 are left\. It begins anew on "
    ):
        hand_over(owner, 3)
    assert Image.objects.count() == 3
    assert used(owner) == {"day": 3, "month": 3}
    hand_over(owner, 2)
    assert pictures_left(owner, None) == 0


def test_the_month_ends_it_too(owner, settings):
    settings.QUOTA_DAY, settings.QUOTA_MONTH = 5, 4
    with pytest.raises(QuotaExceeded, match="4 a month"):
        hand_over(owner, 5)
    assert used(owner) == {"day": 0, "month": 0}, "the day's count went back with the month's refusal"
    assert pictures_left(owner, None) == 4


def test_a_new_day_begins_anew(owner, settings):
    settings.QUOTA_DAY = 3
    hand_over(owner, 3)
    day, month = sorted(Attempts.objects.values_list("until", flat=True))[0], timezone.now()
    assert day > month
    Attempts.objects.filter(until=day).update(until=timezone.now())
    assert pictures_left(owner, None) == 3
    hand_over(owner, 3)


def test_deleting_gives_nothing_back(owner, settings):
    settings.QUOTA_DAY = 3
    delete_job(hand_over(owner, 3))
    with pytest.raises(QuotaExceeded):
        hand_over(owner, 1)


def test_files_that_are_refused_cost_nothing(owner, settings):
    settings.QUOTA_DAY = 1
    submit(owner, [examine(Upload("a.jpg", photograph(1))), examine(Upload("b.jpg", b"no picture"))])
    submit(owner, [examine(Upload("b.jpg", b"no picture"))])
    assert used(owner)["day"] == 1


def test_a_site_has_one_quota_for_all_its_members(settings):
    settings.QUOTA_DAY = 3
    alice, dora = account_of("alice"), account_of("dora")
    site = make_site("Shop", alice.user)
    add_member(site, "dora", Role.REVIEWER)
    hand_over(alice, 2, site)
    with pytest.raises(QuotaExceeded):
        hand_over(dora, 2, site)
    hand_over(dora, 3)
    assert (used(alice, site)["day"], used(dora, site)["day"], used(dora)["day"]) == (2, 2, 3)


def test_owners_without_a_site_do_not_share(owner, settings):
    settings.QUOTA_DAY = 3
    hand_over(owner, 3, Site.default())
    hand_over(Owner.objects.create(kind=Owner.Kind.SESSION), 3, Site.default())
    assert Job.objects.count() == 2


@pytest.mark.parametrize(
    ("now", "day", "month"),
    [
        ((2026, 11, 22, 1, 30), (2026, 11, 23), (2026, 12, 1)),
        ((2026, 11, 30, 23, 59), (2026, 12, 1), (2026, 12, 1)),
        ((2026, 12, 31), (2027, 1, 1), (2027, 1, 1)),
        ((2028, 1, 31), (2028, 2, 1), (2028, 2, 1)),
        ((2028, 2, 1), (2028, 2, 2), (2028, 3, 1)),
    ],
)
def test_days_and_months_are_those_of_the_calendar(now, day, month):
    moment = datetime(*now, tzinfo=UTC)
    ends = [(limit.within, until) for _, limit, until in _limits(moment)]
    assert ends == [(until - moment, until) for until in (datetime(*day, tzinfo=UTC), datetime(*month, tzinfo=UTC))]
    assert all(within > timedelta(0) for within, _ in ends)
