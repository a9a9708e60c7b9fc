"""What is taken away from an audit: the list of its images, and its pages with the decided texts in them."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.audit.access import get_audit_or_404
from webapp.audit.export import as_csv, as_json
from webapp.audit.models import Audit, Page
from webapp.audit.put_in import changes, decided_alts, put_in
from webapp.pages.audits.names import name_of_page
from webapp.pages.images import FILE_POLICY
from webapp.scan.errors import ScanError

_GONE = "The source of this page is no longer here. Hand the page over again."
_MOST_CHANGES = 200


@never_cache
@require_safe
def csv_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A line for each image, for spreadsheets."""
    audit = get_audit_or_404(session_owner(request), pk)
    return _download(as_csv(audit).encode("utf-8-sig"), "text/csv; charset=utf-8", f"audit-{audit.pk.hex[:6]}.csv")


@never_cache
@require_safe
def json_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that is known, for programs."""
    audit = get_audit_or_404(session_owner(request), pk)
    return _download(as_json(audit).encode(), "application/json", f"audit-{audit.pk.hex[:6]}.json")


@never_cache
@require_safe
def page_changes(request: HttpRequest, pk: UUID, page: UUID) -> HttpResponse:
    """The decided texts of one page, and what its source becomes by them."""
    audit, found = _page(request, pk, page)
    return _render(request, audit, found)


@never_cache
@require_safe
def page_html(request: HttpRequest, pk: UUID, page: UUID) -> HttpResponse:
    """The page's source with the decided texts, as a file: it never opens as a page of ours."""
    audit, found = _page(request, pk, page)
    try:
        _, after = put_in(found, decided_alts(found))
    except (FileNotFoundError, ScanError):
        return _render(request, audit, found)
    return _download(after, "application/octet-stream", _file_name(found))


def _page(request: HttpRequest, pk: UUID, page: UUID) -> tuple[Audit, Page]:
    audit = get_audit_or_404(session_owner(request), pk)
    return audit, get_object_or_404(audit.pages.filter(state=Page.State.SCANNED), pk=page)


def _render(request: HttpRequest, audit: Audit, page: Page) -> HttpResponse:
    """The changes; or, where the page cannot be written (422), why."""
    alts = decided_alts(page)
    context = {"audit": audit, "page": page, "name": name_of_page(page), "decided": len(alts), "changes": []}
    try:
        found = changes(page, *put_in(page, alts))
    except FileNotFoundError:
        context["problem"] = _GONE
    except ScanError as error:
        context["problem"] = error.message
    else:
        context |= {"changes": found[:_MOST_CHANGES], "left_out": max(0, len(found) - _MOST_CHANGES)}
    return render(request, "audits/page.html", context, status=422 if "problem" in context else 200)


def _file_name(page: Page) -> str:
    """The last part of its address, if that is a plain name; it always ends as HTML does."""
    name = (page.final_address or page.address).partition("?")[0].rstrip("/").rpartition("/")[2]
    stem = re.sub(r"\.(x?html?|php|aspx?)$", "", name, flags=re.IGNORECASE)
    return f"{stem}.html" if re.fullmatch(r"[\w-]{1,80}", stem, re.ASCII) else "page.html"


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": FILE_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
