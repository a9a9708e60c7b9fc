"""The review queue: how many pictures wait for a person, and the way in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.pages.notices import take_notices
from webapp.review.queue import count_by_band, count_reported, review_queue


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Counts by how sure the drafts are, and the first picture."""
    owner = session_owner(request)
    bands, reported = count_by_band(owner), count_reported(owner)
    context = {
        "waiting": sum(bands.values()) + reported,
        "reported": reported,
        "bands": [
            (band, band.words if band else "Without a sentence of the model", count) for band, count in bands.items()
        ],
        "first": review_queue(owner).values_list("pk", flat=True).first(),
        "top_notices": take_notices(request),
    }
    return render(request, "review/overview.html", context)
