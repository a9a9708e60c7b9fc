"""A site with a webhook to a real receiver on loopback, which the fetcher of the tests takes for the web."""

import pytest

from tests.fetch.conftest import dialled, fetcher, names, nobody_is_trusted, serve
from tests.fetch.servers import http
from tests.pages.scene import account_of
from webapp.accounts.sites import make_site
from webapp.webhooks.events import EVENTS
from webapp.webhooks.models import Webhook

__all__ = ["dialled", "fetcher", "names", "nobody_is_trusted", "serve"]


@pytest.fixture
def alice(db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    return make_site("Shop", alice.user)


@pytest.fixture
def receiver(serve):
    return serve(http(204))


@pytest.fixture
def webhook(site, receiver):
    return Webhook.objects.create(site=site, url=receiver.url("/hooks?from=captioner"), events=list(EVENTS))
