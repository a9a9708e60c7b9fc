"""A job: its pictures as cards, how far it is, and its end."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may, require
from webapp.library.access import get_job_or_404
from webapp.library.delete import delete_job
from webapp.library.models import Image, Job
from webapp.pages.cards import Refusal, cards_of, with_similar
from webapp.pages.notices import notify, see_other, take_notices
from webapp.pages.progress import JobProgress
from webapp.pages.requests import is_confirmed
from webapp.pages.typed import keep_others

POLL_AFTER_MS = 1500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The job's cards. Who checks the progress sends what was typed in them, to find it there again."""
    owner = session_owner(request)
    job = get_job_or_404(owner, pk)
    if request.method == "POST":
        require(owner, job.site, Role.REVIEWER)
        keep_others(request, job)
        return see_other(reverse("pages:job", args=[pk]))
    return render_job(request, job)


def render_job(
    request: HttpRequest, job: Job, refused: Image | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """The job's page; with a refused text it says so (422), and what was typed is kept."""
    cards = with_similar(cards_of(job, refused, refusal))
    notices = take_notices(request)
    anchors = {card.anchor for card in cards}
    context = {
        "job": job,
        "progress": JobProgress.of(job),
        "cards": cards,
        "deleted_on": job.expires_at,
        "refused": next((card for card in cards if card.refusal), None),
        "top_notices": [notice for notice in notices if notice.anchor not in anchors],
        "may_review": may(session_owner(request), job.site, Role.REVIEWER),
        "notices": [notice for notice in notices if notice.anchor in anchors],
    }
    return render(request, "job.html", context, status=422 if refusal else 200)


@never_cache
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the job page's script asks for: the counts in words, and which images have changed their state."""
    job = get_job_or_404(session_owner(request), pk)
    now = JobProgress.of(job)
    return JsonResponse(
        {
            "heading": now.heading,
            "title": now.title,
            "queue": now.queue,
            "decided": now.decided_sentence,
            "total": now.total,
            "done": now.done,
            "failed": now.failed,
            "waiting": now.waiting,
            "poll_after_ms": POLL_AFTER_MS,
            "states": {str(image.pk): image.state for image in job.images.all()},
        }
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then removes the job with all its pictures and texts."""
    job = get_job_or_404(session_owner(request), pk, Role.REVIEWER)
    if request.method != "POST":
        return render(request, "job_delete.html", {"job": job, "progress": JobProgress.of(job)})
    if not is_confirmed(request):
        keep_others(request, job)
        return see_other(reverse("pages:job-delete", args=[pk]))
    count = len(job.images.all())
    delete_job(job)
    notify(request, "The picture is deleted." if count == 1 else f"The {count} pictures are deleted.")
    return see_other(reverse("pages:landing"))
