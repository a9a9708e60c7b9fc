"""The webhooks of a site: listed, made, changed, given another secret, deleted."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import get_site_or_404
from webapp.pages.forms import PlainForm, errors_of
from webapp.pages.notices import notify, see_other
from webapp.pages.sites.forms import Read
from webapp.webhooks.access import get_webhook_or_404
from webapp.webhooks.change import TooManyWebhooks, change_webhook, make_webhook, read_address, renew_secret
from webapp.webhooks.events import EVENTS
from webapp.webhooks.models import Webhook
from webapp.webhooks.sign import secret_of

DELIVERIES_A_PAGE = 20


class WebhookForm(PlainForm, forms.Form):
    """Where to tell what."""

    url = Read(
        read_address,
        label="Address",
        help_text="Where your program takes deliveries, such as https://www.example.org/hooks.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label="What is told",
        choices=list(EVENTS.items()),
        initial=list(EVENTS),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one event."},
    )


class SettingsForm(WebhookForm):
    """The same, and whether it is told at all."""

    active = forms.BooleanField(
        label="Switched on",
        help_text="While it is off nothing is told but tests. What waits is sent once it is on again.",
        required=False,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lists them. POST makes one and shows its secret, this once."""
    owner = session_owner(request)
    site = get_site_or_404(owner, pk, Role.OWNER)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = make_webhook(site, **form.cleaned_data, by=owner)
        except TooManyWebhooks as refusal:
            form.add_error(None, refusal.message)
        else:
            return _show(request, made, secret=secret_of(made))
    context = {"site": site, "webhooks": site.webhooks.all(), "form": form, "errors": errors_of(form)}
    return render(request, "webhooks/list.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: UUID, webhook: UUID) -> HttpResponse:
    """Its settings and its log. POST changes the settings."""
    owner = session_owner(request)
    found = get_webhook_or_404(owner, pk, webhook)
    if request.method != "POST":
        return _show(request, found)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    change_webhook(found, **form.cleaned_data, by=owner)
    notify(request, "The webhook is saved.")
    return see_other(reverse("pages:webhook", args=[pk, webhook]))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: UUID, webhook: UUID) -> HttpResponse:
    """Asks, then gives it another secret and shows that, this once."""
    found = get_webhook_or_404(session_owner(request), pk, webhook)
    if request.method != "POST":
        return render(request, "webhooks/renew.html", {"site": found.site, "webhook": found})
    renew_secret(found)
    return _show(request, found, secret=secret_of(found))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID, webhook: UUID) -> HttpResponse:
    """Asks, then removes it with its log."""
    found = get_webhook_or_404(session_owner(request), pk, webhook)
    if request.method != "POST":
        return render(request, "webhooks/delete.html", {"site": found.site, "webhook": found})
    found.delete()
    notify(request, "The webhook is deleted.")
    return see_other(reverse("pages:webhooks", args=[pk]))


def _show(
    request: HttpRequest, webhook: Webhook, form: SettingsForm | None = None, *, secret: str = "", status: int = 200
) -> HttpResponse:
    settings: dict[str, Any] = {"url": webhook.url, "events": webhook.events, "active": webhook.active}
    form = form or SettingsForm(initial=settings)
    context = {
        "site": webhook.site,
        "webhook": webhook,
        "form": form,
        "errors": errors_of(form),
        "secret": secret,
        "page": Paginator(webhook.deliveries.all(), DELIVERIES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "webhooks/webhook.html", context, status=status)
