"""Saying what an action did, at the place to which it leads."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

_UNDO = "undo-"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence and the anchor above which it is shown; without an anchor, at the top of the page.

    ``undo`` is the address of the button that takes it back.
    """

    text: str
    anchor: str = ""
    undo: str = ""


def see_other(address: str, anchor: str = "") -> HttpResponse:
    """303: the browser goes there with GET, so that a reload repeats nothing. The focus goes to the anchor."""
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address, status=303)


def notify(request: HttpRequest, text: str, anchor: str = "", *, undo: str = "") -> None:
    """Keeps a notice for the next page."""
    messages.success(request, text, extra_tags=f"{anchor} {_UNDO}{undo}")


def take_notices(request: HttpRequest) -> list[Notice]:
    """The notices that wait, each to be shown once."""
    return [_notice(message) for message in messages.get_messages(request)]


def _notice(message: Message) -> Notice:
    anchor, _, undo = (message.extra_tags or "").partition(f" {_UNDO}")
    return Notice(str(message), anchor, undo)
