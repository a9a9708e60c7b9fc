"""Saying what an action did, at the place to which it leads."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and the anchor above which it is shown; without an anchor, at the top of the page."""

    text: str
    anchor: str = ""


def see_other(address: str, anchor: str = "") -> HttpResponse:
    """303: the browser goes there with GET, so that a reload repeats nothing. The focus goes to the anchor."""
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address, status=303)


def notify(request: HttpRequest, text: str, anchor: str = "") -> None:
    """Keeps a notice for the next page."""
    messages.success(request, text, extra_tags=anchor)


def take_notices(request: HttpRequest) -> list[Notice]:
    """The notices that wait, each to be shown once."""
    return [Notice(str(message), message.extra_tags or "") for message in messages.get_messages(request)]
