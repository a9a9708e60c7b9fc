"""The publishable key of a site: it stands in its pages for all to see, and opens lookups and reports for their origins
only.
"""

from typing import Any

from django.http import HttpRequest

from webapp.accounts.client_address import client_network
from webapp.accounts.models import Site
from webapp.accounts.publishable import KeyUnknown, OriginNotAllowed, find_site
from webapp.api.problems import Problem
from webapp.api.rates import spend_token, turned_away
from webapp.rates.policies import of_readers

_PARAMETER = "site"


class PublishableKey:
    """A key in the query, since a header of its own would cost each page a second request (CORS preflight)."""

    # Read by the library for the generated OpenAPI document.
    openapi_security_schema: dict[str, Any] = {
        "type": "apiKey",
        "in": "query",
        "name": _PARAMETER,
        "description": "A site's publishable key (pk_...), from pages of the origins that the site allows.",
    }

    def __call__(self, request: HttpRequest) -> Site | None:
        """The site that the request names; None where it names none, so that the next check is asked.

        Raises:
            Problem: invalid_key: there is no such key, or pages of this origin may not use it; or rate_limited.
        """
        if not names_site(request):
            return None
        try:
            site = find_site(request.GET[_PARAMETER], request.headers.get("Origin", ""))
        except (KeyUnknown, OriginNotAllowed):  # which of both stays unsaid
            detail = "Check the site's key, and that the site allows the origin of this page."
            raise turned_away(request, Problem("invalid_key", detail)) from None
        spend_token(request, of_readers(), site.pk, client_network(request))
        return site


def names_site(request: HttpRequest) -> bool:
    """Whether the request comes with a publishable key."""
    return _PARAMETER in request.GET
