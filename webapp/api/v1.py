"""Version 1 of the API: its routes, its key check, and how each error becomes a problem document."""

import logging

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from webapp.accounts.roles import RoleMissing
from webapp.api import captions, decisions, feedback, images, jobs, lint, lookup, pages, sites, usage, uses, webhooks
from webapp.api.auth import KeyOrLoopback
from webapp.api.intake import field_path
from webapp.api.openapi import Api
from webapp.api.problems import FieldError, Problem, problem_of_status, problem_response
from webapp.feedback.errors import TooManyReports
from webapp.library.errors import Busy, LibraryError, QueueFull, StorageFull
from webapp.library.trouble import RETRY_AFTER, passing_trouble

logger = logging.getLogger(__name__)

api = Api(
    title="Captioner",
    version="1",
    description="Images in, drafts of alt text out. A person decides which text is used.",
    urls_namespace="api-v1",
    docs_url=None,
    auth=KeyOrLoopback(),
)
for module in (captions, jobs, images, decisions, pages, uses, sites, webhooks, lint, lookup, usage, feedback):
    api.add_router("", module.router)

_PASSING = (QueueFull, StorageFull, Busy)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(request, problem)


@api.exception_handler(RoleMissing)
def _role_missing(request: HttpRequest, refusal: RoleMissing) -> HttpResponse:
    return problem_response(request, Problem(refusal.code, refusal.message))


@api.exception_handler(TooManyReports)
def _too_many_reports(request: HttpRequest, refusal: TooManyReports) -> HttpResponse:
    headers = {"Retry-After": str(refusal.seconds)}
    return problem_response(request, Problem(refusal.code, refusal.message, headers=headers))


@api.exception_handler(LibraryError)
def _refused(request: HttpRequest, error: LibraryError) -> HttpResponse:
    headers = {"Retry-After": RETRY_AFTER} if isinstance(error, _PASSING) else {}
    return problem_response(request, Problem(error.code, error.message, headers=headers))


@api.exception_handler(DatabaseError)
@api.exception_handler(InterfaceError)
@api.exception_handler(OSError)
def _trouble(request: HttpRequest, error: Exception) -> HttpResponse:
    trouble = passing_trouble(error)
    if trouble is None:
        raise error
    logger.warning("The database or the disk failed.", exc_info=error)
    return _refused(request, trouble)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem_response(request, problem_of_status(404))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        # The first parts name where the value was found (query, body) and how the view calls it.
        FieldError(
            field_path(tuple(one["loc"][2:] if one["loc"][0] == "body" else one["loc"][1:])), one["type"], one["msg"]
        )
        for one in error.errors
    ]
    detail = "The request does not have the documented form. See errors."
    return problem_response(request, Problem("invalid_request", detail, errors=errors))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    # The library raises it for one thing only in our routes: a body that it cannot parse.
    return problem_response(request, Problem("malformed_json", "The body cannot be read as JSON."))


@api.exception_handler(MultiPartParserError)
@api.exception_handler(TooManyFieldsSent)
def _bad_form(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem_response(request, Problem("malformed_multipart", "The form data cannot be read. Build it anew."))


@api.exception_handler(TooManyFilesSent)
def _too_many(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem_response(request, Problem("too_many_files", "Send fewer files at once."))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem_response(request, problem_of_status(413))
