"""Pages for what went wrong, each with a sentence that says what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: cookies are off, or the page is old."""
    return render(request, "errors/csrf.html", status=403)
