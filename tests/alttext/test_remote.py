"""The API as a source: of a live Captioner, and of servers that misbehave."""

import http.server
import threading
import time
from math import inf

import httpcore2
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from alttext.breaker import AskLater
from alttext.middleware import AltTextMiddleware
from alttext.options import Options
from alttext.remote import LookupFailed, RemoteTexts
from tests.delivery.decided import ADDRESS, TEXT, decided, programs_owner, undecided
from tests.uses.placed import PAGE_ADDRESS, TULIP, audited, uses_of
from webapp.accounts.keys import make_key
from webapp.audit.places import decide_on
from webapp.delivery.local import DatabaseTexts

OTHER = "https://example.org/other.jpg"


def test_decided_texts_come_from_a_captioner(live_server):
    decided()
    undecided(OTHER)
    source = RemoteTexts(Options(url=f"{live_server.url}/", key=make_key("shop")[1], timeout=20))
    for _ in range(2):  # the connection is used again
        assert source.texts([ADDRESS, OTHER]) == {ADDRESS: {"alt_text": TEXT, "lang": "en", "origin": "edited"}}


def test_so_do_those_of_uses(live_server):
    owner = programs_owner()
    _, second, _, fence = uses_of(audited(owner))
    decide_on(second, "Your basket.", owner=owner)
    decide_on(fence, "", owner=owner, role="decorative")
    expected = {
        (TULIP, 2): {"alt_text": "Your basket.", "lang": "en", "origin": "edited"},
        (fence.known_as, 1): {"alt_text": "", "lang": "en", "origin": "decorative"},
    }
    remote = RemoteTexts(Options(url=live_server.url, key=make_key("shop")[1], timeout=20))
    for source in (remote, DatabaseTexts(Options())):
        assert source.texts([TULIP, fence.known_as], PAGE_ADDRESS) == expected
        assert source.texts([TULIP, fence.known_as]) == {}


def test_more_addresses_than_one_request_takes(live_server):
    decided()
    source = RemoteTexts(Options(url=live_server.url, key=make_key("shop")[1], timeout=20))
    many = [f"https://example.org/{number}.jpg" for number in range(450)]
    assert list(source.texts([*many, ADDRESS])) == [ADDRESS]


def test_a_wrong_key_is_a_failure(live_server):
    with pytest.raises(LookupFailed, match="401"):
        RemoteTexts(Options(url=live_server.url, key="cap_wrong", timeout=20)).texts([ADDRESS])


@pytest.mark.parametrize("kind", ["remote", "local"])
def test_a_page_is_filled_in(kind, live_server, settings):
    decided()
    remote = {"URL": live_server.url, "KEY": make_key("shop")[1], "TIMEOUT": 20}
    settings.ALTTEXT = remote if kind == "remote" else {"SOURCE": "webapp.delivery.local.DatabaseTexts"}
    cache.clear()
    page = f'<html lang=en><img src="{ADDRESS}"><a href=x><img src="{ADDRESS}"></a>'
    answer = AltTextMiddleware(lambda request: HttpResponse(page))(RequestFactory().get("/"))
    assert answer.content.decode() == page.replace("<img", f'<img alt="{TEXT}" data-alt-origin="edited"', 1)
    cache.clear()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_POST(self):
        case = self.path.split("/")[1]
        self.rfile.read(int(self.headers["Content-Length"]))
        if case == "silent":
            time.sleep(3)
            return
        status = {"error": 503, "redirect": 302, "often": 429}.get(case, 200)
        body = {
            "no-json": b"<html>",
            "no-texts": b"{}",
            "list": b'{"texts": []}',
            "half": b'{"texts": {"a": {"alt_text": "x"}}}',
            "large": b" " * 1_100_000,
        }.get(case, b'{"texts": {}}')
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "/redirected/")
        if case == "often":
            self.send_header("Retry-After", self.path.split("/")[2])
        self.end_headers()
        if case == "drip":
            for _ in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
            return
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def misbehaving():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("case", ["error", "redirect", "no-json", "no-texts", "list", "half", "large"])
def test_an_answer_that_is_not_as_documented_is_a_failure(misbehaving, case):
    with pytest.raises(LookupFailed):
        RemoteTexts(Options(url=f"{misbehaving}/{case}", timeout=10)).texts(["a"])


@pytest.mark.parametrize("case", ["silent", "drip"])
def test_an_answer_that_does_not_come_in_time_is_a_failure(misbehaving, case):
    with pytest.raises((LookupFailed, httpcore2.TimeoutException)):
        RemoteTexts(Options(url=f"{misbehaving}/{case}", timeout=0.3)).texts(["a"])


@pytest.mark.parametrize(
    ("said", "seconds"), [("7", 7), ("-1", inf), ("Wed,21Oct2026", inf), ("", inf), ("9" * 5000, inf)], ids=range(5)
)
def test_where_the_api_is_asked_too_often_it_says_when_to_come_again(misbehaving, said, seconds):
    with pytest.raises(AskLater) as caught:
        RemoteTexts(Options(url=f"{misbehaving}/often/{said}", timeout=10)).texts(["a"])
    assert caught.value.seconds == seconds


def test_a_captioner_that_is_asked_too_often_says_so(live_server, settings, tmp_path):
    settings.LOOKUP_RATE, settings.RATES_FILE = 1, tmp_path / "rates.sqlite3"
    source = RemoteTexts(Options(url=live_server.url, key=make_key("shop")[1], timeout=20))
    for _ in range(10):
        assert source.texts([OTHER]) == {}
    with pytest.raises(AskLater) as caught:
        source.texts([OTHER])
    assert 0 < caught.value.seconds <= 6


def test_so_is_a_server_that_is_not_there():
    with pytest.raises(httpcore2.NetworkError):
        RemoteTexts(Options(url="http://127.0.0.1:9", timeout=5)).texts(["a"])
