"""``/feedback``: a reader found a text wrong, says a server with a key, or a page of the site with its public one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from webapp.accounts.client_address import client_network
from webapp.accounts.models import Site
from webapp.accounts.roles import Role
from webapp.api.auth import KeyOrLoopback
from webapp.api.openapi import problems
from webapp.api.problems import FieldError, Problem
from webapp.api.publishable import PublishableKey
from webapp.api.schemas import Given
from webapp.feedback.models import Report
from webapp.feedback.public import find_public_image
from webapp.feedback.report import WORDS_LENGTH, report
from webapp.library.access import get_image_or_404
from webapp.library.models import Image

router = Router(tags=["feedback"])

_PREFLIGHT_KEPT = 86_400  # seconds
_PAGE_PATTERN = r"^[A-Za-z0-9_-]{0,40}$"


class FeedbackRequest(Given):
    """What a reader says. Which image is meant, a key says by ``image_id``, a publishable key by ``page``."""

    image_id: UUID | None = None
    page: str = Field("", pattern=_PAGE_PATTERN, description="The token in the address of its public page.")
    kind: Report.Kind = Field(
        description="picture: it does not say what the picture shows. missing: it leaves out what matters. "
        "wording: it is hard to understand, or offends. other."
    )
    words: str = Field("", max_length=WORDS_LENGTH, description="The reader's own. Leave out who the reader is.")


@router.post(
    "/feedback",
    response={204: None},
    auth=[PublishableKey(), KeyOrLoopback("review")],
    summary="Report a text",
    openapi_extra={
        "responses": problems(
            "invalid_request",
            "malformed_json",
            "length_required",
            "request_too_large",
            "not_found",
            "role_missing",
            "no_text",
            "too_many_reports",
        )
    },
)
def post_feedback(request: HttpRequest, said: FeedbackRequest) -> Status[None]:
    """Puts the image first in its reviewers' queue, with these words. The same report again is only counted."""
    asker = request.auth  # type: ignore[attr-defined]
    if isinstance(asker, Site):
        image, address = _on_page(asker, said), client_network(request)
    else:
        if said.image_id is None or said.page:
            raise _wrong("image_id", "With a key, name the image by image_id alone.")
        image, address = get_image_or_404(asker, said.image_id, Role.REVIEWER), ""
    report(image, said.kind, said.words, address=address)
    return Status(204, None)


@router.api_operation(["OPTIONS"], "/feedback", response={204: None}, auth=PublishableKey(), include_in_schema=False)
def allow_feedback(request: HttpRequest, response: HttpResponse) -> Status[None]:
    """What a browser asks before it sends JSON from a page of the site."""
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = str(_PREFLIGHT_KEPT)
    return Status(204, None)


def _on_page(site: Site, said: FeedbackRequest) -> Image:
    if not said.page or said.image_id:
        raise _wrong("page", "With a publishable key, name the image by the token of its public page alone.")
    image = find_public_image(said.page)
    if image.site_id != site.pk:
        raise Http404
    return image


def _wrong(field: str, message: str) -> Problem:
    return Problem("invalid_request", message, errors=[FieldError(field, "invalid_request", message)])
