"""What owners do with webhooks: made, changed, given another secret, tried out; and deliveries sent again."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from webapp.accounts.models import Owner, Site
from webapp.accounts.roles import Role, RoleMissing, membership_in
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


def make_webhook(site: Site, url: str, events: Collection[str], *, by: Owner | None) -> Webhook:
    """A webhook that is told from now on, as long as its maker is an owner of the site.

    Args:
        url: from ``read_address``.
        events: some of ``EVENTS``.
        by: who makes it.

    Raises:
        TooManyWebhooks: the site has ten.
        RoleMissing: who makes it is no owner of the site any more.
    """
    with transaction.atomic():
        maker = _lock(site, by)
        if site.webhooks.count() >= MOST_WEBHOOKS:
            raise TooManyWebhooks(f"The site has {MOST_WEBHOOKS} webhooks. Change or delete one of them.")
        return Webhook.objects.create(site=site, url=url, events=_in_order(events), made_by=maker)


def change_webhook(webhook: Webhook, *, url: str, events: Collection[str], active: bool, by: Owner | None) -> None:
    """Gives the webhook these settings. One that is switched on is told again, with what waited meanwhile first.

    Whoever gives another address or switches it on answers for it from now on, as if they had made it.

    Args:
        by: who changes it.

    Raises:
        RoleMissing: they are no owner of the site any more.
    """
    with transaction.atomic():
        maker = _lock(webhook.site, by)
        fields = {"url", "events"}
        is_on_again = active and not webhook.active
        if active != webhook.active:  # else it stays as it is, should it have been switched off since it was read
            webhook.active = active
            fields.add("active")
        if is_on_again:
            webhook.failures, webhook.paused_at = 0, None
            fields |= {"failures", "paused_at"}
        if is_on_again or url != webhook.url:
            webhook.made_by, webhook.maker_left_at = maker, None
            fields |= {"made_by", "maker_left_at"}
        webhook.url, webhook.events = url, _in_order(events)
        webhook.save(update_fields=fields)
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


def _lock(site: Site, by: Owner | None) -> User:
    """The account that acts. Until the transaction ends no member leaves, and no other webhook is made or changed."""
    Site.objects.select_for_update().get(pk=site.pk)
    membership = membership_in(by, site)
    if membership is None or membership.role != Role.OWNER:
        raise RoleMissing(Role.OWNER)
    return membership.user


def _in_order(events: Collection[str]) -> list[str]:
    return [event for event in EVENTS if event in events]
