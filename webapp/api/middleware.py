"""What holds for every request of the API, before any view: no cookies, our host, no foreign page; problems as JSON."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from webapp.accounts.models import Site
from webapp.api.problems import CONTENT_TYPE, Problem, problem_of_status, problem_response
from webapp.api.publishable import names_site
from webapp.api.rates import rate_headers

PREFIX = "/api/v1/"
# What pages of other sites may call, with the publishable key of their site.
_FOR_PAGES = {("GET", "/api/v1/lookup"), ("POST", "/api/v1/feedback"), ("OPTIONS", "/api/v1/feedback")}


class ApiMiddleware:
    """Guards ``/api/v1/``; other paths pass untouched.

    * The cookie header is dropped, so that nothing behind can act for a browser's session. (That is why the API needs
      no CSRF token.)
    * A host that is not in ``ALLOWED_HOSTS`` is refused: a name that somebody made point to this machine (DNS
      rebinding) must not reach the keyless API on loopback.
    * A request that a browser sends for a page of another site is refused, by ``Origin`` and ``Sec-Fetch-Site``; but
      not a lookup or a report with a publishable key, which is bound to the origins of its site.
    * A body in chunks, whose length is not known beforehand, is refused: Django would take it for an empty one.
    * Whatever error Django answers by itself becomes a problem document.
    * Every answer says how the caller stands with the limit of its rate.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        refusal = _refusal(request)
        response = problem_response(request, refusal) if refusal else self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(request, response)
        if isinstance(getattr(request, "auth", None), Site):  # its page may read the answer, a problem too
            response.headers.setdefault("Access-Control-Allow-Origin", request.headers.get("Origin", "*"))
            response.headers.setdefault("Vary", "Origin")
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in rate_headers(request).items():
            response.headers[name] = value
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


def _refusal(request: HttpRequest) -> Problem | None:
    try:
        host = request.get_host()
    except DisallowedHost:
        return Problem("host_not_allowed", "Use a host name of this installation; ALLOWED_HOSTS lists them.")
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    is_foreign = (origin is not None and not _is_ours(origin, host)) or site not in {"none", "same-origin"}
    if is_foreign and not _is_for_pages(request):
        return Problem("origin_not_allowed", "Pages of other sites may not call this API. Call it from your server.")
    if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
        return Problem("length_required", "Send the body with a Content-Length, not in chunks.")
    return None


def _is_for_pages(request: HttpRequest) -> bool:
    return (request.method, request.path_info) in _FOR_PAGES and names_site(request)


def _is_ours(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    problem = problem_of_status(response.status_code)
    kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
    return problem_response(request, Problem(problem.code, problem.detail, headers=kept))
