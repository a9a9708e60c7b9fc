"""Keeping in the account what was handed over before logging in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from webapp.accounts.claim import Belongings, belongings_of, claim
from webapp.accounts.owners import anonymous_owner, user_owner
from webapp.pages.notices import notify, see_other


def unclaimed(request: HttpRequest) -> Belongings | None:
    """What somebody who is logged in now handed over in this browser before; None where that is nothing."""
    if not request.user.is_authenticated:
        return None
    return belongings_of(anonymous_owner(request)) or None


@never_cache
@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Moves it to the account. A second press finds nothing more."""
    session = anonymous_owner(request)
    assert request.user.is_authenticated, "login_required"
    moved = claim(session, user_owner(request.user)) if session else None
    notify(request, f"{moved} kept in your account." if moved else "There is nothing more to keep.")
    return see_other(reverse("pages:history"))
