"""Addresses are read as people write them, and what is wrong with one is said."""

import socket

import pytest

from webapp.serving.address import Address
from webapp.serving.errors import ServingError


@pytest.mark.parametrize(
    ("text", "host", "port", "written"),
    [
        ("", "127.0.0.1", 8000, "127.0.0.1:8000"),
        ("0.0.0.0", "0.0.0.0", 8000, "0.0.0.0:8000"),
        ("0.0.0.0:80", "0.0.0.0", 80, "0.0.0.0:80"),
        (":9000", "127.0.0.1", 9000, "127.0.0.1:9000"),
        ("example.org:81", "example.org", 81, "example.org:81"),
        ("::1", "::1", 8000, "[::1]:8000"),
        ("[::]:90", "::", 90, "[::]:90"),
        ("[::1]", "::1", 8000, "[::1]:8000"),
    ],
)
def test_addresses_are_read(text, host, port, written):
    address = Address.parse(text, default_port=8000)
    assert (address.host, address.port, str(address)) == (host, port, written)


@pytest.mark.parametrize("text", ["host:port", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:-1"])
def test_what_is_no_address_is_said(text):
    with pytest.raises(ServingError, match="is no address"):
        Address.parse(text, default_port=8000)


@pytest.mark.parametrize(
    ("host", "is_loopback", "url"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:8000"),
        ("127.8.9.1", True, "http://127.8.9.1:8000"),
        ("localhost", True, "http://localhost:8000"),
        ("::1", True, "http://[::1]:8000"),
        ("0.0.0.0", False, "http://127.0.0.1:8000"),
        ("::", False, "http://[::1]:8000"),
        ("192.0.2.7", False, "http://192.0.2.7:8000"),
        ("example.org", False, "http://example.org:8000"),
    ],
)
def test_who_can_reach_it_and_by_which_url(host, is_loopback, url):
    address = Address(host, 8000)
    assert (address.is_loopback, address.url) == (is_loopback, url)


def test_a_port_in_use_is_seen_and_one_that_was_freed_is_free():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = Address("127.0.0.1", other.getsockname()[1])
        with pytest.raises(ServingError, match=f"Port {address.port} is in use"):
            address.ensure_free()
    address.ensure_free()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ServingError, match=r"cannot listen on 192\.0\.2\.7:8000"):
        Address("192.0.2.7", 8000).ensure_free()
