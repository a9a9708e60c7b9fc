"""From which address a request comes, as far as the operator's own proxies say."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the caller: of the connection, or the one that the outermost of ``TRUSTED_PROXIES`` saw.

    What stands further left in the header was written by the caller.
    """
    proxies = settings.NINJA_NUM_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The same, as far as it tells callers apart: of IPv6 the first 64 bits, for the rest is everybody's own choice."""
    given = client_address(request)
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
