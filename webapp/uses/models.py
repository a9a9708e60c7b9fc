"""One use of an image that a person decided on, and the history of that. Audits come and go; these rows stay."""

from datetime import datetime

from django.db import models

from webapp.accounts.models import Owner, Site


class DecidedUse(models.Model):
    """The n-th place on a page where an image stands, and what was decided for it.

    ``page`` and ``address`` are in their one spelling (``webapp.delivery.addresses``); where they are no addresses of
    the web, as in an archive, they are as they stand there. ``hash`` is what lookups ask by, ``page_hash`` finds all
    of a page. Whose it is follows ``webapp.accounts.roles``: the members' of its site, or else its owner's.
    """

    class State(models.TextChoices):
        UNDECIDED = "undecided", "nothing is decided for this place"
        APPROVED = "approved", "approved as suggested"
        EDITED = "edited", "text written by a person"
        DECORATIVE = "decorative", "decoration here"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="decided_uses")
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="decided_uses")
    hash = models.CharField("SHA-256 of page, address and position", max_length=64, db_index=True)
    page_hash = models.CharField("SHA-256 of the page's address", max_length=64, db_index=True)
    page = models.TextField()
    address = models.TextField("of the image")
    position = models.PositiveIntegerField("which of the page's uses of this image, from 1")
    is_sole = models.BooleanField("it is all that a link or button holds", default=False)
    role = models.CharField("what it is for, as the person said", max_length=20, blank=True)
    lang = models.CharField(max_length=35, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNDECIDED)
    alt_text = models.TextField("empty for decoration; null while nothing is decided", null=True)  # noqa: DJ001
    version = models.PositiveIntegerField("how often it was decided on, taking back included", default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.address} on {self.page}"

    @property
    def is_decided(self) -> bool:
        """Whether a decision stands."""
        return self.state != self.State.UNDECIDED

    @property
    def expires_at(self) -> datetime | None:
        """When it will be deleted with its history, which each decision puts off; None where its site keeps texts."""
        if self.site.keeps_texts and self.is_decided:
            return None
        return self.updated_at + self.site.retention


class UseDecision(models.Model):
    """What a person chose for a use. Rows are only ever added, as of ``webapp.library.models.Decision``."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", "used the suggested text unchanged"
        EDITED = "edited", "wrote or changed the text"
        DECORATIVE = "decorative", "called it decoration here"
        UNDONE = "undone", "took a decision back"

    use = models.ForeignKey(DecidedUse, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.TextField(blank=True)
    role = models.CharField(max_length=20, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    decided_by = models.ForeignKey(Owner, on_delete=models.SET_NULL, null=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.text}"


class UnsavedUse(models.Model):
    """What stood in the fields of a place when something else of its page was sent: typed, and decided by nobody yet.

    As ``webapp.library.models.UnsavedText``, for a place, which outlives the audits in which it was found. ``owner`` is
    the place's.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField("SHA-256 of page, address and position", max_length=64, db_index=True)
    text = models.TextField(blank=True)
    role = models.CharField("what it is for, as it was chosen", max_length=20, blank=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    def __str__(self) -> str:
        return self.text
