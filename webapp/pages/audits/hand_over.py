"""Handing a page over, and the audits of this browser."""

from collections.abc import Sequence

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import renew_session, session_owner
from webapp.audit.access import visible_audits
from webapp.audit.models import Audit, Page, Use
from webapp.library.errors import LibraryError
from webapp.library.trouble import RETRY_AFTER, telling_trouble
from webapp.pages.audits import form
from webapp.pages.audits.groups import images
from webapp.pages.audits.looks import SCHEDULES
from webapp.pages.audits.names import name_of
from webapp.pages.landing import FieldError
from webapp.pages.notices import see_other
from webapp.pages.rates import costs_work
from webapp.pages.site_choice import FIELD as SITE_FIELD
from webapp.pages.site_choice import UNKNOWN, UnknownSite, chosen_site, site_choices

AUDITS_A_PAGE = 20
_FIELDS = (SITE_FIELD, form.ADDRESS, form.DEPTH, form.MOST, form.SCHEDULE, form.HTML, form.BASE, form.ARCHIVE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
def audits(request: HttpRequest) -> HttpResponse:
    """Shows the form and the audits so far; POST begins an audit and leads to it."""
    if request.method != "POST":
        return _render(request, form.Typed())
    typed = form.Typed.of(request)
    try:
        form.check(typed)
        with telling_trouble():
            owner = session_owner(request, create=True)
        assert owner is not None, "a session was begun for it"
        audit = form.start(owner, typed, chosen_site(request, owner))
    except UnknownSite:
        return _render(request, typed, [FieldError(SITE_FIELD, UNKNOWN)], status=422)
    except form.Wrong as wrong:
        return _render(request, typed, wrong.errors, status=422)
    except LibraryError as error:
        response = _render(request, typed, [FieldError(typed.ways[0], error.message)], status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if audit.next_look_at is not None:
        renew_session(request)  # it goes on as long as somebody can read what it finds
    return see_other(reverse("pages:audit", args=[audit.pk]))


def _render(
    request: HttpRequest, typed: form.Typed, errors: Sequence[FieldError] = (), status: int = 200
) -> HttpResponse:
    owner = session_owner(request)
    page = Paginator(visible_audits(owner), AUDITS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "typed": typed,
        "errors": errors,
        "wrong": {field: [error.message for error in errors if error.field == field] for field in _FIELDS},
        **site_choices(request, owner),
        "depths": form.DEPTHS,
        "schedules": SCHEDULES,
        "usual_pages": form.usual_pages(),
        "most_pages": settings.MAX_AUDIT_PAGES,
        "archive_mb": settings.MAX_ARCHIVE_BYTES // 1_000_000,
        "page": page,
        "entries": _entries(list(page)),
    }
    return render(request, "audits/hand_over.html", context, status=status)


def _entries(found: list[Audit]) -> list[dict[str, object]]:
    """What the list tells of each audit, in as many queries as for one."""
    firsts = {page.audit_id: page for page in Page.objects.filter(audit__in=found, position=1)}
    there = Use.objects.filter(page__audit__in=found, page__gone_at=None)
    counts = dict(there.order_by().values_list("page__audit").annotate(Count("pk")))
    of_found = Page.objects.filter(audit__in=found).order_by().values_list("audit")
    numbers = of_found.annotate(total=Count("pk"), waiting=Count("pk", filter=Q(state=Page.State.WAITING)))
    pages = {audit: (total, waiting) for audit, total, waiting in numbers}
    return [
        {
            "audit": audit,
            "name": name_of(audit, firsts.get(audit.pk)),
            "facts": _facts(audit, firsts.get(audit.pk), counts.get(audit.pk, 0), *pages.get(audit.pk, (0, 0))),
        }
        for audit in found
    ]


def _facts(audit: Audit, first: Page | None, count: int, total: int, waiting: int) -> str:
    if waiting:
        state = "paused, " if audit.state == Audit.State.PAUSED else ""
        return f"{state}{total - waiting:,} of {total:,} page{'s' * (total != 1)} looked at".capitalize()
    stopped = "Stopped. " if audit.state == Audit.State.CANCELLED else ""
    if total == 1 and first and first.state == Page.State.FAILED:
        return f"{stopped}Could not be read"
    return f"{stopped}{total:,} page{'s' * (total != 1)}, {images(count)}"
