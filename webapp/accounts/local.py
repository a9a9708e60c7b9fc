"""Whether a request surely comes from the machine that runs the service."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

# What reverse proxies add. A request that has passed one comes from anywhere, whatever address it arrives from.
_FORWARDED = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Real-IP",
    "CF-Connecting-IP",
    "True-Client-IP",
)


def is_local(request: HttpRequest) -> bool:
    """Whether a program or a person on this machine surely sent the request.

    The address alone does not say so, since a reverse proxy on the same machine connects from loopback too. So the
    request must also name a loopback host, and carry no trace of a proxy; and where the operator says that there are
    proxies (``TRUSTED_PROXIES``), nobody counts as local.
    """
    if settings.NINJA_NUM_PROXIES or any(name in request.headers for name in _FORWARDED):
        return False
    host = split_domain_port(request.get_host())[0].strip("[]")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback
