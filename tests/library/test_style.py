"""How a site wants its texts written."""

import pytest

from tests.library.drafts import draft_all
from tests.queue.pictures import photograph
from webapp.accounts.models import Site
from webapp.library.style import advice_on
from webapp.library.submit import Upload, examine, submit

GOOD = "A dog runs across the grass."


def site(**settings):
    return Site.objects.create(name="Shop", **settings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "text", "advice"),
    [
        ({}, GOOD, []),
        ({}, " ", []),
        ({}, GOOD.rstrip("."), ["It has no full stop at its end, at which a screen reader would pause."]),
        ({"final_stop": False}, GOOD.rstrip("."), []),
        ({"soft_length": 20}, GOOD, ["It has 28 characters. On this site texts should have at most 20."]),
        ({"banned_words": ["grass", "cheap"]}, GOOD, ["This site does not use: grass."]),
        ({"banned_words": ["ass", "c++"]}, GOOD, []),
        ({"banned_words": ["C++"]}, "A book about c++ on a desk.", ["This site does not use: C++."]),
    ],
)
def test_advice_on_a_text(wanted, text, advice):
    assert advice_on(text, site(**wanted)) == advice


def test_drafts_follow_the_site_they_are_for(owner):
    """The same picture, of which there is one inference, on two sites."""
    bare = site(final_stop=False)
    jobs = [submit(owner, [examine(Upload("a.jpg", photograph(1)))], site=one) for one in (None, bare)]
    draft_all(GOOD)
    assert [job.images.get().suggestion.text for job in jobs] == [GOOD, GOOD.rstrip(".")]
