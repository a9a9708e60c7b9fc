"""A site: what it is set to, its settings, its key for scripts, and its end."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, role_in
from webapp.accounts.sites import delete_site, get_site_or_404, renew_publishable_key
from webapp.audit.models import Audit
from webapp.delivery.script import snippet
from webapp.library.models import Image
from webapp.pages.forms import errors_of
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import is_confirmed
from webapp.pages.sites.forms import SettingsForm


@never_cache
@login_required
@require_safe
def site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is set to, and who its members are."""
    owner = session_owner(request)
    found = get_site_or_404(owner, pk)
    context = {
        "site": found,
        "role": role_in(owner, found),
        "members": found.memberships.select_related("user"),
        "images": Image.objects.filter(site=found).count(),
        "paused_webhooks": found.webhooks.exclude(paused_at=None).count(),
        "left_webhooks": found.webhooks.exclude(maker_left_at=None).count(),
        "snippet": snippet(found.publishable_key or "", request.build_absolute_uri("/")),
        "keys": found.api_keys.filter(revoked_at=None).select_related("made_by__user").order_by("-created_at"),
    }
    return render(request, "sites/site.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_settings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an owner says of the site."""
    found = get_site_or_404(session_owner(request), pk, Role.OWNER)
    name = found.name
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        form.save()
        notify(request, "The settings are saved.")
        return see_other(reverse("pages:site", args=[pk]))
    context = {"site": found, "name": name, "form": form, "errors": errors_of(form)}
    return render(request, "sites/settings.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then gives the site another publishable key."""
    found = get_site_or_404(session_owner(request), pk, Role.OWNER)
    if request.method != "POST":
        return render(request, "sites/renew_key.html", {"site": found})
    renew_publishable_key(found)
    notify(request, "The site has a new publishable key. Put it into its pages.")
    return see_other(reverse("pages:site", args=[pk]), "publishable-key")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then removes the site with all that belongs to it."""
    found = get_site_or_404(session_owner(request), pk, Role.OWNER)
    if request.method != "POST" or not is_confirmed(request):
        counts = {
            "images": Image.objects.filter(site=found).count(),
            "audits": Audit.objects.filter(site=found).count(),
        }
        return render(request, "sites/delete.html", {"site": found, **counts})
    delete_site(found)
    notify(request, f"The site {found.name} is deleted.")
    return see_other(reverse("pages:sites"))
