"""Whatever the address, whatever the server: an answer or a FetchError, and never a connection inside."""

# ruff: noqa: RUF001 - letters that look like others are the point

import socket
import ssl
import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.fetch.errors import FetchError
from webapp.fetch.fetched import Fetched
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.limits import Limits

CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

PIECES = st.sampled_from(
    [
        *("http", "https", ":", "//", "/", "\\", "@", "[", "]", "::1", "127.0.0.1", "0x7f.1", ".", "%", "%25", "?"),
        *("#", " ", "\t", "\n", "\x00", "a", "A.b", "é", "。", "１", "xn--", "-", "_", ":80", ":443", ":22"),
        *("\u200d", "\ud800", "ß", "☃"),
    ]
)
PIECED = st.lists(PIECES).map("".join)
HOSTS = st.builds(
    "{0}://{1}{2}".format, st.sampled_from(["http", "https", "HTTP"]), st.text() | PIECED, st.text() | PIECED
)
INSIDE = st.sampled_from(["10.0.0.1", "127.0.0.1", "::1", "fe80::1%lo", "::ffff:10.0.0.1", "nonsense", ""])


def no_connection(address, port, seconds):
    raise AssertionError(f"connected to {address}")


@settings(max_examples=300, deadline=None)
@given(st.text() | PIECED | HOSTS, st.lists(INSIDE, max_size=3), st.booleans())
def test_no_address_leads_anywhere_else(url, answers, post):
    fetcher = Fetcher(Limits(), resolver=lambda host: answers, dial=no_connection, ssl_context=CONTEXT)
    try:
        result = fetcher.post(url, b"", content_type="a/b") if post else fetcher.get(url)
    except FetchError as error:
        assert error.code and error.message.endswith(".")
    else:
        raise AssertionError(result)


LINES = st.sampled_from(
    [
        *(b"HTTP/1.1 200 Fine\r\n", b"HTTP/1.0 200\r\n", b"HTTP/2 200\r\n", b"HTTP/1.1 302 On\r\n"),
        *(b"HTTP/1.1 100 Go\r\n\r\n", b"HTTP/1.1 304 Same\r\n", b"Content-Length: 5\r\n", b"Retry-After: 9\r\n"),
        *(b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: deflate\r\n"),
        *(b"Location: /x\r\n", b"Location: http://10.0.0.1/\r\n", b"Content-Type: text/html; charset=\r\n"),
        *(b"\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n", b"hello", b"\x1f\x8b\x08", b"\x00", b'ETag: "\xff\x01"\r\n'),
    ]
)
STARTS = st.sampled_from(
    [b"", b"HTTP/1.1 200 Fine\r\n", b"HTTP/1.1 302 On\r\nLocation: ", b"HTTP/1.1 503 Later\r\nRetry-After: "]
)
ANSWERS = st.tuples(STARTS, (st.lists(LINES).map(b"".join) | st.binary())).map(b"".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS)
def test_no_answer_brings_anything_else(answer):
    def dial(address, port, seconds):
        ours, theirs = socket.socketpair()
        threading.Thread(target=speak, args=(theirs,), daemon=True).start()
        return Peer(ours, str(address))

    def speak(theirs):
        with theirs:
            theirs.recv(65_536)
            theirs.sendall(answer)

    limits = Limits(max_bytes=1000, total_seconds=30)
    fetcher = Fetcher(limits, resolver=lambda host: ["8.8.8.8"], dial=dial, ssl_context=CONTEXT)
    try:
        assert isinstance(fetcher.get("http://site.test/"), Fetched)
    except FetchError as error:
        assert error.message.endswith(".")


class Peer:
    """A socket that says it reached the address; without a network, that is the one thing to pretend."""

    def __init__(self, connection, address):
        self._connection = connection
        self._address = address

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def getpeername(self):
        return self._address, 80
