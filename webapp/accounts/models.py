"""Who owns what: sites, owners (a browser session, an account, an API key, the keyless caller on loopback), keys."""

import uuid

from django.conf import settings
from django.db import models


class Site(models.Model):
    """A website whose images are described. A fresh installation has one, named "Default"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    lang = models.CharField("language of its texts (BCP 47)", max_length=35, default="en")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def default(cls) -> "Site":
        """The site that images without a site of their own belong to (made by the first migration)."""
        return cls.objects.order_by("created_at").first() or cls.objects.create(name="Default")


class Owner(models.Model):
    """The one who may see a job, its images and its history; to everybody else they do not exist."""

    class Kind(models.TextChoices):
        SESSION = "session", "browser session"
        USER = "user", "account"
        KEY = "key", "API key"
        LOOPBACK = "loopback", "caller without a key on this machine"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="owner")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="loopback"), name="one_loopback_owner"),
            models.CheckConstraint(condition=models.Q(kind="user") ^ models.Q(user=None), name="accounts_have_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ApiKey(models.Model):
    """A secret key of the API. Only its lookup part and a keyed hash are kept; the key itself is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    lookup = models.CharField("first characters, by which the key is found", max_length=16, unique=True)
    digest = models.CharField("HMAC-SHA256 of the whole key", max_length=64)
    owner = models.OneToOneField(Owner, on_delete=models.PROTECT, related_name="api_key")
    made_by = models.ForeignKey(
        Owner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="keys_made",
        help_text="empty: the command",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.lookup}...)"


class Attempts(models.Model):
    """How often something was tried that may be tried a few times only, such as a log-in; see ``throttle``."""

    key = models.CharField("keyed hash of what is counted", max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField("when the count begins anew", db_index=True)

    class Meta:
        verbose_name_plural = "attempts"

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
