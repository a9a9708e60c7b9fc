"""How fast one visitor may give the machine work."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from webapp.accounts.client_address import client_network
from webapp.pages.errors import too_fast
from webapp.rates.policies import of_visitors
from webapp.rates.take import take

_Arguments = ParamSpec("_Arguments")
_View = Callable[Concatenate[HttpRequest, _Arguments], HttpResponse]


def costs_work(view: _View[_Arguments]) -> _View[_Arguments]:
    """A view whose POST makes work: who sends too many is asked to wait, with what was sent kept on the page.

    Whoever is logged in is counted as that account, and others by their address: a session is made anew at no cost.
    """

    @wraps(view)
    def counted(request: HttpRequest, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> HttpResponse:
        if request.method == "POST":
            rate = take(of_visitors(), request.user.pk or client_network(request))
            if rate and not rate.allowed:
                return too_fast(request, rate)
        return view(request, *args, **kwargs)

    return counted
