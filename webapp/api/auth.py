"""Who calls: the holder of a key, or a program on this machine."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from webapp.accounts.keys import find_key
from webapp.accounts.models import Owner
from webapp.accounts.owners import loopback_owner
from webapp.api.problems import Problem

_CHALLENGE = {"WWW-Authenticate": "Bearer"}
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


class ApiRequest(HttpRequest):
    """A request past the check of its key; ``auth`` is the owner that it acts for."""

    auth: Owner


class KeyOrLoopback:
    """A key in ``Authorization: Bearer`` or ``X-API-Key``; without one, only programs on this machine pass."""

    # Read by the library for the generated OpenAPI document.
    openapi_security_schema: dict[str, Any] = {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key (cap_...). The header X-API-Key takes it too. "
        "Programs on the machine that runs Captioner need none, unless the operator says so.",
    }

    def __call__(self, request: HttpRequest) -> Owner:
        """The owner of the request.

        Raises:
            Problem: key_required, or invalid_key: which of unknown, malformed and revoked it is stays unsaid.
        """
        given = _given_key(request)
        if given is None:
            if is_keyless(request):
                return loopback_owner()
            raise Problem("key_required", "Send an API key: Authorization: Bearer cap_...", headers=_CHALLENGE)
        key = find_key(given)
        if key is None:
            raise Problem("invalid_key", "Check the API key, or make a new one.", headers=_CHALLENGE)
        return key.owner


def is_keyless(request: HttpRequest) -> bool:
    """Whether the request may do without a key: surely sent by a program on this machine.

    The address alone does not say so, since a reverse proxy on the same machine connects from loopback too. So the
    request must also name a loopback host, and carry no trace of a proxy; and where the operator says that there are
    proxies (``TRUSTED_PROXIES``), everybody needs a key.
    """
    if settings.API_KEYLESS != "loopback" or settings.NINJA_NUM_PROXIES:
        return False
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = split_domain_port(request.get_host())[0].strip("[]")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _given_key(request: HttpRequest) -> str | None:
    authorization = request.headers.get("Authorization")
    if authorization is None:
        return request.headers.get("X-API-Key")
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback
