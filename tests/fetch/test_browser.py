"""Pages that scripts build, in a real Chromium that can reach nothing but what the fetcher gives it."""

import os
import socket
import threading
from ipaddress import ip_network

import pytest

from tests.fetch.servers import INSIDE, WEB, http, redirect
from tests.services.servers import need
from webapp.fetch.browser.browser import Browser
from webapp.fetch.browser.chromium import find_chromium
from webapp.fetch.errors import (
    BrowserFailed,
    FetchTimeout,
    HttpStatus,
    NotYet,
    RobotsDisallowed,
    TooLarge,
    TooManyRedirects,
)
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots

pytestmark = pytest.mark.service


def polite(plain):
    return PoliteFetcher(plain, Robots(plain), Politeness(0))


@pytest.fixture
def web(serve):
    """A web of pages by their paths; ``web.pages`` may hold functions of the request too."""
    pages = {}

    def answer(request):
        found = pages.get(request.path, http(404))
        return found(request) if callable(found) else found

    server = serve(answer)
    server.pages = pages
    return server


@pytest.fixture
def browser(fetcher, web):
    """Makes a browser. It runs as root in a container here, where Chromium has no sandbox; in service it has one."""
    path = find_chromium() or need("chromium")

    def make(*fetchers, **options):
        fetchers = fetchers or (polite(fetcher(web)),)
        return Browser(path, fetchers, sandbox=os.geteuid() != 0, **options)

    return make


def html(body, **headers):
    return http(200, f"<!doctype html><title>x</title><body>{body}".encode(), Content_Type="text/html", **headers)


def script(code):
    return http(200, code.encode(), Content_Type="text/javascript")


def built_by(code):
    return html(f'<div id="root"></div><script>const root = document.getElementById("root");{code}</script>')


def paths(server):
    return [request.path for request in server.requests]


TELL = 'const tell = (what) => { const p = document.createElement("p"); p.textContent = what; root.append(p); };'


def test_a_page_built_by_script_is_seen_with_what_it_fetches_for_that(browser, web):
    web.pages |= {
        "/": html('<div id="root"></div><script type="module" src="/app.js"></script>'),
        "/app.js": script(
            'import { name } from "./name.js"; const data = await (await fetch("/data.json")).json();'
            'document.getElementById("root").innerHTML = `<h1>${name}</h1><img src="${data.picture}">`;'
        ),
        "/name.js": script('export const name = "Wheels & more";'),
        "/data.json": http(200, b'{"picture": "/wheel.jpg"}', Content_Type="application/json"),
    }
    page = browser().get(web.url("/"))

    assert "<h1>Wheels &amp; more</h1>" in page.body.decode()
    assert '<img src="/wheel.jpg">' in page.body.decode()
    assert (page.url, page.status, page.charset) == (web.url("/"), 200, "utf-8")
    assert sorted(paths(web)) == ["/", "/app.js", "/data.json", "/name.js", "/robots.txt"], "and no picture"


def test_what_its_script_asks_of_private_addresses_is_refused(browser, web, serve):
    inside = serve(http(200, b"secret", Access_Control_Allow_Origin="*"), address=INSIDE)
    web.pages["/"] = built_by(
        f"""{TELL} for (const address of ["{inside.url()}", "http://localhost:{inside.port}/",
          "http://169.254.169.254/latest/meta-data/", "http://[::1]:{inside.port}/", "file:///etc/passwd"]) {{
          fetch(address).then((answer) => answer.text()).then(tell, () => tell("refused")); }}
        for (const tag of ["img", "iframe", "script", "embed"]) {{
          const part = document.createElement(tag);
          part.src = "{inside.url("/part")}"; document.body.append(part); }}"""
    )
    page = browser().get(web.url("/")).body.decode()

    assert page.count("<p>refused</p>") == 5
    assert "secret" not in page
    assert inside.connections == 0


def test_neither_a_websocket_nor_a_redirect_nor_a_worker_leads_inside(browser, web, serve):
    inside = serve(http(200, b"secret", Access_Control_Allow_Origin="*"), address=INSIDE)
    web.pages |= {
        "/": built_by(
            f"""{TELL} fetch("/away").then((answer) => answer.text()).then(tell, () => tell("refused"));
            const frame = document.createElement("iframe"); root.append(frame);
            for (const Socket of [window.WebSocket, frame.contentWindow.WebSocket]) {{
              try {{ const socket = new Socket("ws://{INSIDE}:{inside.port}/");
                socket.onopen = () => tell("open"); }} catch {{ tell("no socket"); }} }}
            try {{ new Worker(URL.createObjectURL(new Blob(['fetch("{inside.url()}")']))); }} catch {{ tell("none"); }}
            navigator.serviceWorker?.register("/worker.js").catch(() => tell("none"));
            navigator.sendBeacon("{inside.url()}", "x"); window.open("{inside.url()}");"""
        ),
        "/away": redirect(inside.url()),
        "/worker.js": script(f'fetch("{inside.url()}")'),
    }
    page = browser().get(web.url("/")).body.decode()

    assert "<p>refused</p>" in page
    assert "<p>open</p>" not in page
    assert "secret" not in page
    assert inside.connections == 0


def test_no_packet_leaves_by_webrtc(browser, web):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind((WEB, 0))
        listener.settimeout(1)
        web.pages["/"] = built_by(
            f"""{TELL} const frame = document.createElement("iframe"); root.append(frame);
            const Connection = window.RTCPeerConnection ?? frame.contentWindow.RTCPeerConnection;
            if (Connection) {{ const one = new Connection({{iceServers: [{{
                urls: "stun:{WEB}:{listener.getsockname()[1]}"}}]}});
              one.createDataChannel("x"); one.createOffer().then((offer) => one.setLocalDescription(offer)); }}
            tell("tried");"""
        )
        assert "<p>tried</p>" in browser(quiet_seconds=3).get(web.url("/")).body.decode()
        with pytest.raises(TimeoutError):
            listener.recv(1)


def test_only_what_another_origin_allows_is_read(browser, web, serve, fetcher):
    open_to = serve(lambda request: http(200, b"open", Access_Control_Allow_Origin=request.headers.get("origin", "")))
    closed = serve(http(200, b"closed"))
    web.pages["/away"] = redirect(closed.url())
    web.pages["/"] = built_by(
        f"""{TELL} for (const address of ["{open_to.url()}", "{closed.url()}", "/away"]) {{
        fetch(address).then((answer) => answer.text()).then(tell, () => tell("refused")); }}"""
    )
    page = browser(polite(fetcher(web, open_to, closed))).get(web.url("/")).body.decode()

    assert "<p>open</p>" in page
    assert page.count("<p>refused</p>") == 2


def test_a_page_of_the_web_reads_nothing_of_the_operators_own_networks(browser, web, serve, fetcher):
    """The second fetcher reaches more, and is for pages that the first one does not reach."""
    own = serve(lambda request: built_by('root.textContent = "Our own."'), address=INSIDE)
    strict = polite(fetcher(web, own))
    loose = polite(fetcher(web, own, private=(*strict.fetcher.limits.private, ip_network(f"{INSIDE}/32"))))
    web.pages["/"] = built_by(f'{TELL} fetch("{own.url()}", {{mode: "no-cors"}}).then(tell, () => tell("refused"));')

    assert "<p>refused</p>" in browser(strict, loose).get(web.url("/")).body.decode()
    assert own.connections == 0
    assert "Our own." in browser(strict, loose).get(own.url("/")).body.decode()


@pytest.mark.parametrize(
    ("code", "path"),
    [('location.href = "/next"', "/next"), ('location.replace("/old")', "/next")],
    ids=["script", "and a redirect"],
)
def test_where_a_script_leads_is_where_the_page_is(browser, web, code, path):
    web.pages |= {"/": built_by(code), "/old": redirect("/next"), "/next": html("<p>The next one.")}
    page = browser().get(web.url("/"))
    assert page.url == web.url(path)
    assert "The next one." in page.body.decode()


def test_a_script_that_leads_on_for_ever_or_away_ends_it(browser, web):
    web.pages["/"] = built_by('location.href = "/" + "?" + Math.random();')
    web.answer = lambda request: web.pages["/"]
    with pytest.raises(TooManyRedirects):
        browser().get(web.url("/"))


def test_an_endless_script_is_cut_off(browser, web):
    web.pages["/"] = built_by("while (true) {}")
    with pytest.raises(FetchTimeout, match="scripts took too long"):
        browser(seconds=6, build_seconds=2).get(web.url("/"))


def test_a_page_that_never_rests_is_taken_as_it_is(browser, web):
    web.pages |= {
        "/": built_by('root.textContent = "Here."; setInterval(() => fetch("/tick"), 100)'),
        "/tick": http(200),
    }
    page = browser(build_seconds=4, quiet_seconds=1).get(web.url("/"))
    assert "Here." in page.body.decode()


def test_a_page_that_asks_for_too_much_gets_no_more(browser, web):
    web.pages["/"] = built_by('for (let at = 0; at < 300; at++) fetch("/part?" + at);')
    browser(build_seconds=15).get(web.url("/"))
    assert sum(path.startswith("/part") for path in paths(web)) <= 100


def test_a_page_that_grows_too_large_is_refused(browser, web):
    web.pages["/"] = built_by('root.textContent = "x".repeat(200000)')
    with pytest.raises(TooLarge):
        browser(max_bytes=100_000).get(web.url("/"))


def test_nothing_is_posted_and_no_dialog_holds_it(browser, web):
    web.pages["/"] = built_by(f'{TELL} alert("Hello"); fetch("/", {{method: "POST"}}).catch(() => tell("refused"));')
    assert "<p>refused</p>" in browser().get(web.url("/")).body.decode()
    assert {request.line.split(" ")[0] for request in web.requests} == {"GET"}


def test_robots_txt_and_errors_are_as_without_a_browser(browser, web):
    with pytest.raises(HttpStatus):
        browser().get(web.url("/gone"))
    web.pages["/robots.txt"] = http(200, b"User-agent: *\nDisallow: /data\nDisallow: /secret")
    web.pages["/"] = built_by(f'{TELL} fetch("/data").then(tell, () => tell("refused"));')
    with pytest.raises(RobotsDisallowed):
        browser().get(web.url("/secret"))
    assert "<p>refused</p>" in browser().get(web.url("/")).body.decode()
    assert "/data" not in paths(web)


def test_it_builds_one_page_at_a_time_and_nobody_waits_for_it(browser, web):
    asked, go_on = threading.Event(), threading.Event()

    def slow(request):
        asked.set()
        go_on.wait(20)
        return html("<p>x")

    web.pages["/"] = slow
    one = browser()
    thread = threading.Thread(target=one.get, args=(web.url("/"),))
    thread.start()
    assert asked.wait(20)
    with pytest.raises(NotYet):
        one.get(web.url("/"))
    go_on.set()
    thread.join(60)
    assert not thread.is_alive()


def test_a_browser_that_does_not_start_says_so(fetcher, web):
    web.pages["/"] = html("<p>x")
    for path in (need("false"), "/nowhere/chromium"):
        with pytest.raises(BrowserFailed):
            Browser(path, (polite(fetcher(web)),)).get(web.url("/"))


def test_nothing_of_it_stays(browser, web, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    web.pages["/"] = html("<p>x")
    browser().get(web.url("/"))
    assert list(tmp_path.iterdir()) == []
