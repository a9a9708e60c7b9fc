"""What owners do with webhooks: made, changed, given another secret, tried out; and deliveries sent again."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from webapp.accounts.models import Site
from webapp.fetch.errors import UrlInvalid
from webapp.fetch.from_settings import limits
from webapp.fetch.urls import read_url
from webapp.library.errors import LibraryError
from webapp.queue.hints import hint_deliveries_after_commit
from webapp.webhooks.events import EVENTS, TEST, about_test
from webapp.webhooks.models import TRIES, Delivery, Webhook
from webapp.webhooks.tell import tell

MOST_WEBHOOKS = 10
_NO_ADDRESS = "Nothing can be sent to this address. Give one that begins with https:// or http://."


class TooManyWebhooks(LibraryError):
    """The site has as many webhooks as a site may have."""

    code = "too_many_webhooks"


def read_address(text: str) -> str:
    """The address in its plain form. Where it leads is looked at in each try, since names change what they mean.

    Raises:
        ValueError: it is none to which anything may be sent; with a sentence.
    """
    try:
        return read_url(text.strip(), limits()).url
    except UrlInvalid as error:
        raise ValueError(error.message if error.message != UrlInvalid.sentence else _NO_ADDRESS) from error


def make_webhook(site: Site, url: str, events: Collection[str]) -> Webhook:
    """A webhook that is told from now on.

    Args:
        url: from ``read_address``.
        events: some of ``EVENTS``.

    Raises:
        TooManyWebhooks: the site has ten.
    """
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)  # two that are made at once count each other
        if site.webhooks.count() >= MOST_WEBHOOKS:
            raise TooManyWebhooks(f"The site has {MOST_WEBHOOKS} webhooks. Change or delete one of them.")
        return Webhook.objects.create(site=site, url=url, events=_in_order(events))


def change_webhook(webhook: Webhook, *, url: str, events: Collection[str], active: bool) -> None:
    """Gives the webhook these settings. One that is switched on is told again, with what waited meanwhile first."""
    if active and not webhook.active:
        webhook.failures, webhook.paused_at = 0, None
    webhook.url, webhook.events, webhook.active = url, _in_order(events), active
    webhook.save(update_fields=["url", "events", "active", "failures", "paused_at"])
    hint_deliveries_after_commit()


def renew_secret(webhook: Webhook) -> None:
    """Another secret from now on. For a day the former one signs too (``webapp.webhooks.sign``)."""
    Webhook.objects.filter(pk=webhook.pk).update(secret_number=F("secret_number") + 1, secret_made_at=timezone.now())
    webhook.refresh_from_db()


def send_test(webhook: Webhook) -> Delivery:
    """A delivery about nothing, tried once, also where the webhook is off. While one waits there is no other."""
    with transaction.atomic():
        Webhook.objects.select_for_update().get(pk=webhook.pk)
        waiting = webhook.deliveries.filter(event=TEST, state=Delivery.State.WAITING).first()
        return waiting or tell([webhook], TEST, None, about_test(webhook), tries=1)[0]


def send_again(delivery: Delivery) -> None:
    """The same once more, at once and with all its tries; of a webhook that is switched off, when it is on again."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.WAITING,
        tries_left=1 if delivery.event == TEST else TRIES,
        next_attempt_at=timezone.now(),
    )
    delivery.refresh_from_db()
    hint_deliveries_after_commit()


def _in_order(events: Collection[str]) -> list[str]:
    return [event for event in EVENTS if event in events]
