"""From which address a request comes, as far as the operator's own proxies say."""

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
