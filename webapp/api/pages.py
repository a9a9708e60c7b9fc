"""``/pages``: a page or a site is looked at; what its images are for, and which need words."""

from collections.abc import Callable
from functools import partial
from typing import Annotated
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status

from webapp.accounts.roles import Role
from webapp.api.auth import ApiRequest
from webapp.api.intake import GivenArchive, read_pages_request
from webapp.api.once import IdempotencyKey, once
from webapp.api.openapi import PAGES_BODY, problems, with_headers
from webapp.api.page_schemas import (
    AuditAction,
    AuditChange,
    AuditEntry,
    AuditOut,
    AuditPage,
    AuditStatus,
    ChangesOut,
    DescribeOut,
    PageOut,
    UseOut,
    audit_status,
)
from webapp.api.problems import FieldError, Problem
from webapp.api.schemas import ProgressOut
from webapp.api.sites import site_for
from webapp.audit.access import get_audit_or_404, uses_of, visible_audits
from webapp.audit.archives import uploaded
from webapp.audit.changes import changes_of
from webapp.audit.delete import delete_audit
from webapp.audit.describe import describable, describe
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit
from webapp.audit.places import decided_on
from webapp.audit.queueing import cancel, pause, resume, retry_pages
from webapp.audit.schedule import set_schedule
from webapp.audit.start import start_archive, start_html, start_page
from webapp.fetch.errors import UrlInvalid
from webapp.library.models import Image

router = Router(tags=["pages"])

IMAGES_AT_ONCE = 1000
_POLL_AFTER_MS = 1000
AUDITS_AT_ONCE = 50
_ACTIONS: dict[AuditAction, Callable[[Audit], object]] = {
    AuditAction.PAUSE: pause,
    AuditAction.RESUME: resume,
    AuditAction.RETRY: retry_pages,
    AuditAction.CANCEL: cancel,
    AuditAction.LOOK_AGAIN: look_again,
    AuditAction.LOOK_AGAIN_WITH_BROWSER: partial(look_again, with_browser=True),
}


@router.post(
    "/pages",
    response={202: AuditOut},
    summary="Hand a page over",
    openapi_extra={
        "requestBody": PAGES_BODY,
        "responses": with_headers(202)
        | problems(
            "invalid_request", "malformed_json", "malformed_multipart", "content_type_not_supported", "length_required",
            "request_too_large", "queue_full", "url_invalid", "no_page", "page_too_large", "archive_unusable",
            "not_found", "role_missing", "idempotency_in_progress", "idempotency_key_reused",
        )
    },
)  # fmt: skip
def post_pages(request: ApiRequest, response: HttpResponse, idempotency_key: IdempotencyKey = None) -> Status[AuditOut]:
    """Takes a page by its address, or its HTML, or a site in a zip archive; with a depth also what a page links to on
    its own site."""
    with once(request, response, idempotency_key) as this:
        if not this.is_made:
            this.make(lambda: _start(request).pk)
    audit = get_audit_or_404(request.auth, this.made)
    shown = _audit_out(audit)
    response["Location"] = shown.status_url
    response["Retry-After"] = "1"
    return Status(202, shown)


@router.get(
    "/pages", response=AuditPage, summary="List your audits", openapi_extra={"responses": problems("invalid_request")}
)
def list_pages(request: ApiRequest, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> AuditPage:
    """What you handed over, newest first, 50 a page."""
    paginator = Paginator(visible_audits(request.auth), AUDITS_AT_ONCE)
    shown = paginator.page(page).object_list if page <= paginator.num_pages else []
    audits = [
        AuditEntry(
            id=audit.pk, kind=audit.kind, url=audit.address, status_url=_status_url(audit), created_at=audit.created_at
        )
        for audit in shown
    ]
    return AuditPage(audits=audits, page=page, pages=paginator.num_pages, total=paginator.count)


@router.get(
    "/pages/{uuid:audit_id}",
    response=AuditOut,
    url_name="audit",
    summary="Ask for a page",
    openapi_extra={"responses": problems("not_found", "invalid_request")},
)
def get_pages(
    request: ApiRequest,
    audit_id: UUID,
    page: Annotated[int, Query(ge=1, le=1_000_000, description="Of the images, a thousand a page.")] = 1,
) -> AuditOut:
    """The pages of an audit, and the images on them: what each is for, what is wrong, and what is suggested."""
    return _audit_out(get_audit_or_404(request.auth, audit_id), page)


@router.post(
    "/pages/{uuid:audit_id}/describe",
    response={202: DescribeOut},
    summary="Describe the images that need it",
    openapi_extra={
        "responses": problems("not_found", "role_missing", "nothing_to_describe", "queue_full", "quota_exceeded")
    },
)
def describe_images(request: ApiRequest, audit_id: UUID) -> Status[DescribeOut]:
    """Queues every picture of the audit that needs words of its own, each once. Links and decoration need none."""
    audit = get_audit_or_404(request.auth, audit_id, Role.REVIEWER)
    jobs = describe(audit, describable(audit))
    return Status(202, DescribeOut(job_ids=[job.pk for job in jobs], images=Image.objects.filter(job__in=jobs).count()))


@router.post(
    "/pages/{uuid:audit_id}/{action}",
    response=AuditOut,
    summary="Pause, resume, retry, cancel or look again",
    openapi_extra={
        "responses": problems("not_found", "role_missing", "invalid_request", "cannot_look_again", "queue_full")
    },
)
def change_audit(request: ApiRequest, audit_id: UUID, action: AuditAction) -> AuditOut:
    """pause holds back pages that are not fetched yet, resume goes on, retry tries failed pages again, cancel ends it
    and keeps what is there, look-again asks for every page anew and does again only what changed,
    look-again-with-browser has pages built by a browser where the operator allows one."""
    _ACTIONS[action](get_audit_or_404(request.auth, audit_id, Role.REVIEWER))
    return _audit_out(get_audit_or_404(request.auth, audit_id))


@router.patch(
    "/pages/{uuid:audit_id}",
    response=AuditOut,
    summary="Set the schedule of an audit",
    openapi_extra={
        "responses": problems("not_found", "role_missing", "invalid_request", "malformed_json", "cannot_look_again")
    },
)
def patch_pages(request: ApiRequest, audit_id: UUID, change: AuditChange) -> AuditOut:
    """Has an audit of an address looked at again by itself, or not any more."""
    set_schedule(get_audit_or_404(request.auth, audit_id, Role.REVIEWER), change.schedule)
    return _audit_out(get_audit_or_404(request.auth, audit_id))


@router.delete(
    "/pages/{uuid:audit_id}",
    response={204: None},
    summary="Delete an audit",
    openapi_extra={"responses": problems("not_found", "role_missing")},
)
def delete_pages(request: ApiRequest, audit_id: UUID) -> Status[None]:
    """Deletes the audit with its pages at once. Images that were described are images of yours and stay."""
    delete_audit(get_audit_or_404(request.auth, audit_id, Role.REVIEWER))
    return Status(204, None)


def _start(request: ApiRequest) -> Audit:
    given = read_pages_request(request)
    site = site_for(request.auth, given.site)
    if isinstance(given, GivenArchive):
        return start_archive(request.auth, uploaded(given.upload), site=site)
    try:
        if given.html:
            return start_html(request.auth, given.html.encode("utf-8", "replace"), address=given.base_url, site=site)
        return start_page(
            request.auth,
            given.url,
            depth=given.depth,
            most_pages=given.max_pages,
            schedule=given.schedule,
            site=site,
        )
    except UrlInvalid as error:
        field = "base_url" if given.html else "url"
        raise Problem(error.code, error.message, errors=[FieldError(field, error.code, error.message)]) from error


def _audit_out(audit: Audit, page: int = 1) -> AuditOut:
    pages = list(audit.pages.all())
    waiting = sum(one.state == "waiting" for one in pages)
    status = audit_status(audit, pages)
    paginator = Paginator(uses_of(audit), IMAGES_AT_ONCE)
    shown = list(paginator.page(page).object_list) if page <= paginator.num_pages else []
    decided = decided_on(audit, shown)
    return AuditOut(
        id=audit.pk,
        kind=audit.kind,
        status=status,
        depth=audit.depth,
        max_pages=audit.most_pages,
        progress=ProgressOut(done=len(pages) - waiting, total=len(pages)),
        poll_after_ms=_POLL_AFTER_MS if status == AuditStatus.QUEUED else None,
        status_url=_status_url(audit),
        created_at=audit.created_at,
        expires_at=audit.expires_at,
        schedule=Audit.Schedule(audit.schedule),
        looks=audit.looks,
        next_look_at=audit.next_look_at,
        changes=ChangesOut.of(changes) if (changes := changes_of(audit)) else None,
        pages=[PageOut.of(one) for one in pages],
        images=[UseOut.of(use, decided.get(use.pk)) for use in shown],
        images_page=page,
        images_pages=paginator.num_pages,
        images_total=paginator.count,
    )


def _status_url(audit: Audit) -> str:
    return reverse("api-v1:audit", kwargs={"audit_id": audit.pk})
