"""A site that lets readers see its decided pictures, and one of those."""

import pytest

from tests.pages.pictures import describe, png
from tests.pages.scene import account_of
from webapp.accounts.sites import make_site
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit

TEXT = "A dog by a gate."


@pytest.fixture
def alice(db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    site = make_site("Kennel", alice.user)
    site.public_pages = True
    site.save()
    return site


@pytest.fixture
def drafted(alice, site) -> Image:
    job = submit(alice, [examine(Upload("secret-name.png", png(3)))], site=site, context="secret context")
    (image,) = describe(job)
    return image


@pytest.fixture
def image(drafted, alice) -> Image:
    decide(drafted, TEXT, owner=alice)
    return drafted
