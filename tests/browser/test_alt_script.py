"""The script on a page of another origin, in Chromium: what readers of the page get."""

import json
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.site_server import SiteServer
from tests.delivery.decided import decided, programs_owner
from webapp.accounts.models import Site
from webapp.delivery.addresses import hash_of, hash_of_use
from webapp.delivery.script import snippet, source
from webapp.uses.decide import decide_use
from webapp.uses.place import place_at

TABLE = json.loads((Path(__file__).parents[1] / "delivery" / "addresses.json").read_text(encoding="utf-8"))
KEY = "pk_test"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.fixture
def site():
    server = SiteServer()
    yield server
    server.close()


@pytest.fixture
def known(site, transactional_db):
    """The site's origin may ask with its key."""
    Site.default()
    Site.objects.update(publishable_key=KEY, origins=[site.origin])


def shown(open_page, site, live_server, html, *, key=KEY):
    """(the page once the script had its answers, the lookups that it sent)."""
    site.page = f'<!doctype html><html lang="en"><title>A shop</title>{snippet(key, live_server.url)}{html}'
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "lookup" in request.url else None)
    page.goto(site.origin, wait_until="networkidle")
    return page, asked


def alts(page):
    return page.evaluate('() => [...document.images].map((one) => one.getAttribute("alt"))')


@pytest.mark.usefixtures("known")
def test_a_screen_reader_gets_the_decided_text(open_page, site, live_server):
    decided(f"{site.origin}/tulip.jpg", "Red tulips.")
    page, asked = shown(open_page, site, live_server, "<main><img src=tulip.jpg width=9 height=9></main>")
    assert page.locator("main").aria_snapshot() == '- main:\n  - img "Red tulips."'
    assert page.locator("img").get_attribute("data-alt-origin") == "edited"
    assert page.locator("img").get_attribute("lang") is None
    assert len(asked) == 1


@pytest.mark.usefixtures("known")
def test_all_else_of_the_page_is_left_alone(open_page, site, live_server):
    decided(f"{site.origin}/a", "A text.")
    html = (
        "<img src=a alt><img src=a alt='Its own'><img src=a role='none'><img src=a aria-hidden=true>"
        "<div data-alttext-ignore><img src=a></div><a href=x><img src=a></a><button><img src=a></button>"
        "<img src=unknown><img><div role=button tabindex=0><img src=a></div><a href=x>The shop <img src=a></a>"
    )
    page, _ = shown(open_page, site, live_server, html)
    page.wait_for_selector("[data-alt-origin]")
    assert alts(page) == ["", "Its own", *[None] * 8, "A text."]


@pytest.mark.usefixtures("known")
def test_a_text_in_another_language_says_so(open_page, site, live_server):
    decided(f"{site.origin}/a", "A text.")
    page, _ = shown(open_page, site, live_server, "<img src=a><p lang=de><img src=a></p>")
    page.wait_for_selector("p [data-alt-origin]")
    assert page.evaluate("() => [...document.images].map((one) => one.lang)") == ["", "en"]


@pytest.mark.usefixtures("known")
def test_images_that_come_later_are_filled_in_and_those_that_change_lose_their_text(open_page, site, live_server):
    decided(f"{site.origin}/a", "The first.")
    decided(f"{site.origin}/b", "The second.")
    page, _ = shown(open_page, site, live_server, f"<img src='{PIXEL}'>")
    page.evaluate('() => { document.images[0].src = "a"; document.body.append(new Image()); }')
    page.wait_for_selector('img[alt="The first."]')
    page.evaluate('() => { document.images[0].src = "c"; document.images[1].src = "b"; }')
    page.wait_for_selector('img[alt="The second."]')
    assert alts(page) == [None, "The second."]


@pytest.mark.usefixtures("known")
def test_it_asks_for_fifty_sorted_hashes_at_once(open_page, site, live_server):
    decided(f"{site.origin}/59", "The last.")
    page, asked = shown(open_page, site, live_server, "".join(f"<img src={number}>" for number in range(60)))
    page.wait_for_selector("[data-alt-origin]")
    questions = [parse_qs(urlsplit(url).query) for url in asked]
    hashes = [question["hashes"][0].split(",") for question in questions]
    assert [len(some) for some in hashes] == [50, 50, 20]
    assert hashes == [sorted(some) for some in hashes]
    assert all(question["site"] == [KEY] for question in questions)
    assert {len(one) for some in hashes for one in some} == {64}, "no address of the page is told"
    page_of_first = hash_of_use(f"{site.origin}/", f"{site.origin}/0")
    assert {page_of_first, hash_of(f"{site.origin}/0")} < {one for some in hashes for one in some}


@pytest.mark.usefixtures("known")
def test_the_text_of_a_place_comes_first_and_names_what_a_link_holds_alone(open_page, site, live_server):
    owner = programs_owner()
    html = (
        "<img src=a alt><a href=/basket><img src=a></a><p><img src=./%61><img src=a><img src=b></p>"
        f"<a href=/x><img src=b></a><img src='{PIXEL}' data-src=c>"
    )
    decided(f"{site.origin}/a", "Of the picture.", owner=owner)
    decided(f"{site.origin}/b", "Of the other.", owner=owner)
    for name, position, text in (
        ("a", 2, "Your basket."),
        ("a", 3, "Of the place."),
        ("b", 1, ""),
        ("c", 1, "Of what comes late."),
    ):
        address = f"{site.origin}/{name}"
        place = place_at(Site.default(), owner, f"{site.origin}/", address, position, is_sole=position == 2)
        decide_use(place, text, owner=owner, role="" if text else "decorative")
    page, _ = shown(open_page, site, live_server, html)
    page.wait_for_selector("[data-alt-origin]")
    given = ["", "Your basket.", "Of the place.", "Of the picture.", "", None, "Of what comes late."]
    assert alts(page) == given
    assert page.locator("img").nth(4).get_attribute("data-alt-origin") == "decorative"


@pytest.mark.usefixtures("known")
def test_sizes_of_a_picture_share_its_text_but_no_place(open_page, site, live_server, settings):
    settings.IMAGE_SIZE_PARAMETERS = ["w"]
    owner = programs_owner()
    decided(f"{site.origin}/a", "Of the picture.", owner=owner)
    place = place_at(Site.default(), owner, f"{site.origin}/?w=1", f"{site.origin}/a?w=640", 1, is_sole=True)
    decide_use(place, "Your basket.", owner=owner)
    html = "<p><img src=a?w=10></p><a href=/basket><img src=a?w=640></a><a href=/x><img src=a></a>"
    page, _ = shown(open_page, site, live_server, html)
    page.wait_for_selector("a [data-alt-origin]")
    assert alts(page) == ["Of the picture.", "Your basket.", None]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("wrong", [{"origins": ["https://shop.example"]}, {"publishable_key": "pk_other"}])
def test_pages_of_other_origins_get_nothing(open_page, site, live_server, wrong):
    decided(f"{site.origin}/a", "A text.")
    Site.objects.update(**wrong)
    page, asked = shown(open_page, site, live_server, "<img src=a>")
    assert len(asked) == 1, "it does not ask again"
    assert alts(page) == [None]


def test_without_an_answer_the_page_stays_as_it_is(open_page, site, live_server):
    site.page = f"<!doctype html><title>x</title>{snippet(KEY, live_server.url)}<img src=a>"
    page = open_page("about:blank")
    page.route("**/lookup?*", lambda route: route.fulfill(status=200, body='{"texts": {"a": null}}'))
    page.goto(site.origin, wait_until="networkidle")
    assert alts(page) == [None]
    page.route("**/lookup?*", lambda route: route.abort())
    page.goto(site.origin, wait_until="networkidle")
    assert alts(page) == [None]


@pytest.mark.usefixtures("known")
def test_a_script_that_was_tampered_with_does_not_run(open_page, site, live_server):
    decided(f"{site.origin}/a", "A text.")
    site.page = f"<!doctype html><title>x</title>{snippet(KEY, live_server.url)}<img src=a>"
    page = open_page("about:blank")
    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
    page.route("**/alt.v1.js", lambda route: route.fulfill(body=source() + b"/**/", headers=headers))
    page.goto(site.origin, wait_until="networkidle")
    assert alts(page) == [None]


def test_it_spells_and_hashes_addresses_as_the_service_does(open_page):
    page = open_page("about:blank")
    seam = "globalThis.seam = { normalised, sha256 };\n})();"
    page.evaluate(
        """(text) => {
          const script = document.createElement("script");
          script.textContent = text;
          script.dataset.site = "pk_test";
          script.dataset.drop = "w,h";
          Object.defineProperty(script, "src", { value: "http://127.0.0.1/alt.v1.js" });
          document.head.append(script);
        }""",
        seam.join(source().decode().rsplit("})();", 1)),
    )
    spelt = page.evaluate(
        "(rows) => rows.map(([address, base]) => seam.normalised(address, base || undefined))",
        [[address, base] for address, base, _ in TABLE],
    )
    assert spelt == [wanted for _, _, wanted in TABLE]
    texts = ["", "abc", *(wanted for _, _, wanted in TABLE), *("x" * size for size in (55, 56, 63, 64, 65, 119, 5000))]
    hashed = page.evaluate("(texts) => texts.map(seam.sha256)", texts)
    assert hashed == [sha256(text.encode("ascii")).hexdigest() for text in texts]
