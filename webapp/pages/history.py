"""What this browser, or this account, has handed over so far."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import sites_of
from webapp.library.access import visible_jobs
from webapp.pages.account.claim import unclaimed
from webapp.pages.cards import cards_of
from webapp.pages.progress import JobProgress

JOBS_A_PAGE = 10


@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The jobs that the owner sees, newest first, with their texts."""
    owner = session_owner(request)
    page = Paginator(visible_jobs(owner), JOBS_A_PAGE).get_page(request.GET.get("page"))
    entries = [{"job": job, "progress": JobProgress.of(job), "cards": cards_of(job)} for job in page]
    sites = set(sites_of(owner).values_list("pk", flat=True))
    context = {"page": page, "entries": entries, "sites": sites, "unclaimed": unclaimed(request)}
    return render(request, "history.html", context)
