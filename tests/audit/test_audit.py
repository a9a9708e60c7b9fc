"""From an address or HTML to the uses of images on its pages."""

import os

import pytest
from django.conf import settings
from django.utils import timezone

from tests.fetch.servers import http
from tests.queue.pictures import hand_over
from webapp.audit import sources
from webapp.audit.access import visible_audits
from webapp.audit.at_address import HTML
from webapp.audit.delete import delete_audit, delete_expired_audits, delete_orphan_sources
from webapp.audit.errors import SourceTooLarge
from webapp.audit.models import Audit, Page, Use
from webapp.audit.queueing import cancel, pause, resume, retry_pages
from webapp.audit.sitemaps import is_sitemap
from webapp.audit.start import start_html, start_page
from webapp.audit.take_in import Source, take_in
from webapp.fetch.errors import UrlInvalid
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots
from webapp.library.errors import QueueFull
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.release import release
from worker.fetching import Network, fetch_batch

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = b"""<!doctype html><html lang="de"><title>Shop</title><h1>Wheels</h1>
<p>Text before.</p><img src="wheel.jpg"><p>Text after.</p>
<a href="/cart/"><img src="cart.png"></a><img src="dot.gif" alt="">"""


def kept():
    return sorted(path.name for path in settings.PAGES_DIR.glob("*"))


def page_of(audit, position=1):
    return audit.pages.get(position=position)


def test_a_page_is_fetched_and_each_use_of_an_image_is_kept(owner, site, drain):
    site.pages["/shop/"] = PAGE
    audit = start_page(owner, site.url("/shop/"))
    assert (audit.kind, page_of(audit).state) == ("page", "waiting")
    assert drain() == 1
    page = page_of(audit)
    assert (page.state, page.title, page.lang, page.error_code) == ("scanned", "Shop", "de", "")
    assert sources.read(page.source_name) == PAGE
    uses = list(page.uses.all())
    assert [(use.alt, use.role, use.todo) for use in uses] == [
        (None, "informative", "describe"),
        (None, "functional", "name"),
        ("", "decorative", "nothing"),
    ]
    assert uses[0].address == site.url("/shop/wheel.jpg")
    assert uses[0].facts["context"]["before"].endswith("Text before.")
    assert Work.objects.get().status == Work.Status.DONE


def test_html_that_was_handed_over_needs_no_network(owner, drain, site):
    audit = start_html(owner, PAGE, address="https://example.org/a/")
    assert drain() == 1
    assert page_of(audit).uses.first().address == "https://example.org/a/wheel.jpg"
    assert site.connections == 0


def test_html_without_an_address(owner, drain):
    audit = start_html(owner, PAGE)
    drain()
    assert page_of(audit).uses.count() == 3


@pytest.mark.parametrize(
    ("answer", "code", "may_pass"),
    [
        (http(404), "http_status", False),
        (http(200, b"\x89PNG\r\n\x1a\n", Content_Type="text/html"), "not_a_page", False),
        (http(200, b"x", Content_Type="image/png"), "unsupported_type", False),
        (http(500), "http_status", True),
    ],
)
def test_a_page_that_cannot_be_read_says_why(owner, serve, fetcher, settings, answer, code, may_pass):
    server = serve(answer)
    settings.CAPTIONER_FETCH_PORTS = frozenset((server.port,))
    audit = start_page(owner, server.url("/"))
    plain = fetcher(server)
    network = Network(plain.get, lambda url: plain.get(url, accept=HTML), plain.get)
    fetch_batch(claim("fetch", "a", 8, alone=False), network)
    page, work = page_of(audit), Work.objects.get()
    assert work.error_code == code
    assert (page.state, work.status) == (("waiting", "queued") if may_pass else ("failed", "failed"))
    assert kept() == []


def test_robots_txt_is_heeded(owner, site, drain):
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /", "/": PAGE}
    audit = start_page(owner, site.url("/"))
    drain()
    assert page_of(audit).error_code == "robots_disallowed"
    assert [request.path for request in site.requests] == ["/robots.txt"]


def test_what_is_no_address_or_too_large_leaves_nothing(owner, settings):
    with pytest.raises(UrlInvalid):
        start_page(owner, "ftp://example.org/")
    with pytest.raises(UrlInvalid):
        start_html(owner, PAGE, address="ftp://x")
    settings.MAX_PAGE_BYTES = 10
    with pytest.raises(SourceTooLarge):
        start_html(owner, PAGE)
    assert not Audit.objects.exists()
    assert kept() == []


def linked(*paths):
    return "".join(f'<a href="{path}">x</a>' for path in paths).encode()


def crawled(audit):
    return [(page.address.rpartition("/")[2], page.depth, page.state) for page in audit.pages.all()]


def test_a_site_is_crawled_to_its_depth_and_no_page_twice(owner, site, drain):
    site.pages |= {
        "/a": linked("b", "c#part", "/a", "https://elsewhere.example/", "mailto:x@y", "//[broken"),
        "/b": linked("a", "c", "d"),
        "/c": linked("d"),
        "/d": linked("e"),
    }
    audit = start_page(owner, site.url("/a"), depth=2, most_pages=50)
    drain()
    assert crawled(audit) == [("a", 0, "scanned"), ("b", 1, "scanned"), ("c", 1, "scanned"), ("d", 2, "scanned")]


def test_a_crawl_ends_at_its_number_of_pages(owner, site, drain):
    site.pages |= {"/a": linked(*"bcdefg")} | {f"/{name}": b"" for name in "bcdefg"}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=3)
    drain()
    assert [name for name, _, _ in crawled(audit)] == ["a", "b", "c"]


def test_files_that_are_no_pages_are_not_asked_for(owner, site, drain):
    site.pages |= {"/a": linked("report.PDF?x=1", "photo.jpg", "b.html", "c.php"), "/b.html": b"", "/c.php": b""}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    drain()
    assert [name for name, _, _ in crawled(audit)] == ["a", "b.html", "c.php"]


def test_a_sitemap_lists_the_pages_and_costs_no_depth(owner, site, drain):
    listed = "".join(f"<url><loc> {site.url(path)} </loc></url>" for path in ("/a?x=1&amp;y=2", "/b"))
    elsewhere = "<url><loc>https://elsewhere.example/</loc></url>"
    site.pages |= {
        "/sitemap.xml": f"<?xml version='1.0'?><urlset xmlns='x'>{listed}{elsewhere}</urlset>".encode(),
        "/a": linked("c"),
        "/b": b"",
        "/c": linked("d"),
    }
    audit = start_page(owner, site.url("/sitemap.xml"), depth=1, most_pages=9)
    drain()
    assert crawled(audit) == [
        ("sitemap.xml", 0, "scanned"),
        ("a?x=1&y=2", 0, "scanned"),
        ("b", 0, "scanned"),
        ("c", 1, "scanned"),
    ]
    (note,) = page_of(audit).notes
    assert note == "This is a sitemap with 3 addresses. 2 more pages are looked at for it."


def test_an_index_of_sitemaps(owner, site, drain):
    index = f"<sitemapindex><sitemap><loc><![CDATA[{site.url('/one.xml')}]]></loc></sitemap></sitemapindex>"
    site.pages |= {
        "/index.xml": index.encode(),
        "/one.xml": f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode(),
        "/a": b"",
    }
    audit = start_page(owner, site.url("/index.xml"), depth=1, most_pages=9)
    drain()
    assert [name for name, _, _ in crawled(audit)] == ["index.xml", "one.xml", "a"]


@pytest.mark.parametrize("data", [b"", b"<rss><loc>x</loc></rss>", b"<p>urlset</p>", b"a" * 3000 + b"<urlset>"])
def test_what_is_no_sitemap(data):
    assert not is_sitemap(data)


def test_a_sitemap_of_bad_addresses_is_read_in_no_time(owner, site, drain):
    site.pages["/sitemap.xml"] = b"<urlset>" + b"<loc>" * 200_000 + b"</urlset>"
    audit = start_page(owner, site.url("/sitemap.xml"), depth=1, most_pages=9)
    drain()
    assert page_of(audit).state == "scanned"


def test_a_bad_page_costs_only_itself(owner, site, drain):
    site.pages |= {"/a": linked("gone", "b"), "/b": b""}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    drain()
    assert crawled(audit) == [("a", 0, "scanned"), ("gone", 1, "failed"), ("b", 1, "scanned")]


def test_a_paused_audit_waits_and_goes_on(owner, site, drain):
    site.pages |= {"/a": linked("b"), "/b": linked("c"), "/c": b""}
    audit = start_page(owner, site.url("/a"), depth=3, most_pages=9)
    pause(audit)
    assert (audit.state, drain()) == ("paused", 0)
    resume(audit)
    assert (audit.state, drain()) == ("running", 3)


def test_pages_that_are_found_while_it_is_paused_wait_too(owner, site, fetcher, drain):
    site.pages |= {"/a": linked("b"), "/b": b""}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    (work,) = claim("fetch", "b", 8, alone=False)
    pause(audit)
    assert take_in(work, Source(site.pages["/a"], site.url("/a")))
    assert drain() == 0
    resume(audit)
    assert drain() == 1


def test_a_cancelled_audit_fetches_nothing_more_and_keeps_what_is_there(owner, site, drain):
    site.pages |= {"/a": linked("b"), "/b": b""}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    (work,) = claim("fetch", "b", 8, alone=False)
    take_in(work, Source(site.pages["/a"], site.url("/a")))
    cancel(audit)
    assert (audit.state, drain()) == ("cancelled", 0)
    assert crawled(audit) == [("a", 0, "scanned"), ("b", 1, "cancelled")]
    resume(audit)
    assert audit.state == "cancelled"


def test_what_comes_in_after_the_end_adds_no_pages(owner, site):
    site.pages |= {"/a": linked("b")}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    (work,) = claim("fetch", "b", 8, alone=False)
    cancel(audit)
    assert take_in(work, Source(site.pages["/a"], site.url("/a")))
    assert crawled(audit) == [("a", 0, "scanned")]


def test_a_site_ends_where_its_first_page_was_found(owner, site, serve, drain, settings):
    other = serve(http(200, linked("/stolen", "/more"), Content_Type="text/html"))
    settings.CAPTIONER_FETCH_PORTS = frozenset((site.port, other.port))
    site.pages |= {"/a": linked("login", "b"), "/b": b""}
    audit = start_page(owner, site.url("/a"), depth=3, most_pages=9)
    (work,) = claim("fetch", "x", 8, alone=False)
    take_in(work, Source(site.pages["/a"], site.url("/a")))
    first, _ = claim("fetch", "x", 8, alone=False)
    assert take_in(first, Source(linked("/stolen"), other.url("/signin"))), "it was redirected to another site"
    assert [name for name, _, _ in crawled(audit)] == ["a", "login", "b"]


def test_a_page_is_not_looked_at_twice_for_its_redirect(owner, site):
    audit = start_page(owner, site.url("/old"), depth=2, most_pages=9)
    (work,) = claim("fetch", "x", 8, alone=False)
    take_in(work, Source(linked("/new", "/old", "/b"), site.url("/new")))
    assert [name for name, _, _ in crawled(audit)] == ["old", "b"]


@pytest.mark.parametrize(
    "link", ['<a href="/b" download>', '<a href="/b" rel="me NoFollow">', f'<a href="/{"x" * 3000}">']
)
def test_links_that_lead_to_no_page(owner, site, link):
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    (work,) = claim("fetch", "x", 8, alone=False)
    take_in(work, Source(link.encode(), site.url("/a")))
    assert audit.pages.count() == 1


def test_an_address_that_fits_into_no_index_is_refused(owner):
    with pytest.raises(UrlInvalid, match="too long"):
        start_page(owner, "https://example.org/" + "x" * 3000)


def test_what_no_database_takes_in_a_text_is_left_out(owner, drain, site):
    html = b'<p><a href="mailto:a%00b@c.d"><img src="x.png"></a><p><img src="y.png" alt="a&#0;b">'
    audit = start_html(owner, html, address="https://example.org/")
    drain()
    link, named = page_of(audit).uses.all()
    assert link.facts["proposal"]["text"] == "ab@c.d"
    assert "\x00" not in named.alt


def test_a_page_cannot_make_itself_worth_more_than_it_is(owner, drain, site):
    base = "https://example.org/" + "x" * 100_000 + "/"
    audit = start_html(
        owner, f'<base href="{base}">'.encode() + b"<p><img src=b>" * 500, address="https://example.org/"
    )
    drain()
    uses = page_of(audit).uses.all()
    assert {use.address for use in uses} == {"https://example.org/b"}


def test_a_page_that_would_fill_the_disk_is_refused(owner, drain, site, monkeypatch):
    monkeypatch.setattr("webapp.audit.rows._MOST_CHARACTERS", 100_000)
    audit = start_html(owner, b"<p><img src=b>" * 500)
    drain()
    assert page_of(audit).error_code == "page_too_complex"
    assert kept() == [page_of(audit).source_name]


def test_a_page_that_takes_too_long_is_refused(owner, drain, site, monkeypatch):
    monkeypatch.setattr("webapp.audit.take_in._SECONDS", 0.0)
    audit = start_html(owner, PAGE)
    drain()
    assert page_of(audit).error_code == "page_too_complex"


def test_pages_wait_in_a_queue_of_their_own(owner, settings):
    settings.MAX_QUEUED_PAGES = settings.MAX_QUEUED_IMAGES = 1
    start_html(owner, PAGE)
    with pytest.raises(QueueFull):
        start_html(owner, PAGE)
    assert len(kept()) == 1
    assert hand_over(1, owner=owner)


def test_what_runs_while_its_audit_is_paused_or_cancelled_stays_so(owner):
    paused, cancelled = (start_page(owner, f"https://example.org/{name}") for name in "ab")
    first, second = claim("fetch", "x", 8, alone=False)
    pause(paused)
    cancel(cancelled)
    fail(first, "fetch_timeout", "It took too long.", fault_of_image=False)
    fail(second, "fetch_timeout", "It took too long.", fault_of_image=False)
    assert [page_of(one).state for one in (paused, cancelled)] == ["waiting", "cancelled"]
    assert not Work.objects.filter(page__audit=cancelled).exists()
    Work.objects.filter(next_attempt_at__year__lt=9999).update(next_attempt_at="2026-01-01T00:00Z")
    assert claim("fetch", "x", 8, alone=False) == []
    resume(paused)
    assert len(claim("fetch", "x", 8, alone=False)) == 1
    pause(paused)
    release("x", crashed=False)
    assert claim("fetch", "x", 8, alone=False) == []


def test_failed_pages_are_tried_again(owner, site, drain):
    audit = start_page(owner, site.url("/a"))
    drain()
    assert page_of(audit).state == "failed"
    site.pages["/a"] = PAGE
    assert retry_pages(audit) == 1
    assert drain() == 1
    assert (page_of(audit).state, page_of(audit).error_code) == ("scanned", "")
    assert retry_pages(audit) == 0


def test_a_host_that_asks_for_time_gets_it_and_nobody_waits_in_the_worker(owner, site, fetcher):
    site.pages |= {f"/{name}": b"" for name in "abc"}
    audit = start_page(owner, site.url("/a"), depth=1, most_pages=9)
    plain = fetcher(site)
    polite = PoliteFetcher(plain, Robots(plain), Politeness(60, max_wait=1, sleep=lambda seconds: None))
    network = Network(plain.get, polite.get, polite.get)
    fetch_batch(claim("fetch", "x", 8, alone=False), network)
    later = start_page(owner, site.url("/b"))
    fetch_batch(claim("fetch", "x", 8, alone=False), network)
    assert [page_of(one).state for one in (audit, later)] == ["scanned", "waiting"]
    work = Work.objects.get(page__audit=later)
    assert (work.status, work.attempts) == ("queued", 0)
    assert work.next_attempt_at > timezone.now()


def test_a_stale_claim_writes_nothing(owner):
    audit = start_page(owner, "https://example.org/")
    (work,) = claim("fetch", "a", 8, alone=False)
    release("a", crashed=False)
    assert not take_in(work, Source(PAGE, "https://example.org/"))
    assert page_of(audit).state == "waiting"
    assert kept() == []


def test_an_audit_that_was_deleted_meanwhile_leaves_nothing(owner):
    audit = start_page(owner, "https://example.org/")
    (work,) = claim("fetch", "a", 8, alone=False)
    delete_audit(audit)
    assert not take_in(work, Source(PAGE, "https://example.org/"))
    assert not Page.objects.exists()
    assert kept() == []


def test_deleting_removes_the_sources(owner, drain):
    audit = start_html(owner, PAGE)
    drain()
    assert len(kept()) == 1
    delete_audit(audit)
    assert kept() == []
    assert not Use.objects.exists()


def test_audits_expire_and_orphans_go(owner):
    young, old = start_html(owner, PAGE), start_html(owner, PAGE)
    Audit.objects.filter(pk=old.pk).update(looked_at=timezone.now() - settings.RETENTION)
    assert delete_expired_audits() == 1
    assert list(Audit.objects.all()) == [young]
    orphan = sources.keep(b"nobody's")
    for name in kept():
        os.utime(settings.PAGES_DIR / name, (0, 0))
    assert delete_orphan_sources() == 1
    assert orphan not in kept()


def test_each_use_keeps_its_code_without_what_is_very_long(owner, drain):
    data = "data:image/png;base64," + "A" * 5000
    audit = start_html(owner, f'<p>x<IMG\n src="a>b.jpg" class=big><p><img src="{data}" class="wide">'.encode())
    drain()
    first, second = page_of(audit).uses.all()
    assert first.facts["code"] == '<IMG\n src="a>b.jpg" class=big>'
    assert second.facts["code"] == f'<img src="{data[:60]}…" class="wide">'


def test_ones_audits_are_newest_first(owner):
    first, second = start_html(owner, PAGE), start_html(owner, PAGE)
    assert list(visible_audits(owner)) == [second, first]
