"""A site with the middleware, over the API and in the same project: what a screen reader gets of its pages."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from alttext.middleware import AltTextMiddleware
from tests.browser.site_server import SiteServer
from tests.delivery.decided import decided, undecided
from webapp.accounts.keys import make_key


class WithMiddleware(SiteServer):
    """Its page goes through the middleware."""

    def answer(self, host):
        middleware = AltTextMiddleware(lambda request: HttpResponse(self.page))
        return middleware(RequestFactory().get("/", headers={"Host": host})).content


@pytest.fixture
def site():
    cache.clear()
    server = WithMiddleware()
    yield server
    server.close()
    cache.clear()


@pytest.mark.parametrize("way", ["remote", "local"])
def test_a_screen_reader_gets_what_a_person_decided_and_nothing_else(open_page, site, live_server, settings, way):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    remote = {"URL": live_server.url, "KEY": make_key("site")[1], "TIMEOUT": 20}
    settings.ALTTEXT = remote if way == "remote" else {"SOURCE": "webapp.delivery.local.DatabaseTexts"}
    decided(f"{site.origin}/tulip.jpg", "Red tulips.")
    undecided(f"{site.origin}/draft.jpg")
    site.page = """<!doctype html><html lang="en"><title>A shop</title><main>
      <img src="tulip.jpg" width="9" height="9"><img src="draft.jpg" width="9" height="9">
      <img src="tulip.jpg" alt=""><img src="tulip.jpg" alt="Its own" width="9" height="9">
      <a href="/shop"><img src="tulip.jpg" width="9" height="9"></a></main>"""
    page = open_page(site.origin)
    assert page.locator("main").aria_snapshot().splitlines() == [
        "- main:", '  - img "Red tulips."', "  - img", '  - img "Its own"',
        "  - link:", "    - /url: /shop", "    - img",
    ]  # fmt: skip
