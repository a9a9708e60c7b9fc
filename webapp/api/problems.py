"""Errors of the API: ``application/problem+json`` (RFC 9457), each with a code that never changes its meaning."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"

# Code -> status and title. The docs page lists them, and each has an anchor there, which is the problem's type.
PROBLEMS: dict[str, tuple[int, str]] = {
    "invalid_request": (400, "The request does not have the expected form"),
    "malformed_json": (400, "The body is not JSON"),
    "malformed_multipart": (400, "The form data cannot be read"),
    "invalid_base64": (400, "The data of an image is not base64"),
    "host_not_allowed": (400, "The request names a host that is not ours"),
    "key_required": (401, "An API key is needed"),
    "invalid_key": (401, "The API key is not valid"),
    "origin_not_allowed": (403, "The request comes from a page of another site"),
    "role_missing": (403, "The role in the site does not allow this"),
    "quota_exceeded": (403, "The pictures of this day or month are used up"),
    "scope_missing": (403, "The key's scopes do not allow this"),
    "not_found": (404, "There is no such thing here"),
    "method_not_allowed": (405, "The method is not allowed here"),
    "image_not_ready": (409, "The draft is not ready yet"),
    "stale_version": (409, "Somebody decided meanwhile"),
    "no_candidate": (409, "There is no such candidate"),
    "not_alike": (409, "The other image has no text for this one"),
    "no_text": (409, "The image has no decided text"),
    "not_undoable": (409, "The decision cannot be taken back"),
    "cannot_look_again": (409, "The audit cannot be looked at again"),
    "not_retryable": (409, "The image cannot be tried again"),
    "idempotency_in_progress": (409, "The same request is still under way"),
    "too_many_webhooks": (409, "The site has as many webhooks as it may have"),
    "length_required": (411, "The request does not say how long it is"),
    "request_too_large": (413, "The request is too large"),
    "too_many_files": (413, "There are too many files"),
    "file_too_large": (413, "The file is too large"),
    "content_type_not_supported": (415, "The body's content type is not supported"),
    "unsupported_type": (415, "The file's type is not supported"),
    "url_invalid": (422, "The address cannot be fetched"),
    "archive_unusable": (422, "The archive cannot be used"),
    "no_page": (422, "No page was sent"),
    "page_too_large": (413, "The page is too large"),
    "nothing_to_describe": (409, "No image waits for a description"),
    "no_image": (422, "No image was sent"),
    "no_usable_image": (422, "None of the files can be used"),
    "empty_file": (422, "The file is empty"),
    "not_an_image": (422, "The file is not an image"),
    "image_truncated": (422, "The file is cut short"),
    "image_undecodable": (422, "The file is damaged"),
    "image_too_many_pixels": (422, "The image has too many pixels"),
    "image_too_small": (422, "The image is too small"),
    "image_too_large_side": (422, "A side of the image is too long"),
    "image_ratio": (422, "The image is too long and narrow"),
    "use_without_place": (409, "Nothing can be decided for this place alone"),
    "sole_content": (422, "All that a link or button holds cannot be decoration"),
    "decoration_with_text": (422, "Decoration has no text"),
    "text_empty": (422, "The text is empty"),
    "text_too_long": (422, "The text is too long"),
    "idempotency_key_reused": (422, "The Idempotency-Key belongs to another request"),
    "rate_limited": (429, "There are too many requests"),
    "too_many_reports": (429, "There are too many reports"),
    "internal_error": (500, "Something went wrong on our side"),
    "queue_full": (503, "Too many images are waiting"),
    "storage_full": (503, "There is no room on the disk"),
    "busy": (503, "The database is busy"),
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one part of the request: where (``images[2].data``), its code, and what to do."""

    field: str
    code: str
    detail: str


@dataclass
class Problem(Exception):  # noqa: N818 - RFC 9457's word
    """Raised to answer with a problem document."""

    code: str
    detail: str
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_response(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The problem as an answer; its ``request_id`` stands in the log too."""
    status, title = PROBLEMS[problem.code]
    request_id = getattr(request, "request_id", "")
    logger.info("%s %s: %d %s (request %s)", request.method, request.path, status, problem.code, request_id)
    body: dict[str, Any] = {
        "type": f"{reverse('api-docs')}#{problem.code}",
        "title": title,
        "status": status,
        "code": problem.code,
        "detail": problem.detail,
        "request_id": request_id,
        "errors": [
            {"field": error.field, "code": error.code, "detail": error.detail} for error in problem.errors
        ],
    }  # fmt: skip
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(problem.headers))


def problem_of_status(status: int) -> Problem:
    """The problem for an answer that Django gave before or instead of a view of ours."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return Problem("not_found", "Nothing is here, or it is not yours. Check the address and the key.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return Problem("method_not_allowed", "Use one of the methods that the Allow header names.")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return Problem("request_too_large", "Send fewer or smaller files at once.")
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Problem("internal_error", "Try again. If it stays, tell the operator the request_id.")
        case _:
            return Problem("invalid_request", "The request cannot be read. Compare it with the documentation.")
