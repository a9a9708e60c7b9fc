"""Where programs of a site want to be told of what, and every delivery to them."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

from webapp.accounts.models import Site

TRIES = 8  # of a delivery that fails again and again


class Webhook(models.Model):
    """An address that a site's owner gave, and the events that are told there.

    Its secret is derived (``webapp.webhooks.sign``) and stands in no database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="webhooks")
    url = models.TextField()
    events = models.JSONField("names of events, see webapp.webhooks.events", default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="webhooks",
        help_text="the maker: who gave the address or last switched it on; empty: from before this was kept",
    )
    active = models.BooleanField("whether events are told", default=True)
    secret_number = models.PositiveIntegerField("how many secrets it has had; the last one signs", default=1)
    secret_made_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField("deliveries that failed since the last that arrived", default=0)
    paused_at = models.DateTimeField("when it was switched off because too many failed", null=True, blank=True)
    maker_left_at = models.DateTimeField("when its maker ceased to be an owner, since then it is off", null=True)
    tried_at = models.DateTimeField("when the last try of a delivery began, or it was made", default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        """Host, and port where it is not the usual one: a short name for people."""
        return urlsplit(self.url).netloc


class Delivery(models.Model):
    """One event for one webhook: what is sent, and what came of it.

    waiting -> delivered | failed, and waiting again when somebody sends it again. ``attempts`` counts every try from
    its beginning and is the fence: only what came of the newest is written down.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"

    id = models.UUIDField("the same in each try", primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30)
    about = models.UUIDField(
        "key of the image or job, or the use's number as one", null=True, blank=True, db_index=True
    )
    body = models.TextField("as it is sent")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField("fence: number of tries so far", default=0)
    tries_left = models.IntegerField(default=TRIES)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField("when the last try began", null=True, blank=True)
    claimed_until = models.DateTimeField("until when a try of it may be under way", null=True, blank=True)
    status = models.PositiveIntegerField("HTTP status of the last answer", null=True, blank=True)
    error_code = models.CharField("why the last try failed", max_length=50, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["webhook", "next_attempt_at"], condition=models.Q(state="waiting"), name="delivery_waiting"
            ),
            models.Index(
                fields=["claimed_until"], condition=models.Q(claimed_until__isnull=False), name="delivery_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook_id} ({self.state})"
