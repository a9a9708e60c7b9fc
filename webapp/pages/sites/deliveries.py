"""The deliveries of a webhook: a test, one with what was sent, and that once more."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from webapp.accounts.owners import session_owner
from webapp.pages.notices import notify, see_other
from webapp.webhooks.access import get_delivery_or_404, get_webhook_or_404
from webapp.webhooks.change import send_again, send_test
from webapp.webhooks.words import trouble


@never_cache
@login_required
@require_POST
def test(request: HttpRequest, pk: UUID, webhook: UUID) -> HttpResponse:
    """Sends one, and leads to it."""
    delivery = send_test(get_webhook_or_404(session_owner(request), pk, webhook))
    notify(request, "A test is on its way.")
    return see_other(reverse("pages:delivery", args=[pk, webhook, delivery.pk]))


@never_cache
@login_required
@require_safe
def delivery(request: HttpRequest, pk: UUID, webhook: UUID, delivery: UUID) -> HttpResponse:
    """What is sent, and what came of it."""
    found = get_delivery_or_404(session_owner(request), pk, webhook, delivery)
    context = {
        "site": found.webhook.site,
        "webhook": found.webhook,
        "delivery": found,
        "trouble": trouble(found),
        "is_waiting": found.state == found.State.WAITING,
    }
    return render(request, "webhooks/delivery.html", context)


@never_cache
@login_required
@require_POST
def again(request: HttpRequest, pk: UUID, webhook: UUID, delivery: UUID) -> HttpResponse:
    """Sends it once more."""
    found = get_delivery_or_404(session_owner(request), pk, webhook, delivery)
    send_again(found)
    notify(request, "It is sent again.")
    return see_other(reverse("pages:delivery", args=[pk, webhook, delivery]))
