"""Who calls: the holder of a key, or a program on this machine."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from webapp.accounts.keys import find_key
from webapp.accounts.local import is_local
from webapp.accounts.models import Owner
from webapp.accounts.owners import loopback_owner
from webapp.accounts.roles import role_in
from webapp.api.problems import Problem
from webapp.api.rates import spend_token, turned_away
from webapp.rates.policies import Policy, of_keys

_READING = ("GET", "HEAD")
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


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

    def __init__(self, scope: str = "", rate: Callable[[], Policy] = of_keys) -> None:
        """scope: what a key must have; by default ``read`` where nothing is changed, and ``write`` elsewhere. rate: the
        bucket that requests take their tokens from.
        """
        self.scope, self.rate = scope, rate

    def __call__(self, request: HttpRequest) -> Owner:
        """The owner of the request.

        Raises:
            Problem: key_required; invalid_key: which of unknown, malformed and revoked it is stays unsaid;
                rate_limited; or scope_missing.
        """
        given = _given_key(request)
        if given is None:
            if is_keyless(request):
                owner = loopback_owner()
                spend_token(request, self.rate(), owner.pk)
                return owner
            detail = "Send an API key: Authorization: Bearer cap_..."
            raise turned_away(request, Problem("key_required", detail, headers=_CHALLENGE))
        key = find_key(given)
        if key is None or (key.site and role_in(key.owner, key.site) is None):  # its maker is no member any more
            refusal = Problem("invalid_key", "Check the API key, or make a new one.", headers=_CHALLENGE)
            raise turned_away(request, refusal)
        spend_token(request, self.rate(), key.owner_id)
        scope = self.scope or ("read" if request.method in _READING else "write")
        if scope not in key.scopes:
            raise Problem("scope_missing", f"This needs a key with the scope {scope}. Use another, or make one.")
        return key.owner


def is_keyless(request: HttpRequest) -> bool:
    """Whether the request may do without a key: it comes from this machine, and the operator lets such pass."""
    return settings.API_KEYLESS == "loopback" and is_local(request)


def _given_key(request: HttpRequest) -> str | None:
    authorization = request.headers.get("Authorization")
    if authorization is None:
        return request.headers.get("X-API-Key")
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""
