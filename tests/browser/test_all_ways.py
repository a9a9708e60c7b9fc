"""One site of our own, and each way of serving switched on in turn: a screen reader gets the same of all of them."""

import json
import re
import urllib.request

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import RequestFactory
from django.urls import reverse

from alttext.middleware import AltTextMiddleware
from tests.browser.site_server import SiteServer
from tests.delivery.decided import undecided
from tests.pages.audited import look_at
from tests.pages.conftest import client_of
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.sites import make_site
from webapp.audit.describe import describable, describe
from webapp.audit.models import Use
from webapp.audit.places import decide_on
from webapp.audit.start import start_html
from webapp.delivery.script import snippet
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.fail import fail

PAGE = """<!doctype html><html lang="en"><head><title>A shop</title></head><body><main>
<p><img src="/tulip.jpg" width="90" height="90"></p>
<p><a href="/basket"><img src="/tulip.jpg" width="90" height="90"></a></p>
<p><img src="/%74ulip.jpg" width="90" height="90"></p>
<p><img src="/draft.jpg" width="90" height="90"></p>
<p><a href="/home"><img src="/logo.png" width="90" height="90"></a></p>
<p><img src="/tulip.jpg" width="90" height="90" alt=""></p>
<p><img src="/tulip.jpg" width="90" height="90" alt="Its author's own"></p>
</main></body></html>"""
HEARD = [
    '- img "Red tulips in a bed."',  # of the picture
    '- link "Your basket": /url: /basket - img "Your basket"',  # of the place: where it leads
    # decoration in the third place, which is spelt otherwise: not heard
    "- img",  # nobody decided it
    "- link: /url: /home - img",  # what the picture shows says not where it leads
    '- img "Its author\'s own"',
]


class Shop(SiteServer):
    """A website whose page goes out as ``send`` makes it."""

    send = staticmethod(str.encode)

    def answer(self, host):
        return self.send(self.page)


@pytest.fixture
def shop(transactional_db):
    cache.clear()
    server = Shop()
    server.page = PAGE
    yield server
    server.close()
    cache.clear()


@pytest.fixture
def decisions(shop, settings):
    """Alice's site, with an audit of the page, and what she decided of it."""
    settings.CAPTIONER_FETCH_PORTS = frozenset({shop.server.server_port})
    alice = account_of("alice")
    site = make_site("Shop", alice.user)
    site.origins = [shop.origin]
    site.save()
    audit = look_at(start_html(alice, PAGE.encode(), address=f"{shop.origin}/", site=site))
    describe(audit, describable(audit))
    for work in claim("fetch", "test", 9, alone=False):
        fail(work, "unreachable", "Nothing answers.", fault_of_image=True)
    for image in Image.objects.filter(source_url__endswith="ulip.jpg"):
        decide(image, "Red tulips in a bed.", owner=alice)
    undecided(f"{shop.origin}/logo.png", owner=alice, site=site)
    decide(Image.objects.get(source_url__endswith="logo.png"), "A round logo.", owner=alice)
    uses = list(Use.objects.order_by("position"))
    decide_on(uses[1], "Your basket", owner=alice)
    decide_on(uses[2], "", owner=alice, role="decorative")
    return site, alice, audit


def by_api(decisions, service, shop):
    """A build of the site's own: it asks for the texts and writes them itself."""
    site, alice, _ = decisions
    _, key = make_key("build", alice, site=site)

    def send(page):
        written = re.findall(r'<img src="([^"]+)"', page)
        asked = {"urls": sorted({f"{shop.origin}{one}" for one in written}), "page": f"{shop.origin}/"}
        request = urllib.request.Request(
            f"{service}/api/v1/lookup",
            json.dumps(asked).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            found = json.load(answer)
        uses = {(use["url"], use["position"]): use["alt_text"] for use in found["uses"]}
        counted = {}

        def filled(tag):
            spelling = tag[1].replace("%74", "t")
            counted[spelling] = position = counted.get(spelling, 0) + 1
            url = f"{shop.origin}{tag[1]}"
            alt = uses.get((url, position))
            if alt is None and "<a " not in page[: tag.start()].rpartition("<p>")[2]:
                alt = found["texts"].get(url, {}).get("alt_text")
            return tag[0] if alt is None or " alt=" in tag[0] else f'{tag[0][:-1]} alt="{alt}">'

        return re.sub(r'<img src="([^"]+)"[^>]*>', filled, page).encode()

    return send


def by_middleware(decisions, service, shop):
    site, alice, _ = decisions
    return middleware({"URL": service, "KEY": make_key("shop", alice, site=site)[1], "TIMEOUT": 20}, shop)


def middleware(options, shop):
    settings.ALTTEXT = options
    host = shop.origin.removeprefix("http://")

    def send(page):
        through = AltTextMiddleware(lambda request: HttpResponse(page))
        return through(RequestFactory().get("/", headers={"Host": host})).content

    return send


def by_script(decisions, service, shop):
    site, _, _ = decisions
    return lambda page: page.replace("</head>", snippet(site.publishable_key, service) + "</head>").encode()


def by_files(decisions, service, shop):
    """The page as the audit gives it back, uploaded in the place of the old one."""
    _, alice, audit = decisions
    address = reverse("pages:audit-page-html", args=[audit.pk, audit.pages.get().pk])
    changed = client_of(alice).get(address)
    assert changed.status_code == 200
    return lambda page: changed.getvalue()


def by_tag(decisions, service, shop):
    """Templates that name their pictures by the tag of the Django app."""
    by_middleware(decisions, service, shop)
    numbers = {}

    def tag(found):
        spelling = found[1].replace("%74", "t")
        numbers[spelling] = nth = numbers.get(spelling, 0) + 1
        if " alt=" in found[0]:
            return found[0]
        alone = " alone=True" if "<a " in PAGE[: found.start()].rpartition("<p>")[2] else ""
        return f'{{% alttext_img "{found[1]}" nth={nth}{alone} width="90" height="90" %}}'

    source = "{% load alttext %}" + re.sub(r'<img src="([^"]+)"[^>]*>', tag, PAGE)
    template = Engine(libraries={"alttext": "alttext.templatetags.alttext"}).from_string(source)
    request = RequestFactory().get("/", headers={"Host": shop.origin.removeprefix("http://")})
    return lambda page: template.render(Context({"request": request})).encode()


@pytest.mark.parametrize("way", [by_api, by_middleware, by_script, by_files, by_tag])
def test_each_way_says_the_same_to_a_screen_reader(open_page, shop, decisions, live_server, settings, way):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
    settings.ALTTEXT = {}  # put back after the test, whatever a way writes there
    shop.send = way(decisions, live_server.url, shop)
    page = open_page("about:blank")
    page.goto(shop.origin, wait_until="networkidle")
    paragraphs = [one.locator("xpath=.") for one in page.locator("main > p").all()]
    heard = [" ".join(one.aria_snapshot().split()).removeprefix("- paragraph: ") for one in paragraphs]
    assert [re.sub("- /url", "/url", one) for one in heard if one not in ("", "- paragraph")] == HEARD


def test_switched_off_nothing_is_said_but_what_the_authors_wrote(open_page, shop, decisions):
    page = open_page("about:blank")
    page.goto(shop.origin, wait_until="networkidle")
    assert re.findall(r'img "([^"]+)"', page.locator("main").aria_snapshot()) == ["Its author's own"]
