"""Which addresses are the public Internet: the rule that every answer of DNS must pass.

The table is our own. ``ipaddress.is_global`` answers another question (may this be forwarded?): it calls multicast,
6to4, site-local and parts of NAT64 global, and not alike in all versions of Python.

IPv4 is refused by the table. IPv6 is the other way round: only global unicast (2000::/3) passes, less what the table
takes out of it, so that a range which is set apart tomorrow is refused today. Ranges are those of the IANA registries
of special-purpose addresses (RFC 6890), also those that may be forwarded: nobody's pictures lie on an anycast relay.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from webapp.fetch.limits import Network

Address = IPv4Address | IPv6Address

_IPV4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private use"),
        ("100.64.0.0/10", "shared address space of carriers"),
        ("127.0.0.0/8", "loopback"),
        (
            "168.63.129.16/32",
            "the host of a virtual machine at Azure",
        ),  # public by its number, answered by the host alone
        ("169.254.0.0/16", "link-local, and the metadata of clouds"),
        ("172.16.0.0/12", "private use"),
        ("192.0.0.0/24", "IETF protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "automatic multicast tunnelling"),
        ("192.88.99.0/24", "6to4 relay anycast"),
        ("192.168.0.0/16", "private use"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved, and broadcast"),
    )
)

_GLOBAL_UNICAST = IPv6Network("2000::/3")

# The first that holds an address names it in the log. Those outside of 2000::/3 are there for their names only.
_IPV6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("100::/64", "discard-only"),
        ("100:0:0:1::/64", "dummy prefix"),
        ("2001::/32", "Teredo"),
        ("2001:2::/48", "benchmarking"),
        ("2001:10::/28", "ORCHID"),
        ("2001:20::/28", "ORCHID, second version"),
        ("2001::/23", "IETF protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3ffe::/16", "the 6bone, given back"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)

_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = 0x5EFE  # the upper half of the interface identifier, with or without the bit "universal"
_ISATAP_MASK = 0xFDFFFFFF


def read_address(text: str) -> Address:
    """An address as the resolver gave it; an IPv4-mapped one becomes what a connection to it would reach.

    Raises:
        ValueError: it is none, or it has a zone (``%eth0``), which only means something on this machine.
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            raise ValueError(f"{text} has a zone")
        return address.ipv4_mapped or address
    return address


def why_refused(address: Address, private: tuple[Network, ...] = ()) -> str:
    """Nothing where a connection may go to the address, else why not, for the log.

    Args:
        address: from ``read_address``.
        private: networks that the operator allows. A tunnel into one of them (6to4, Teredo ...) stays refused.
    """
    if isinstance(address, IPv6Address) and (mapped := address.ipv4_mapped):
        return why_refused(mapped, private)
    if any(address in network for network in private):
        return ""
    if isinstance(address, IPv4Address):
        return _first_range(address, _IPV4)
    if address in _NAT64:  # the way to all of IPv4 on a network without it, so what lies behind it decides
        return why_refused(IPv4Address(int(address) & 0xFFFFFFFF), private)
    if (int(address) >> 32) & _ISATAP_MASK == _ISATAP:
        return "ISATAP"
    if name := _first_range(address, _IPV6):
        return name
    return "" if address in _GLOBAL_UNICAST else "no global unicast"


def _first_range(address: Address, table: tuple[tuple[Network, str], ...]) -> str:
    return next((name for network, name in table if address in network), "")
