"""Quotas over the API: what is used, and the refusal of what is more."""

from tests.api.calls import assert_problem, hand_over, post_json
from tests.api.conftest import client_with
from tests.api.test_pages import look
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.sites import make_site
from webapp.library.models import Image

USAGE = "/api/v1/usage"
PAGES = "/api/v1/pages"


def test_what_is_used(client, settings):
    settings.QUOTA_MONTH = 100
    hand_over(client, 1, 2)
    answer = client.get(USAGE).json()
    assert answer["site"] is None
    day, month = answer["periods"]
    assert (day["period"], day["pictures"], day["limit"]) == ("day", 2, None)
    assert (month["period"], month["pictures"], month["limit"]) == ("month", 2, 100)
    assert day["begins_anew"].endswith("T00:00:00Z")
    assert month["begins_anew"].endswith("-01T00:00:00Z")


def test_more_is_refused(client, stranger, settings):
    settings.QUOTA_DAY = 2
    hand_over(client, 1, 2)
    problem = assert_problem(hand_over(client, 3), 403, "quota_exceeded")
    assert "2 a day" in problem["detail"]
    assert client.get(USAGE).json()["periods"][0]["pictures"] == Image.objects.count() == 2
    assert hand_over(stranger, 3).status_code == 202


def test_the_keys_of_a_site_share_its_quota(db, settings):
    settings.QUOTA_DAY = 2
    alice = account_of("alice")
    site = make_site("Shop", alice.user)
    first, second = (client_with(make_key(name, alice, site=site)[1]) for name in ("a", "b"))
    hand_over(first, 1, 2)
    assert_problem(hand_over(second, 3), 403, "quota_exceeded")
    answer = second.get(USAGE).json()
    assert (answer["site"], answer["periods"][0]["pictures"]) == (str(site.pk), 2)


def test_of_a_page_as_many_pictures_are_described_as_are_left(client, settings):
    images = "".join(f"<p><img src='https://example.org/{number}.jpg'>" for number in range(4))
    audit = post_json(client, {"html": images}, PAGES).json()
    look()
    settings.QUOTA_DAY = 3
    assert client.post(f"{PAGES}/{audit['id']}/describe").status_code == 202
    assert Image.objects.count() == 3
    assert_problem(client.post(f"{PAGES}/{audit['id']}/describe"), 403, "quota_exceeded")
