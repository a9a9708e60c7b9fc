"""Pages for what went wrong, each with a sentence that says what to do."""

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

_TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read, or is larger than this installation takes."""
    if isinstance(exception, _TOO_LARGE):
        return render(request, "errors/413.html", status=413)
    if isinstance(exception, DisallowedHost):
        return HttpResponse(render_to_string("errors/host.html"), status=400)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Somebody asks for what is not allowed to anybody."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: cookies are off, or the page is old."""
    return render(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it belongs to another browser; the two look the same on purpose."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Drawn without the request, whose session may be what is broken."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
