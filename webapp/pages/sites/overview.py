"""The sites of who is logged in, and a new one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.models import Membership
from webapp.accounts.sites import make_site
from webapp.pages.forms import errors_of
from webapp.pages.notices import notify, see_other
from webapp.pages.sites.forms import NameForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """Lists them; POST makes one and leads to its settings."""
    assert request.user.is_authenticated, "login_required"
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        site = make_site(form.cleaned_data["name"], request.user)
        notify(request, f"The site {site.name} is made. Say here how its texts should be.")
        return see_other(reverse("pages:site-settings", args=[site.pk]))
    memberships = Membership.objects.filter(user=request.user).select_related("site").order_by("site__name", "site")
    context = {"form": form, "errors": errors_of(form), "memberships": memberships}
    return render(request, "sites/list.html", context, status=422 if form.is_bound else 200)
