"""How fast callers of the API may ask: a token is spent for each request, and its answer says how many are left."""

from django.http import HttpRequest

from webapp.accounts.client_address import client_network
from webapp.api.problems import Problem
from webapp.rates.policies import Policy, of_refused
from webapp.rates.take import take


def spend_token(request: HttpRequest, policy: Policy, *caller: object) -> None:
    """Takes a token for the request from the caller's bucket.

    Raises:
        Problem: rate_limited: there is none.
    """
    rate = take(policy, *caller)
    if rate is None:
        return
    request.rate_headers = rate.headers  # type: ignore[attr-defined]
    if not rate.allowed:
        detail = f"No more than {policy.most:,} requests a minute are taken. Wait {rate.wait} s and go on more slowly."
        raise Problem("rate_limited", detail, headers={"Retry-After": str(rate.wait)})


def turned_away(request: HttpRequest, refusal: Problem) -> Problem:
    """The refusal of a caller without a right key, who pays for it with a token of the address's own bucket.

    Raises:
        Problem: rate_limited: there is none.
    """
    spend_token(request, of_refused(), client_network(request))
    return refusal


def rate_headers(request: HttpRequest) -> dict[str, str]:
    """What an answer says of the caller's rate; nothing where none is limited."""
    headers: dict[str, str] = getattr(request, "rate_headers", {})
    return headers
