"""Whatever a server does, a fetch ends: within its time, and without more bytes than it may take."""

import gzip
import itertools
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from tests.fetch.servers import http
from webapp.fetch.body import read_body
from webapp.fetch.connect import Meter, VettedStream
from webapp.fetch.deadline import Deadline
from webapp.fetch.errors import BadResponse, FetchTimeout, TooLarge, UnsupportedType
from webapp.fetch.limits import Limits

GENEROUS = 8.0  # seconds in which anything here must have ended, by far
HEAD = b"HTTP/1.1 200 Fine\r\n"


@pytest.fixture(autouse=True)
def it_ends():
    start = time.monotonic()
    yield
    assert time.monotonic() - start < GENEROUS


def drip(first, piece, seconds=0.02):
    """Something every now and then, for ever: no wait for it is long."""
    yield first
    while True:
        time.sleep(seconds)
        yield piece


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"H"),
        (HEAD, b"x"),
        (HEAD, b"X-Header: 1\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: 1\r\n"),
    ],
    ids=[
        "status line",
        "header name",
        "headers",
        "continue",
        "body",
        "counted body",
        "chunks",
        "extension",
        "trailers",
    ],
)
def test_what_drips_is_not_waited_for(serve, fetcher, first, piece):
    server = serve(lambda request: drip(first, piece))
    with pytest.raises(FetchTimeout) as caught:
        fetcher(server, total_seconds=0.4, read_seconds=5).get(server.url())
    assert caught.value.code == "fetch_timeout"


def test_a_server_that_falls_silent_is_not_waited_for(serve, fetcher):
    server = serve(lambda request: drip(HEAD + b"Content-Length: 9\r\n\r\n", b"x", seconds=2))
    with pytest.raises(FetchTimeout):
        fetcher(server, read_seconds=0.1, total_seconds=60).get(server.url())


def test_a_request_that_nobody_takes_is_given_up(serve, fetcher):
    release = threading.Event()
    server = serve(b"", raw=lambda connection: release.wait(GENEROUS))
    with pytest.raises(FetchTimeout):
        fetcher(server, read_seconds=0.1).post(server.url(), b"x" * 50_000_000, content_type="text/plain")
    release.set()


def test_the_time_is_for_all_redirects_together(serve, fetcher):
    """By a clock that goes on a second each time somebody looks at it."""
    server = serve(lambda request: b"HTTP/1.1 302 On\r\nLocation: " + request.path.encode() + b"x\r\n\r\n")
    ticks = itertools.count()
    with pytest.raises(FetchTimeout):
        fetcher(server, total_seconds=30, max_redirects=1000, clock=lambda: float(next(ticks))).get(server.url())


def test_time_in_a_queue_does_not_count():
    now = [0.0]
    deadline = Deadline(10, lambda: now[0])

    def wait():
        now[0] += 100

    deadline.pause(wait)
    assert deadline.within(50) == 10
    now[0] += 9
    assert deadline.within(50) == 1
    assert deadline.within(0.5) == 0.5
    now[0] += 1
    with pytest.raises(FetchTimeout):
        deadline.within(50)


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"HTTP/1.1 200 " + b"x" * 1000),
        (HEAD, b"X-Header: 1\r\n" * 100),
        (HEAD + b"X: ", b"x" * 1000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    ],
    ids=["status line", "headers", "one header", "continue"],
)
def test_endless_headers_end(serve, fetcher, first, piece):
    server = serve(lambda request: itertools.chain([first], itertools.repeat(piece)))
    with pytest.raises(BadResponse) as caught:
        fetcher(server, max_header_bytes=20_000).get(server.url())
    assert "endless headers" in caught.value.detail


@pytest.mark.parametrize(
    ("head", "piece"),
    [(b"", b"x" * 5000), (b"Transfer-Encoding: chunked\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n")],
    ids=["till it closes", "in chunks"],
)
def test_an_endless_body_ends_at_the_limit(serve, fetcher, head, piece):
    server = serve(lambda request: itertools.chain([HEAD + head + b"\r\n"], itertools.repeat(piece)))
    with pytest.raises(TooLarge) as caught:
        fetcher(server, max_bytes=100_000).get(server.url())
    assert caught.value.code == "too_large"


def test_a_body_that_is_too_large_says_what_is_read(serve, fetcher):
    server = serve([HEAD + b"Content-Length: 9000000\r\n\r\n"])
    with pytest.raises(TooLarge, match="more than the 2 MB that are read"):
        fetcher(server, max_bytes=2_000_000).get(server.url())


@pytest.mark.parametrize(
    ("first", "piece"),
    [(b"\r\n1;", b"x" * 1000), (b"\r\n0\r\n", b"X: 1\r\n" * 100), (b"\r\n", b"1;" + b"y" * 9000 + b"\r\nx\r\n")],
    ids=["extension", "trailers", "many extensions"],
)
def test_endless_framing_ends_too(serve, fetcher, first, piece):
    head = HEAD + b"Transfer-Encoding: chunked\r\n" + first
    server = serve(lambda request: itertools.chain([head], itertools.repeat(piece)))
    with pytest.raises(BadResponse):
        fetcher(server, max_bytes=1000).get(server.url())


@pytest.mark.parametrize("length", [101, 10**9, 10**19])
def test_a_declared_length_over_the_limit_is_refused_before_the_body(serve, fetcher, length):
    release = threading.Event()

    def answer(request):
        yield HEAD + b"Content-Length: %d\r\n\r\n" % length
        release.wait(GENEROUS)

    server = serve(answer)
    with pytest.raises(TooLarge) as caught:
        fetcher(server, max_bytes=100, read_seconds=2).get(server.url())
    assert "Content-Length" in caught.value.detail
    release.set()


def test_not_a_byte_more_is_taken_than_granted():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"x" * 5000)
        meter = Meter(1000)
        stream = VettedStream(ours, Limits(), Deadline(5), meter)
        assert len(stream.read(65_536)) == 1000
        with pytest.raises(BadResponse):
            stream.read(65_536)
        meter.grant_body(0)
        assert len(stream.read(65_536)) == 4000


@pytest.mark.parametrize(("size", "fits"), [(99, True), (100, True), (101, False)])
@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_the_limit_is_exact_and_counts_what_comes_out(serve, fetcher, size, fits, coding):
    packed = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress}[coding](b"x" * size)
    server = serve(HEAD + (f"Content-Encoding: {coding}\r\n".encode() if coding else b"") + b"\r\n" + packed)
    fetch = fetcher(server, max_bytes=100).get
    if fits:
        assert fetch(server.url()).body == b"x" * size
        return
    with pytest.raises(TooLarge):
        fetch(server.url())
    cut = fetch(server.url(), truncate=True)
    assert (cut.body, cut.truncated) == (b"x" * 100, True)


def test_a_longer_body_than_declared_is_not_read(serve, fetcher):
    server = serve(HEAD + b"Content-Length: 4\r\n\r\nhalf of it")
    assert fetcher(server).get(server.url()).body == b"half"


def test_the_caller_may_set_another_limit(serve, fetcher):
    server = serve(http(200, b"x" * 50))
    assert len(fetcher(server, max_bytes=10).get(server.url(), max_bytes=50).body) == 50
    with pytest.raises(TooLarge):
        fetcher(server).get(server.url(), max_bytes=49)


def bomb(coding):
    """A hundred megabytes of nothing in a hundred kilobytes."""
    packer = zlib.compressobj(9, wbits={"gzip": 31, "deflate": 15, "raw": -15}[coding])
    return b"".join([packer.compress(bytes(1_000_000)) for _ in range(100)] + [packer.flush()])


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw"])
def test_a_bomb_does_not_unfold(serve, fetcher, coding):
    packed = bomb(coding)
    server = serve(http(200, packed, Content_Encoding=coding.replace("raw", "deflate")))
    with pytest.raises(TooLarge):
        fetcher(server, max_bytes=200_000).get(server.url())
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read_body([packed], coding.replace("raw", "deflate"), 200_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_bomb_of_many_members_does_not_unfold():
    with pytest.raises(TooLarge):
        read_body([gzip.compress(bytes(1000)) * 1000], "gzip", 200_000)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br"])
def test_a_bomb_that_nobody_asked_for_is_not_even_read(coding):
    def chunks():
        raise AssertionError("read")
        yield b""

    with pytest.raises(UnsupportedType):
        read_body(chunks(), coding, 100)
