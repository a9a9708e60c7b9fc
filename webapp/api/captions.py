"""``POST /captions``: images in, drafts out, at once or later."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status

from webapp.api.auth import ApiRequest
from webapp.api.intake import read_request
from webapp.api.once import IdempotencyKey, once
from webapp.api.openapi import CAPTIONS_BODY, REPLAYED, problems, with_headers
from webapp.api.problems import FieldError, Problem
from webapp.api.schemas import JobOut
from webapp.api.sites import site_for
from webapp.api.waiting import MAX_WAIT, wait_for
from webapp.library.access import get_job_or_404
from webapp.library.models import Job
from webapp.library.submit import Examined, examine, submit

router = Router(tags=["captions"])

POLL_AFTER_MS = 1000
_RETRY_AFTER = str(-(-POLL_AFTER_MS // 1000))


_REFUSALS = (
    "invalid_request",
    "malformed_json",
    "malformed_multipart",
    "invalid_base64",
    "length_required",
    "request_too_large",
    "too_many_files",
    "file_too_large",
    "content_type_not_supported",
    "unsupported_type",
    "url_invalid",
    "no_image",
    "no_usable_image",
    "empty_file",
    "not_an_image",
    "image_truncated",
    "image_undecodable",
    "image_too_many_pixels",
    "image_too_small",
    "image_too_large_side",
    "image_ratio",
    "text_too_long",
    "not_found",
    "role_missing",
    "queue_full",
    "quota_exceeded",
    "idempotency_in_progress",
    "idempotency_key_reused",
)


@router.post(
    "/captions",
    response={200: JobOut, 202: JobOut},
    summary="Hand images over",
    openapi_extra={
        "requestBody": CAPTIONS_BODY,
        "responses": {200: {"headers": REPLAYED}} | with_headers(202) | problems(*_REFUSALS),
    },
)
def post_captions(
    request: ApiRequest,
    response: HttpResponse,
    wait: Annotated[
        float, Query(ge=0, le=MAX_WAIT, description="Seconds to wait for the drafts before 202 is answered.")
    ] = 0,
    idempotency_key: IdempotencyKey = None,
) -> Status[JobOut]:
    """Takes one or more images. 200 when all are done (with wait), otherwise 202 and where to ask again.

    An image that is given by its address is fetched later: where that fails, the entry of the job says why. One bad
    image is refused with its problem. Of several, the bad ones become failed entries of the job and the others
    are captioned; when all are bad, nothing is kept.
    """
    with once(request, response, idempotency_key) as this:
        if not this.is_made:
            given = read_request(request)
            site = site_for(request.auth, given.site)
            examined = [examine(upload) for upload in given.uploads]
            _refuse_if_none_is_usable(examined)
            images = [given.linked] if given.linked else examined
            this.make(lambda: submit(request.auth, images, context=given.context, site=site).pk)
    wait_for(this.made, wait)
    shown = job_out(get_job_or_404(request.auth, this.made))
    if shown.poll_after_ms is None:
        return Status(200, shown)
    response["Location"] = shown.status_url
    response["Retry-After"] = _RETRY_AFTER
    return Status(202, shown)


def job_out(job: Job) -> JobOut:
    """The job, as got from ``webapp.library.access``, with the path of its resource."""
    url = reverse("api-v1:job", kwargs={"job_id": job.pk})
    return JobOut.of(job, status_url=url, poll_after_ms=POLL_AFTER_MS)


def _refuse_if_none_is_usable(examined: Sequence[Examined]) -> None:
    refused = [(index, one.error) for index, one in enumerate(examined) if one.error]
    if len(refused) < len(examined) or not examined:
        return
    if len(refused) == 1:
        error = refused[0][1]
        raise Problem(error.code, error.message)
    errors = [FieldError(f"images[{index}]", error.code, error.message) for index, error in refused]
    raise Problem("no_usable_image", "None of the files can be used. See errors for each.", errors=errors)
