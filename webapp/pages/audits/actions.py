"""What a person does with an audit: has its images described, holds it, ends it, deletes it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import renew_session, session_owner
from webapp.accounts.roles import Role
from webapp.audit.access import get_audit_or_404
from webapp.audit.delete import delete_audit
from webapp.audit.describe import describable, describe
from webapp.audit.errors import CannotLookAgain, NothingToDescribe
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit
from webapp.audit.queueing import cancel, pause, resume, retry_pages
from webapp.audit.schedule import set_schedule
from webapp.library.errors import LibraryError, QuotaExceeded
from webapp.library.models import Image
from webapp.library.trouble import RETRY_AFTER, telling_trouble
from webapp.pages.audits.progress import AuditProgress
from webapp.pages.audits.report import render_report
from webapp.pages.landing import FieldError
from webapp.pages.notices import notify, see_other
from webapp.pages.rates import costs_work
from webapp.pages.requests import is_confirmed

HEADING = "audit-heading"
_AGAIN = "It is looked at again. What was found before stands below until then."
_CHANGES: dict[str, tuple[Callable[[Audit], object], str]] = {
    "pause": (pause, "Paused. What was looked at stands below."),
    "resume": (resume, "It goes on."),
    "retry": (retry_pages, "The pages that could not be read are tried again."),
    "cancel": (cancel, "Stopped. What was looked at stands below."),
    "look-again": (look_again, _AGAIN),
    "look-again-with-browser": (partial(look_again, with_browser=True), _AGAIN),
    "look-again-without-browser": (partial(look_again, with_browser=False), _AGAIN),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
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
    except QuotaExceeded as error:
        return render_report(request, audit, [FieldError("describe", error.message)], status=403)
    except LibraryError as error:
        return _refuse(request, audit, FieldError("describe", error.message))
    count = Image.objects.filter(job__in=jobs).count()
    notify(request, f"{count:,} picture{'s are' if count != 1 else ' is'} in the queue. The drafts appear beside them.")
    return _back(audit)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pauses, resumes, tries again, stops, looks again or sets the schedule, as the pressed button says."""
    audit = get_audit_or_404(session_owner(request), pk, Role.REVIEWER)
    action = request.POST.get("action", "")
    if request.method == "POST" and action == "schedule":
        return _schedule(request, audit)
    if request.method != "POST" or action not in _CHANGES:
        return redirect("pages:audit", pk)
    verb, told = _CHANGES[action]
    try:
        with telling_trouble():
            verb(audit)
    except CannotLookAgain as error:
        told = error.message
    except LibraryError as error:
        return _refuse(request, audit, FieldError("look-again", error.message))
    if action.startswith("look-again"):
        renew_session(request)
    notify(request, told)
    return _back(audit)


def _schedule(request: HttpRequest, audit: Audit) -> HttpResponse:
    chosen = request.POST.get("schedule", "")
    if chosen not in Audit.Schedule.values:
        return render_report(request, audit, [FieldError("schedule", "Choose how often.")], status=422)
    try:
        with telling_trouble():
            set_schedule(audit, Audit.Schedule(chosen))
    except CannotLookAgain as error:
        notify(request, error.message)
    else:
        renew_session(request)
        label = audit.get_schedule_display()
        notify(request, f"It is looked at again {label}." if audit.next_look_at else "It is not looked at by itself.")
    return _back(audit)


def _refuse(request: HttpRequest, audit: Audit, error: FieldError) -> HttpResponse:
    response = render_report(request, audit, [error], status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


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
