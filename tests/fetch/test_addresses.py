"""The rule over addresses: everything special is refused in every spelling, everything beside it passes."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.fetch.addresses import read_address, why_refused

# Written down anew from the registries, not taken from the code.
IPV4 = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "233.252.0.0/24",
    "240.0.0.0/4",
    "255.255.255.255/32",
]
IPV6 = [
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "200::/7",
    "400::/6",
    "2001::/32",
    "2001:1::1/128",
    "2001:1::2/128",
    "2001:1::3/128",
    "2001:2::/48",
    "2001:3::/32",
    "2001:4:112::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:30::/28",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3ffe::/16",
    "3fff::/20",
    "4000::/3",
    "5f00::/16",
    "8000::/2",
    "e000::/4",
    "f000::/5",
    "fc00::/7",
    "fd00:ec2::254/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


def first_middle_last(ranges):
    for network in map(ip_network, ranges):
        for index in sorted({0, network.num_addresses // 2, network.num_addresses - 1}):
            yield network[index]


def wrapped(address):
    """The ways to write an IPv4 address inside of an IPv6 one."""
    number = int(address)
    yield IPv6Address(f"::ffff:{address}")
    yield IPv6Address(f"::{address}")
    yield IPv6Address(f"::ffff:0:{address}")
    yield IPv6Address((0x2002 << 112) | (number << 80) | 1)  # 6to4
    yield IPv6Address((0x2001_0000 << 96) | (0x0808_0808 << 64) | (number ^ 0xFFFFFFFF))  # Teredo's client
    yield IPv6Address((0x2001_0000 << 96) | (number << 64) | 0xF7F7_F7F7)  # Teredo's server
    yield IPv6Address(f"64:ff9b::{address}")
    yield IPv6Address(f"64:ff9b:1::{address}")
    yield IPv6Address(f"2606:4700::5efe:{address}")  # ISATAP, also with the bit "universal"
    yield IPv6Address(f"2606:4700::200:5efe:{address}")


SPECIAL = sorted(
    {str(address) for address in first_middle_last(IPV4 + IPV6)}
    | {str(inside) for address in first_middle_last(IPV4) for inside in wrapped(address)}
)
PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "9.9.9.9", "93.184.215.14", "151.101.1.140", "185.199.108.153", "208.80.154.224"),
    # Next door to each range.
    *("1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"),
    *("168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"),
    *("191.255.255.255", "192.0.1.0", "192.0.1.255", "192.0.3.0", "192.31.195.255", "192.31.197.0"),
    *("192.52.192.255", "192.52.194.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0"),
    *("192.175.47.255", "192.175.49.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0"),
    *("203.0.112.255", "203.0.114.0", "223.255.255.255"),
    *("2606:4700:4700::1111", "2001:4860:4860::8888", "2620:fe::fe", "2a00:1450:4001:81b::200e", "2400:cb00::1"),
    *("2000::", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::", "2001:db7:ffff:ffff::1", "2001:db9::"),
    *("2001:ffff::1", "2003::", "2620:4f:7fff::1", "2620:4f:8001::", "3ffd::1", "3fff:1000::", "3fff:ffff::1"),
    *("2606:4700::5eff:8.8.8.8", "2606:4700::1:5efe:808:808"),  # no ISATAP, only alike
]


def refused(text, private=()):
    return why_refused(read_address(text), tuple(map(ip_network, private)))


def test_the_tables_are_worth_their_name():
    assert len(IPV4 + IPV6) >= 35
    assert len(SPECIAL) > 300
    assert len(PUBLIC) > 50


@pytest.mark.parametrize("text", SPECIAL)
def test_a_special_address_is_refused(text):
    assert refused(text)


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_passes(text):
    assert refused(text) == ""


@pytest.mark.parametrize("text", ["::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_what_reaches_a_public_address_by_another_spelling_passes(text):
    assert refused(text) == ""


@pytest.mark.parametrize("text", ["::8.8.8.8", "::ffff:0:8.8.8.8", "2002:808:808::1", "64:ff9b:1::8.8.8.8"])
def test_tunnels_are_refused_wherever_they_lead(text):
    assert refused(text)


@pytest.mark.parametrize("text", ["fe80::1%eth0", "fe80::1%1", "::1%lo", "2606:4700::1111%eth0", "fe80::1%25eth0"])
def test_an_address_with_a_zone_is_none(text):
    with pytest.raises(ValueError, match="zone"):
        read_address(text)


@pytest.mark.parametrize("text", ["", "localhost", "0x7f.1", "127.1", "2130706433", "010.0.0.1", "1.2.3.4/8", "::g"])
def test_what_is_no_plain_address_is_none(text):
    with pytest.raises(ValueError):
        read_address(text)


def test_a_mapped_address_becomes_what_it_reaches():
    assert read_address("::ffff:8.8.4.4") == IPv4Address("8.8.4.4")


def test_the_rule_unwraps_a_mapped_address_itself_too():
    assert why_refused(IPv6Address("::ffff:10.1.2.3"))
    assert why_refused(IPv6Address("::ffff:8.8.4.4")) == ""


@pytest.mark.parametrize("text", ["10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd12::1"])
def test_the_operator_may_allow_a_network(text):
    allowed = ["10.1.0.0/16", "fd12::/16"]
    assert refused(text)
    assert refused(text, allowed) == ""


@pytest.mark.parametrize(
    "text", ["10.2.0.0", "127.0.0.1", "169.254.169.254", "fd13::1", "::10.1.2.3", "2002:a01:203::"]
)
def test_no_more_is_allowed_than_the_operator_said(text):
    assert refused(text, ["10.1.0.0/16", "fd12::/16"])


@given(st.integers(0, 2**32 - 1).map(IPv4Address) | st.integers(0, 2**128 - 1).map(IPv6Address))
@example(IPv6Address("2001:4860::1"))
def test_nothing_passes_that_python_knows_to_be_special(address):
    """A second opinion: ``ipaddress`` misses much, and what it finds must be found here too."""
    if why_refused(address) == "":
        plain = getattr(address, "ipv4_mapped", None) or address
        if plain in ip_network("64:ff9b::/96"):
            plain = ip_address(int(plain) & 0xFFFFFFFF)
        assert plain.is_global
        assert not (plain.is_private or plain.is_multicast or plain.is_reserved or plain.is_loopback)
        assert not (plain.is_link_local or plain.is_unspecified or getattr(plain, "is_site_local", False))
