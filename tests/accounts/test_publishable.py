"""The key that everybody may see: good for the origins of its site, and nothing else."""

import pytest

from tests.pages.scene import account_of
from webapp.accounts.models import Site
from webapp.accounts.publishable import KeyUnknown, OriginNotAllowed, find_site
from webapp.accounts.sites import make_site, renew_publishable_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    site = make_site("Shop", account_of("alice").user)
    site.origins = ["https://www.example.org", "http://localhost:3000"]
    site.save()
    return site


@pytest.mark.parametrize("origin", ["https://www.example.org", "http://localhost:3000", "https://WWW.example.org:443"])
def test_a_page_of_the_site_is_known(site, origin):
    assert find_site(site.publishable_key, origin) == site


@pytest.mark.parametrize(
    "origin",
    ["", "null", "https://evil.example", "http://www.example.org", "https://www.example.org:8443", "http://localhost",
     "https://www.example.org.evil.example", "https://example.org", "https://www.example.org/path", "*"],
)  # fmt: skip
def test_any_other_page_is_not(site, origin):
    with pytest.raises(OriginNotAllowed):
        find_site(site.publishable_key, origin)


def test_an_unknown_or_former_key_is_no_key(site):
    former = site.publishable_key
    renew_publishable_key(site)
    Site.default()  # has none
    for key in (former, "", "pk_", "pk_" + "0" * 32, former.upper(), "None"):
        with pytest.raises(KeyUnknown):
            find_site(key, "https://www.example.org")


def test_two_sites_have_two_keys(site):
    other = make_site("Other", account_of("bob").user)
    assert other.publishable_key != site.publishable_key
    with pytest.raises(OriginNotAllowed):
        find_site(other.publishable_key, "https://www.example.org")
