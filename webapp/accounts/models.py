"""Who owns what: sites and their members, owners (a session, an account, a key, the caller on loopback), keys."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models


class Site(models.Model):
    """A website whose images are described, and how it wants that done.

    A fresh installation has one, named "Default", without members: what is handed over there belongs to who did. What
    is handed over to a site with members is theirs together (``webapp.accounts.roles``).
    """

    class Unreviewed(models.TextChoices):
        """What a site does with a draft that nobody has decided; the values beside NEVER are ``captioner.bands``."""

        NEVER = "never", "Never"
        LIKELY = "likely", "If likely right"
        UNSURE = "unsure", "If likely right, or unsure"
        DOUBTFUL = "doubtful", "Always"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    lang = models.CharField("language of its texts (BCP 47)", max_length=35, default="en")
    origins = models.JSONField("origins of its pages, as scheme://host[:port]", default=list, blank=True)
    url_prefixes = models.JSONField("beginnings of the addresses of its images", default=list, blank=True)
    soft_length = models.PositiveIntegerField("characters after which a text is called long", default=125)
    final_stop = models.BooleanField("whether texts end with a full stop", default=True)
    banned_words = models.JSONField("words that no text should have", default=list, blank=True)
    retention_days = models.PositiveIntegerField("days; null: as long as the service", null=True, blank=True)
    keeps_texts = models.BooleanField("whether decided texts stay, with their pictures, until deleted", default=False)
    blank_first = models.BooleanField("whether people write before they are shown a draft as chosen", default=True)
    unreviewed = models.CharField(max_length=10, choices=Unreviewed.choices, default=Unreviewed.NEVER)
    queue_unknown = models.BooleanField("whether pictures are described that it only asks texts for", default=False)
    public_pages = models.BooleanField("whether anybody may see a decided picture and its text", default=False)
    publishable_key = models.CharField("for scripts on its pages", max_length=40, unique=True, null=True)  # noqa: DJ001
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def default(cls) -> "Site":
        """The site that images without a site of their own belong to (made by the first migration)."""
        return cls.objects.order_by("created_at").first() or cls.objects.create(name="Default")

    @property
    def retention(self) -> timedelta:
        """How long what is handed over to it is kept, but for texts that stay: never longer than by the service's."""
        days = self.retention_days
        return settings.RETENTION if days is None else min(timedelta(days=days), settings.RETENTION)


class Membership(models.Model):
    """What somebody may do with the images of a site. A site that people have made has always an owner."""

    class Role(models.TextChoices):
        """Each may do what those before may."""

        VIEWER = "viewer", "Viewer"
        REVIEWER = "reviewer", "Reviewer"
        OWNER = "owner", "Owner"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["site", "user"], name="one_role_in_a_site")]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.site}"


class Invitation(models.Model):
    """A link that makes whoever follows it first a member. Only a keyed hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Membership.Role.choices)
    digest = models.CharField("HMAC-SHA256 of the token", max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.role} of {self.site}, until {self.expires_at}"


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


def all_scopes() -> list[str]:
    """What a key may do unless its maker says less."""
    return ["read", "write", "review"]


class ApiKey(models.Model):
    """A secret key of the API. Only its lookup part and a keyed hash are kept; the key itself is shown once.

    With a site it acts for the site, in the role that its maker has there; without one it sees what was handed over
    with it and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    lookup = models.CharField("first characters, by which the key is found", max_length=16, unique=True)
    digest = models.CharField("HMAC-SHA256 of the whole key", max_length=64)
    owner = models.OneToOneField(Owner, on_delete=models.PROTECT, related_name="api_key")
    made_by = models.ForeignKey(
        Owner,
        on_delete=models.PROTECT,  # else a visitor's key would become the operator's
        null=True,
        blank=True,
        related_name="keys_made",
        help_text="empty: the command",
    )
    scopes = models.JSONField("what it may do", default=all_scopes)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="api_keys")
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
