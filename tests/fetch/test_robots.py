"""What a site's robots.txt asks is done (RFC 9309)."""

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetch.servers import http, redirect
from webapp.fetch.errors import HttpStatus, RobotsDisallowed, TlsFailed, Unreachable, UrlInvalid
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import MAX_BYTES, Robots, Rules

SITE = "http://site.test"


def allowed(text, path):
    try:
        Rules(text).check(f"{SITE}{path}")
    except RobotsDisallowed:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "may"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow: /a", "/abc", False),
        ("disallow: /", "/", True),  # a rule of nobody's
        # Our own group, and no other once there is one.
        ("User-agent: captioner\nDisallow: /", "/", False),
        ("USER-AGENT: CAPTIONER\nDISALLOW: /", "/", False),
        ("User-agent: Captioner/2.1 (beta)\nDisallow: /", "/", False),
        ("User-agent: Captioner # us\nDisallow: /", "/", False),
        ("User-agent: other\nDisallow: /", "/", True),
        ("User-agent: Captioner\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Captioner\nDisallow: /x", "/a", True),
        (
            "User-agent: Captioner\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: Captioner\nDisallow: /c",
            "/c",
            False,
        ),
        (
            "User-agent: Captioner\nDisallow: /a\nUser-agent: *\nDisallow: /b\nUser-agent: Captioner\nDisallow: /c",
            "/b",
            True,
        ),
        ("User-agent: other\nUser-agent: Captioner\nDisallow: /", "/", False),
        ("User-agent: Captioner\nSitemap: http://x/\nUser-agent: other\nDisallow: /", "/", False),
        # A name that ours begins or ends with, or that begins with ours, is another's.
        ("User-agent: cap\nDisallow: /", "/", True),
        ("User-agent: c\nDisallow: /", "/", True),
        ("User-agent: Captioner-bot\nDisallow: /", "/", True),
        ("User-agent: MyCaptioner\nDisallow: /", "/", True),
        ("User-agent: Captioners\nDisallow: /", "/", True),
        # The longest rule, and Allow where two are as long.
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a/b/c", "/a/b/c", False),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        ("User-agent: *\nAllow: /$\nDisallow: /", "/", True),
        ("User-agent: *\nAllow: /$\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /*.gif$", "/a/b.gif", False),
        ("User-agent: *\nDisallow: /*.gif$", "/a/b.gif?x", True),
        ("User-agent: *\nDisallow: /a*z", "/abcz/d", False),
        ("User-agent: *\nDisallow: /*?", "/a?b", False),
        ("User-agent: *\nDisallow: /*?", "/a", True),
        ("User-agent: *\nDisallow: /%7Ea", "/~a", False),
        ("User-agent: *\nDisallow: /é", "/%C3%A9", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\r\nDisallow: /\r\n", "/", False),
        ("User-agent: *\rDisallow: /", "/", False),
        ("User-agent: *\nNonsense: x\nDisallow: /", "/", False),
    ],
)
def test_rules_are_read_as_the_standard_says(text, path, may):
    assert allowed(text.removeprefix("\ufeff"), path) is may


def test_the_pace_and_the_map_of_the_site_are_read():
    rules = Rules(
        "Sitemap: https://site.test/1.xml\nUser-agent: *\nCrawl-delay: 9\nUser-agent: Captioner\nCrawl-delay: 2.5\n"
        "Sitemap: https://site.test/2.xml"
    )
    assert rules.crawl_delay == 2.5
    assert rules.sitemaps == ("https://site.test/1.xml", "https://site.test/2.xml")
    assert Rules("User-agent: *\nCrawl-delay: 9").crawl_delay == 9
    assert Rules("User-agent: other\nCrawl-delay: 9").crawl_delay == 0


@pytest.mark.parametrize("delay", ["-1", "nan", "inf", "soon", "", "1e999"])
def test_a_pace_that_makes_no_sense_is_none(delay):
    assert Rules(f"User-agent: *\nCrawl-delay: {delay}").crawl_delay == 0


@given(
    st.text()
    | st.lists(st.sampled_from(["User-agent:", "*", "$", "Disallow", ":", "/", "\n", "Captioner", "%", "é"])).map(
        "".join
    )
)
def test_no_text_breaks_it(text):
    Rules(text)
    allowed(text, "/a?b=%zz")


def test_many_names_over_many_rules_stay_one_list():
    """Each rule would be kept once for each name: here a hundred million times."""
    names = "".join(f"User-agent: bot{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(10_000))
    assert allowed(names + rules, "/5")
    assert not allowed(names + "User-agent: *\n" + rules, "/5")


class Site:
    """Answers robots.txt as told."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0

    def __call__(self, request):
        if request.path != "/robots.txt":
            return http(200, b"page")
        self.asked += 1
        return self.answer


@pytest.fixture
def visit(serve, fetcher):
    """Makes a server with the answer for robots.txt, and rules for it by a clock that stands still."""

    def make(answer, **limits):
        site = Site(answer)
        server = serve(site)
        now = [0.0]
        robots = Robots(fetcher(server, **limits), clock=lambda: now[0])
        return server, site, robots, now

    return make


def test_is_read_from_the_root_of_the_site(visit):
    server, _, robots, _ = visit(http(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 3"))
    rules = robots.rules(server.url("/a/b?c"))
    assert server.requests[0].path == "/robots.txt"
    assert rules.crawl_delay == 3
    rules.check(server.url("/public"))
    with pytest.raises(RobotsDisallowed) as caught:
        rules.check(server.url("/private"))
    assert (caught.value.code, caught.value.may_pass) == ("robots_disallowed", False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451])
def test_a_site_without_one_allows_everything(visit, status):
    server, _, robots, _ = visit(http(status))
    robots.rules(server.url()).check(server.url("/a"))


@pytest.mark.parametrize(
    "answer", [http(500), http(503), b"", b"HTTP/1.1 200 Fine\r\nContent-Length: 5\r\n\r\n", redirect("file:///x")]
)
def test_a_site_whose_rules_cannot_be_read_allows_nothing_and_says_so(visit, answer):
    server, _, robots, _ = visit(answer)
    with pytest.raises(RobotsDisallowed) as caught:
        robots.rules(server.url()).check(server.url("/a"))
    assert (caught.value.code, caught.value.may_pass) == ("robots_disallowed", True)
    assert "could not be read" in caught.value.message


def test_slow_rules_allow_nothing(visit):
    def slow():
        yield b"HTTP/1.1 200 Fine\r\n"
        time.sleep(2)

    server, _, robots, _ = visit(slow(), total_seconds=0.2)
    with pytest.raises(RobotsDisallowed):
        robots.rules(server.url()).check(server.url())


def test_a_site_that_sends_us_in_circles_has_none(visit):
    server, _, robots, _ = visit(redirect("/robots.txt"))
    robots.rules(server.url()).check(server.url())


def test_a_site_that_cannot_be_reached_is_just_that(fetcher, names):
    names["inside.test"] = ["10.0.0.1"]
    with socket.create_server(("127.0.0.2", 0)) as probe:
        closed = probe.getsockname()[1]
    robots = Robots(fetcher(ports=frozenset([closed])))
    for url in ("http://inside.test/", f"http://site.test:{closed}/", "http://unknown.test/"):
        with pytest.raises(Unreachable):
            robots.rules(url)
    with pytest.raises(UrlInvalid):
        robots.rules("nonsense")


def test_a_server_that_cannot_be_trusted_is_just_that(serve, fetcher):
    server = serve(b"", raw=lambda connection: connection.sendall(b"no TLS\r\n"))
    robots = Robots(fetcher(server))
    with pytest.raises(TlsFailed):
        robots.rules(server.url(scheme="https"))


def test_is_read_once_in_an_hour_and_sooner_after_trouble(visit):
    server, site, robots, now = visit(http(500))
    for seconds, asked in [(0, 1), (299, 1), (300, 2)]:
        now[0] = seconds
        robots.rules(server.url(f"/{seconds}"))
        assert site.asked == asked
    site.answer = http(200, b"User-agent: *\nDisallow: /")
    for seconds, asked in [(600, 3), (4199, 3), (4200, 4)]:
        now[0] = seconds
        robots.rules(server.url())
        assert site.asked == asked


def test_each_origin_has_its_own(visit):
    server, site, robots, _ = visit(http(200))
    robots.rules(server.url(host="site.test"))
    robots.rules(server.url())
    robots.rules(server.url(host="SITE.test."))
    assert site.asked == 2


def test_only_so_much_is_remembered(visit, names):
    server, site, robots, _ = visit(http(200, b"#" * 400_000))
    hosts = [f"site{number}.test" for number in range(20)]
    for host in hosts:
        names[host] = ["127.0.0.2"]
        robots.rules(server.url(host=host))
    assert site.asked == 20
    robots.rules(server.url(host=hosts[-1]))
    assert site.asked == 20
    robots.rules(server.url(host=hosts[0]))
    assert site.asked == 21
    assert robots._size == sum(kept.size for kept in robots._kept.values()) <= 5_000_000


def test_a_long_one_is_read_so_far_and_to_the_end_of_a_line(visit):
    head = b"User-agent: *\nDisallow: /early\n"
    filler = b"#" * (MAX_BYTES - len(head) - len(b"\nDisallow: /")) + b"\n"
    server, _, robots, _ = visit(http(200, head + filler + b"Disallow: /late/only"))
    rules = robots.rules(server.url())
    with pytest.raises(RobotsDisallowed):
        rules.check(server.url("/early"))
    rules.check(server.url("/other"))  # the cut line would read "Disallow: /"


def test_a_mark_at_its_beginning_is_overlooked(visit):
    server, _, robots, _ = visit(http(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /"))
    with pytest.raises(RobotsDisallowed):
        robots.rules(server.url()).check(server.url())


def test_a_polite_fetch_asks_first_and_waits_its_turn(serve, fetcher, names):
    def answer(request):
        if request.path == "/robots.txt":
            return http(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 4")
        if request.path == "/moved":
            return redirect("/private")
        return http(200, b"page", ETag='"a"')

    server = serve(answer)
    slept = []
    inner = fetcher(server)
    polite = PoliteFetcher(inner, Robots(inner), Politeness(1, clock=lambda: 0.0, sleep=slept.append))
    url = server.url(host="site.test")
    assert polite.get(f"{url}page", accept=["text/html"]).body == b"page"
    assert polite.get(f"{url}page", etag='"b"').etag == '"a"'
    with pytest.raises(RobotsDisallowed):
        polite.get(f"{url}private")
    with pytest.raises(RobotsDisallowed):
        polite.get(f"{url}moved")
    assert [request.path for request in server.requests] == ["/robots.txt", "/page", "/page", "/moved"]
    assert slept == [4, 8]


def test_a_page_s_own_trouble_is_told_as_such(serve, fetcher):
    server = serve(http(404))
    inner = fetcher(server)
    polite = PoliteFetcher(inner, Robots(inner), Politeness(0))
    with pytest.raises(HttpStatus):
        polite.get(server.url())
