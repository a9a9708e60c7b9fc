"""The account's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.pages.account.claim import unclaimed


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is logged in, and what can be done with the account."""
    return render(request, "account/account.html", {"unclaimed": unclaimed(request)})
