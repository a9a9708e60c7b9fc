"""Following a link that somebody sent: it tells of the site, and a button joins it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.invitations import accept, find_invitation
from webapp.accounts.members import MemberRefused
from webapp.pages.notices import notify, see_other


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, then makes who is logged in a member."""
    assert request.user.is_authenticated, "login_required"
    found = find_invitation(token)
    if found is None:
        raise Http404("This invitation was used, or its time is up.")
    if request.method != "POST":
        return render(request, "sites/invitation.html", {"invitation": found})
    try:
        accept(found, request.user)
    except MemberRefused as refusal:
        notify(request, refusal.message)
        return see_other(reverse("pages:sites"))
    notify(request, f"You are a member of {found.site.name} now.")
    return see_other(reverse("pages:site", args=[found.site_id]))
