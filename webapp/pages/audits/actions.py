"""What a person does with an audit: has its images described, holds it, ends it, deletes it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role
from webapp.audit.access import get_audit_or_404
from webapp.audit.delete import delete_audit
from webapp.audit.describe import describable, describe
from webapp.audit.errors import NothingToDescribe
from webapp.audit.models import Audit
from webapp.audit.queueing import cancel, pause, resume, retry_pages
from webapp.library.errors import LibraryError
from webapp.library.trouble import RETRY_AFTER, telling_trouble
from webapp.pages.audits.progress import AuditProgress
from webapp.pages.audits.report import render_report
from webapp.pages.landing import FieldError
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import is_confirmed

HEADING = "audit-heading"
_CHANGES = {
    "pause": (pause, "Paused. What was looked at stands below."),
    "resume": (resume, "It goes on."),
    "retry": (retry_pages, "The pages that could not be read are tried again."),
    "cancel": (cancel, "Stopped. What was looked at stands below."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def describe_images(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queues the pictures that need words of their own. A second press finds none left, and says so."""
    audit = get_audit_or_404(session_owner(request), pk, Role.REVIEWER)
    if request.method != "POST":
        return redirect("pages:audit", pk)
    try:
        with telling_trouble():
            jobs = describe(audit, describable(audit))
    except NothingToDescribe as error:
        notify(request, error.message)
        return _back(audit)
    except LibraryError as error:
        response = render_report(request, audit, [FieldError("describe", error.message)], status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    count = sum(job.images.count() for job in jobs)
    notify(request, f"{count:,} picture{'s are' if count != 1 else ' is'} in the queue. The drafts appear beside them.")
    return _back(audit)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pauses, resumes, tries again or stops, as the pressed button says."""
    audit = get_audit_or_404(session_owner(request), pk, Role.REVIEWER)
    action = request.POST.get("action", "")
    if request.method == "POST" and action in _CHANGES:
        verb, told = _CHANGES[action]
        verb(audit)
        notify(request, told)
        return _back(audit)
    return redirect("pages:audit", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then removes the audit with its pages. Pictures that were described stay."""
    audit = get_audit_or_404(session_owner(request), pk, Role.REVIEWER)
    progress = AuditProgress.of(audit)
    if request.method != "POST" or not is_confirmed(request):
        return render(request, "audits/delete.html", {"audit": audit, "progress": progress})
    delete_audit(audit)
    notify(request, f"The audit of {progress.name} is deleted.")
    return see_other(reverse("pages:audits"), "your-audits")


def _back(audit: Audit) -> HttpResponse:
    return see_other(reverse("pages:audit", args=[audit.pk]), HEADING)
