"""Under TLS the address is the vetted one, and the name is still the host's: in SNI and in the certificate."""

import socket
import ssl
import struct
import threading
import time
from datetime import datetime
from ipaddress import ip_network

import httpcore2
import pytest
import trustme

from tests.fetch.servers import INSIDE, WEB, http, redirect
from webapp.fetch.errors import BadResponse, FetchTimeout, RedirectRefused, TlsFailed, Unreachable
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.limits import Limits


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def trusting(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


@pytest.fixture
def server_context(authority):
    """Makes the server's side, with a certificate for the names; ``context.asked`` holds the names of SNI."""

    def make(*names, issuer=authority, **options):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer.issue_cert(*names, **options).configure_cert(context)
        context.asked = []
        context.sni_callback = lambda connection, name, _: context.asked.append(name)
        return context

    return make


def test_the_host_s_name_is_asked_for_and_verified(serve, fetcher, trusting, server_context, dialled):
    context = server_context("site.test")
    server = serve(http(200, b"safe"), context=context)
    fetched = fetcher(server, ssl_context=trusting).get(server.url(scheme="https", host="SITE.test."))
    assert fetched.body == b"safe"
    assert fetched.url == f"https://site.test:{server.port}/"
    assert context.asked == ["site.test"]
    assert dialled == [WEB]


def test_a_certificate_may_be_for_an_address(serve, fetcher, trusting, server_context):
    server = serve(http(200, b"safe"), context=server_context(WEB))
    assert fetcher(server, ssl_context=trusting).get(server.url(scheme="https")).body == b"safe"


def test_a_certificate_that_does_not_fit_is_refused(serve, fetcher, trusting, server_context):
    for context in (
        server_context("other.test"),
        server_context(WEB),  # of the address, when the name was asked for
        server_context("site.test", issuer=trustme.CA()),
        server_context("site.test", not_after=datetime(2020, 1, 1)),
    ):
        server = serve(http(200), context=context)
        with pytest.raises(TlsFailed) as caught:
            fetcher(server, ssl_context=trusting).get(server.url(scheme="https", host="site.test"))
        assert caught.value.code == "tls_failed"
        assert server.requests == []


def test_nobody_is_trusted_but_whom_the_system_trusts(serve, names, server_context):
    server = serve(http(200), context=server_context("site.test"))
    limits = Limits(private=(ip_network(WEB),), ports=frozenset([server.port]))
    with pytest.raises(TlsFailed):
        Fetcher(limits, resolver=names).get(server.url(scheme="https", host="site.test"))


def test_rebinding_meets_the_same_wall(serve, fetcher, names, trusting, server_context):
    context = server_context("rebinding.test")
    web = serve(redirect("/again"), context=context)
    inside = serve(http(200), address=INSIDE, port=web.port, context=context)
    names["rebinding.test"] = [[WEB], [INSIDE]]
    with pytest.raises(Unreachable):
        fetcher(web, ssl_context=trusting).get(web.url(scheme="https", host="rebinding.test"))
    assert inside.connections == 0


def test_a_redirect_to_plain_http_is_refused(serve, fetcher, trusting, server_context):
    plain = serve(http(200))
    server = serve(redirect(plain.url(host="site.test")), context=server_context("site.test"))
    with pytest.raises(RedirectRefused):
        fetcher(server, plain, ssl_context=trusting).get(server.url(scheme="https", host="site.test"))
    assert plain.connections == 0


def test_a_redirect_from_plain_http_is_followed(serve, fetcher, trusting, server_context):
    server = serve(http(200, b"safe"), context=server_context("site.test"))
    plain = serve(redirect(server.url(scheme="https", host="site.test")))
    assert fetcher(server, plain, ssl_context=trusting).get(plain.url()).body == b"safe"


def test_a_server_without_tls_is_told(serve, fetcher, trusting):
    server = serve(b"", raw=lambda connection: connection.sendall(b"HTTP/1.1 400 No\r\n\r\n"))
    with pytest.raises(TlsFailed):
        fetcher(server, ssl_context=trusting).get(server.url(scheme="https"))


def test_a_connection_that_breaks_in_the_handshake_is_told(serve, fetcher, trusting):
    def reset(connection):
        connection.recv(9)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    server = serve(b"", raw=reset)
    with pytest.raises(BadResponse):
        fetcher(server, ssl_context=trusting).get(server.url(scheme="https"))


@pytest.mark.parametrize("dripping", [False, True], ids=["silent", "dripping"])
def test_a_handshake_that_does_not_end_is_given_up(serve, fetcher, trusting, dripping):
    release = threading.Event()

    def hang(connection):
        record = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"  # the beginning of a long ServerHello
        while not release.wait(0.02):
            if dripping:
                connection.sendall(record[:1] or b"x")
                record = record[1:]

    server = serve(b"", raw=hang)
    start = time.monotonic()
    with pytest.raises(FetchTimeout):
        fetcher(server, ssl_context=trusting, connect_seconds=0.3).get(server.url(scheme="https"))
    assert time.monotonic() - start < 8  # that it ends, long before the whole fetch would
    release.set()


def test_the_old_versions_of_tls_are_not_spoken():
    assert httpcore2.default_ssl_context().minimum_version >= ssl.TLSVersion.TLSv1_2
