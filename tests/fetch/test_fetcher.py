"""An ordinary fetch: what is sent, what comes back, and which answers are errors."""

import gzip
import logging
import re
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.fetch.servers import http, redirect
from webapp.fetch.errors import BadResponse, HttpStatus, UnsupportedType, UrlInvalid
from webapp.fetch.fetched import Fetched

PAGE = b"<!doctype html><title>A page</title>"


def test_brings_back_the_body_and_what_the_headers_say(serve, fetcher):
    headers = {"ETag": 'W/"a1"', "Last_Modified": "Wed, 21 Oct 2026 07:28:00 GMT"}
    server = serve(http(200, PAGE, Content_Type='text/html; x=y; Charset="ISO-8859-1"', **headers))
    assert fetcher(server).get(server.url("/a?b#c", host="site.test")) == Fetched(
        url=f"http://site.test:{server.port}/a?b",
        status=200,
        content_type='text/html; x=y; Charset="ISO-8859-1"',
        charset="iso-8859-1",
        body=PAGE,
        etag='W/"a1"',
        last_modified="Wed, 21 Oct 2026 07:28:00 GMT",
    )


def test_says_who_asks_and_nothing_that_it_should_keep(serve, fetcher, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:9")
    server = serve(http(200, Set_Cookie="session=secret"))
    fetch = fetcher(server, contact="https://operator.example/about").get
    for _ in range(2):
        fetch(server.url("/p", host="site.test"))
    assert len(server.requests) == 2
    for request in server.requests:
        assert request.line == "GET /p HTTP/1.1"
        assert request.headers == {
            "host": f"site.test:{server.port}",
            "user-agent": "Captioner (+https://operator.example/about)",
            "accept": "*/*",
            "accept-encoding": "gzip, deflate",
            "connection": "close",
        }


def test_names_captioner_also_without_a_contact(serve, fetcher):
    server = serve(http(200))
    fetcher(server).get(server.url())
    assert server.requests[0].headers["user-agent"] == "Captioner (self-hosted alt-text service)"


def test_a_status_without_a_body_has_none(serve, fetcher):
    server = serve(b"HTTP/1.1 204 No Content\r\n\r\n")
    fetched = fetcher(server).get(server.url(), accept=["text/html"])
    assert (fetched.status, fetched.body, fetched.content_type) == (204, b"", "")


def test_what_has_not_changed_is_not_sent_again(serve, fetcher):
    def answer(request):
        known = request.headers.get("if-none-match") == '"a"' or "if-modified-since" in request.headers
        return http(304, ETag='"a"') if known else http(200, b"new", ETag='"a"', Last_Modified="yesterday")

    server = serve(answer)
    first = fetcher(server).get(server.url())
    assert not first.not_modified
    for validators in ({"etag": first.etag}, {"last_modified": first.last_modified}):
        again = fetcher(server).get(server.url(), **validators)
        assert (again.not_modified, again.status, again.body, again.etag) == (True, 304, b"", '"a"')
    assert fetcher(server).get(server.url(), etag='"other"').body == b"new"


def test_a_304_that_nobody_asked_for_is_an_error(serve, fetcher):
    server = serve(http(304))
    with pytest.raises(HttpStatus) as caught:
        fetcher(server).get(server.url())
    assert caught.value.status == 304


@pytest.mark.parametrize("etag", ["a\r\nHost: b", "\x00", " a", "☃"])
def test_a_validator_that_cannot_be_sent_is_a_mistake_of_the_caller(serve, fetcher, etag):
    server = serve(http(200))
    with pytest.raises(ValueError):
        fetcher(server).get(server.url(), etag=etag)
    assert server.connections == 0


def test_a_validator_that_could_not_be_sent_back_is_not_kept(serve, fetcher):
    server = serve(http(200, ETag='"\x01"'))
    assert fetcher(server).get(server.url()).etag == ""


@pytest.mark.parametrize(
    ("status", "may_pass", "hint"),
    [
        (300, False, "browser"),
        (301, False, "browser"),  # without a place to go to
        (400, False, "browser"),
        (401, False, "everybody"),
        (403, False, "everybody"),
        (404, False, "another one"),
        (408, True, "browser"),
        (410, False, "another one"),
        (429, True, "later"),
        (500, True, "later"),
        (503, True, "later"),
    ],
)
def test_any_other_status_is_an_error_that_says_what_to_do(serve, fetcher, status, may_pass, hint):
    server = serve(http(status, b"a body that nobody reads"))
    with pytest.raises(HttpStatus) as caught:
        fetcher(server).get(server.url())
    error = caught.value
    assert (error.code, error.status, error.may_pass) == ("http_status", status, may_pass)
    assert str(status) in error.message and hint in error.message


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True), 0),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("9" * 5000, None),
        ("Wed, 21 Oct 2026 07:28:00", None),
    ],
)
def test_a_server_may_say_when_to_come_again(serve, fetcher, value, seconds):
    server = serve(http(503, Retry_After=value))
    with pytest.raises(HttpStatus) as caught:
        fetcher(server).get(server.url())
    assert caught.value.retry_after == seconds


def test_a_date_to_come_again_is_counted_from_now(serve, fetcher):
    server = serve(http(429, Retry_After=format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)))
    with pytest.raises(HttpStatus) as caught:
        fetcher(server).get(server.url())
    assert 3000 < caught.value.retry_after <= 3600


@pytest.mark.parametrize(
    ("content_type", "fits"),
    [
        ("image/png", True),
        ("IMAGE/JPEG; q=1", True),
        ("text/html;charset=utf-8", True),
        ("", True),
        ("text/plain", False),
        ("imagery/png", False),
        ("application/octet-stream", False),
        ("nonsense", False),
    ],
)
def test_another_type_is_refused_before_its_body_is_read(serve, fetcher, content_type, fits):
    def answer(request):
        yield http(200, Content_Type=content_type, Content_Length="5")
        yield b"12345"

    server = serve(answer)
    if fits:
        assert fetcher(server).get(server.url(), accept=["image/*", "text/html"]).body == b"12345"
        assert server.requests[0].headers["accept"] == "image/*, text/html"
    else:
        with pytest.raises(UnsupportedType) as caught:
            fetcher(server).get(server.url(), accept=["image/*", "text/html"])
        assert caught.value.code == "unsupported_type"


@pytest.mark.parametrize(
    ("kind", "accept", "said"),
    [
        ("application/pdf", "text/html", "a file of the type application/pdf, and a page of HTML is needed here."),
        ("text/html; charset=x", "image/*", "a file of the type text/html, and a picture is needed here."),
        ("<b>/x", "image/*", "another kind of file than is needed here."),
        ("text/html", "font/*", "another kind of file than is needed here."),
    ],
)
def test_a_misfit_is_said_by_name(serve, fetcher, kind, accept, said):
    def answer(request):
        yield http(200, Content_Type=kind, Content_Length="5")
        yield b"12345"

    server = serve(answer)
    with pytest.raises(UnsupportedType, match=re.escape(said)):
        fetcher(server).get(server.url(), accept=[accept])


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:10]) + gzip.compress(b"") + gzip.compress(PAGE[10:])),
        ("gzip", gzip.compress(PAGE) + b"\x00" * 100),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE) + b"\r\n"),
        ("deflate", raw_deflate(PAGE)),
        ("identity", PAGE),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_compression_is_undone_however_it_comes(serve, fetcher, encoding, packed, size):
    def answer(request):
        yield http(200, Content_Encoding=encoding, Content_Length=str(len(packed)))
        for start in range(0, len(packed), size):
            yield packed[start : start + size]

    server = serve(answer)
    assert fetcher(server).get(server.url()).body == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_body_needs_no_compression(serve, fetcher, encoding):
    server = serve(http(200, Content_Encoding=encoding))
    assert fetcher(server).get(server.url()).body == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "nonsense", "gzip,"])
def test_a_compression_that_was_not_asked_for_is_refused(serve, fetcher, encoding):
    server = serve(http(200, gzip.compress(gzip.compress(PAGE)), Content_Encoding=encoding))
    with pytest.raises(UnsupportedType):
        fetcher(server).get(server.url())


def test_two_headers_of_compression_are_two_compressions(serve, fetcher):
    body = gzip.compress(gzip.compress(PAGE))
    head = b"HTTP/1.1 200 Fine\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n"
    server = serve(head + body)
    with pytest.raises(UnsupportedType):
        fetcher(server).get(server.url())


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 Fine\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 Fine\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nContent-Length: \xb2\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
        b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 Fine\r\nContent-Encoding: gzip\r\n\r\nno gzip at all",
        b"HTTP/1.1 200 Fine\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:-9],
        b"HTTP/1.1 200 Fine\r\nContent-Encoding: deflate\r\n\r\n" + zlib.compress(PAGE)[:-5],
    ],
)
def test_an_answer_that_is_no_http_or_breaks_off_is_said_to_be_so(serve, fetcher, answer):
    server = serve(answer)
    with pytest.raises(BadResponse) as caught:
        fetcher(server).get(server.url())
    assert caught.value.code == "bad_response"
    assert caught.value.may_pass


def test_redirects_are_told_in_their_order(serve, fetcher):
    def answer(request):
        return {"/1": redirect("/2", 301), "/2": redirect("3?x", 307)}.get(request.path) or http(200, b"end")

    server = serve(answer)
    fetched = fetcher(server).get(server.url("/1"))
    assert fetched.body == b"end"
    assert fetched.url == server.url("/3?x")
    assert fetched.redirects == (server.url("/1"), server.url("/2"))


def test_a_redirect_in_utf_8_is_read_as_such(serve, fetcher):
    def answer(request):
        return redirect("/b\xc3\xbccher") if request.path == "/" else http(200)

    server = serve(answer)
    assert fetcher(server).get(server.url()).url == server.url("/b%C3%BCcher")


def test_each_hop_is_shown_before_it_is_asked_for(serve, fetcher):
    server = serve(lambda request: redirect("/2") if request.path == "/1" else http(200))
    seen = []

    def before(url):
        seen.append((url, server.connections))

    fetcher(server).get(server.url("/1"), before=before)
    assert seen == [(server.url("/1"), 0), (server.url("/2"), 1)]


def test_whoever_is_shown_a_hop_may_stop_it(serve, fetcher):
    def stop(url):
        raise UrlInvalid

    server = serve(http(200))
    with pytest.raises(UrlInvalid):
        fetcher(server).get(server.url(), before=stop)
    assert server.connections == 0


def test_hands_a_body_over(serve, fetcher):
    server = serve(http(202, b"taken"))
    fetched = fetcher(server).post(
        server.url("/hook"), b'{"a": 1}', content_type="application/json", headers={"X-Signature": "abc"}
    )
    (request,) = server.requests
    assert (fetched.status, fetched.body) == (202, b"taken")
    assert (request.line, request.body) == ("POST /hook HTTP/1.1", b'{"a": 1}')
    assert request.headers["x-signature"] == "abc"
    assert request.headers["content-type"] == "application/json"


def test_a_long_answer_to_what_was_handed_over_is_cut_off(serve, fetcher):
    server = serve(http(200, b"x" * 1000))
    fetched = fetcher(server).post(server.url(), b"", content_type="text/plain", max_bytes=10)
    assert (fetched.body, fetched.truncated) == (b"x" * 10, True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_was_signed_for_one_address_goes_to_no_other(serve, fetcher, status):
    server = serve(redirect("/other", status))
    with pytest.raises(HttpStatus) as caught:
        fetcher(server).post(server.url(), b"x", content_type="text/plain")
    assert caught.value.status == status
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "headers",
    [
        *({"Host": "a"}, {"cookie": "a"}, {"Authorization": "a"}, {"Content-length": "1"}, {"User-Agent": "Mozilla"}),
        *({"Transfer-Encoding": "chunked"}, {"X:": "a"}, {"X\r\nY": "a"}, {"": "a"}, {"X": "a\r\nY: b"}),
        *({"X": "a\nb"}, {"X": "☃"}),
    ],
)
def test_headers_that_are_not_the_caller_s_to_set_are_a_mistake(serve, fetcher, headers):
    server = serve(http(200))
    with pytest.raises(ValueError):
        fetcher(server).post(server.url(), b"", content_type="text/plain", headers=headers)
    assert server.connections == 0


def test_the_log_has_the_detail_and_no_secret_of_the_address(serve, fetcher, caplog):
    server = serve(http(404))
    with caplog.at_level(logging.INFO, "webapp.fetch"), pytest.raises(HttpStatus):
        fetcher(server).get(server.url("/p?token=secret"))
    with caplog.at_level(logging.INFO, "webapp.fetch"), pytest.raises(UrlInvalid):
        fetcher(server).get("x\r\nforged line \u2028☃")
    assert "/p'" in caplog.messages[0] and "http_status" in caplog.messages[0]
    assert "secret" not in caplog.text
    assert caplog.messages[1].isascii() and caplog.messages[1].isprintable()
