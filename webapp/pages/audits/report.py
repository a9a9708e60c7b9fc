"""The report of an audit: its groups, one of them in full, its progress, and what scripts ask for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import renew_session, session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import get_audit_or_404
from webapp.audit.describe import count_describable
from webapp.audit.models import Audit, Page, Use
from webapp.audit.problems import Outline
from webapp.audit.schedule import note_seen
from webapp.fetch.from_settings import has_browser
from webapp.library.models import Job
from webapp.pages.audits.groups import ShownGroup, images, shown_groups
from webapp.pages.audits.looks import SCHEDULES, Looks
from webapp.pages.audits.names import name_of_page
from webapp.pages.audits.progress import AuditProgress
from webapp.pages.audits.use_cards import use_cards
from webapp.pages.landing import FieldError

IMAGES_A_PAGE = 25
_POLL_AFTER_MS = 1500
_POLL_MANY_AFTER_MS = 6000
_MANY = 500  # pictures; to tell of each takes its time


@never_cache
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report; with ``?group=`` all images of one of its groups."""
    audit = get_audit_or_404(session_owner(request), pk)
    if note_seen(audit):
        renew_session(request)
    name = request.GET.get("group")
    return render_report(request, audit) if name is None else _render_group(request, audit, name)


def render_report(
    request: HttpRequest, audit: Audit, errors: Sequence[FieldError] = (), status: int = 200
) -> HttpResponse:
    """The report; with errors it says so, as where nothing could be described just now."""
    progress = AuditProgress.of(audit)
    pages = _pages(audit)
    jobs = Job.objects.filter(images__uses__page__audit=audit).annotate(pictures=Count("images", distinct=True))
    groups = shown_groups(audit, Outline(audit).groups, in_site=len(pages) > 1)
    context = {
        "audit": audit,
        "progress": progress,
        "errors": errors,
        "groups": groups,
        "has_problems": any(group.kind for group in groups),
        "describable": count_describable(audit),
        "jobs": list(jobs.order_by("created_at")),
        "pages": pages,
        "failed_pages": [page for page in pages if page["page"].state == Page.State.FAILED],
        "may_review": may(session_owner(request), audit.site, Role.REVIEWER),
        "looks": Looks.of(audit),
        "schedules": SCHEDULES,
        "scripted_pages": [page for page in pages if page["page"].needs_scripts and not page["page"].gone_at],
        "has_browser": audit.is_fetched and has_browser(),
    }
    return render(request, "audits/report.html", context, status=status)


def _render_group(request: HttpRequest, audit: Audit, name: str) -> HttpResponse:
    """All images of one group, a page of them at a time."""
    group = Outline(audit).group(name)
    if group is None:
        raise Http404
    in_site = audit.pages.count() > 1
    page = Paginator(group.uses, IMAGES_A_PAGE).get_page(request.GET.get("page"))
    cards = use_cards(audit, dict.fromkeys(page.object_list, name), in_site=in_site)
    shown = ShownGroup(group, [cards[pk] for pk in page.object_list if pk in cards])
    context = {
        "audit": audit,
        "progress": AuditProgress.of(audit),
        "group": shown,
        "page": page,
        "may_review": may(session_owner(request), audit.site, Role.REVIEWER),
    }
    return render(request, "audits/group.html", context)


@never_cache
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the report's script asks for: the counts in words, and which descriptions have come."""
    audit = get_audit_or_404(session_owner(request), pk)
    now = AuditProgress.of(audit)
    asked = Use.objects.filter(page__audit=audit, image__isnull=False).values_list("pk", "image__state")
    states = {str(use): state for use, state in asked.order_by()}
    return JsonResponse(
        {
            "heading": now.heading,
            "title": now.title,
            "queue": now.queue,
            "decided": now.sentence,
            "total": now.total,
            "done": now.done,
            "failed": now.failed,
            "waiting": now.waiting,
            "images": now.images,
            "looking": now.pages_waiting > 0,
            "poll_after_ms": _POLL_AFTER_MS if len(states) < _MANY else _POLL_MANY_AFTER_MS,
            "states": states,
        }
    )


@never_cache
@require_safe
def use_card(request: HttpRequest, pk: UUID, use: int) -> HttpResponse:
    """The card of one use as a piece of HTML, for the script that puts it in when its description is there."""
    owner = session_owner(request)
    audit = get_audit_or_404(owner, pk)
    found = use_cards(audit, {use: request.GET.get("group", "")}, in_site=audit.pages.count() > 1)
    if use not in found:
        raise Http404
    return render(
        request,
        "audits/use.html",
        {"card": found[use], "audit": audit, "may_review": may(owner, audit.site, Role.REVIEWER)},
    )


def _pages(audit: Audit) -> list[dict[str, Any]]:
    """The pages with what the report tells of them."""
    found = audit.pages.annotate(count=Count("uses")).order_by("position")
    return [{"page": page, "name": name_of_page(page), "images": images(page.count)} for page in found]
