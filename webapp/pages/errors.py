"""Pages for what went wrong, each with a sentence that says what to do."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from webapp.library.trouble import RETRY_AFTER, passing_trouble
from webapp.pages.typed import text_field, words_sent
from webapp.rates.take import Rate

_TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)
# The fields in which people type, with their labels.
_TYPED = {"context": "What the pictures are for", "name": "Name of the key"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into a field: the id it gets on the page, its name in the form, its label, and the text."""

    id: str
    name: str
    label: str
    text: str


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read, or is larger than this installation takes."""
    if isinstance(exception, _TOO_LARGE):
        return render(request, "errors/413.html", status=413)
    if isinstance(exception, DisallowedHost):
        return HttpResponse(render_to_string("errors/host.html"), status=400)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody asks for what is not allowed to anybody, or not in their role. Words that were sent are given back."""
    context = {"message": getattr(exception, "message", ""), "typed_words": words_sent(request)}
    return render(request, "errors/403.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: cookies are off, or the page is old."""
    return render(request, "errors/csrf.html", {"typed_words": words_sent(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it belongs to another browser; the two look the same on purpose.

    A session that has ended comes here too, so words that were sent along are given back.
    """
    return render(request, "errors/404.html", {"typed_words": words_sent(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error that no view expected: trouble that passes (503, with what was sent), or our fault (500).

    Drawn without the request, whose session may be what is broken.
    """
    trouble = passing_trouble(sys.exception())
    if trouble is not None:
        return _not_now(request, trouble.message, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def too_fast(request: HttpRequest, rate: Rate) -> HttpResponse:
    """One visitor gives the machine more work than one may. What was typed is kept; files have to be chosen again."""
    message = f"You sent more within a minute than the {rate.policy.most:,} that this service takes of one visitor. "
    message += f"Wait {rate.wait} second{'s' * (rate.wait != 1)}."
    if request.FILES:
        message += " Files cannot be kept here: go back then, and send them again from there."
    response = _not_now(request, message, status=429, headers=rate.headers | {"Retry-After": str(rate.wait)})
    patch_cache_control(response, private=True, no_store=True)
    return response


def _not_now(request: HttpRequest, message: str, *, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """What was typed stands in a form that sends it to the same place again."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    labels = _TYPED | {_own_text_field(request): "Your text"}
    context = {
        "message": message,
        "address": request.get_full_path(),
        "send_again": request.method == "POST",
        "typed": [Typed(f"typed-{name}", name, labels[name], value) for name, value in sent if name in labels],
        "others": [(name, value) for name, value in sent if not _is_kept_back(name, labels)],
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("errors/503.html", context), status=status, headers=dict(headers))


def _is_kept_back(name: str, labels: Mapping[str, str]) -> bool:
    """Shown by itself, made anew, or a secret that no page repeats."""
    return name in labels or name == "csrfmiddlewaretoken" or "password" in name


def _own_text_field(request: HttpRequest) -> str:
    """The text field of the picture at this address. Those of other pictures are sent along unseen."""
    match = request.resolver_match
    return text_field(match.kwargs["pk"]) if match and "pk" in match.kwargs else ""
