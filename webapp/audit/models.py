"""An audit and its pages, and every use of an image on them."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone

from webapp.accounts.models import Owner, Site
from webapp.library.models import Image


class Audit(models.Model):
    """What one person or program handed over at once: a page, its HTML, a site to be crawled, or an archive of one."""

    class Kind(models.TextChoices):
        PAGE = "page", "one page"
        SITE = "site", "a site"
        HTML = "html", "pasted HTML"
        ARCHIVE = "archive", "a site in an archive"

    class State(models.TextChoices):
        RUNNING = "running", "under way"
        PAUSED = "paused", "paused"
        CANCELLED = "cancelled", "cancelled"

    class Schedule(models.TextChoices):
        NEVER = "never", "never"
        DAILY = "daily", "every day"
        WEEKLY = "weekly", "every week"
        MONTHLY = "monthly", "every 30 days"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="audits")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="audits")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    address = models.TextField("where it begins; for pasted HTML, what its links are resolved by", blank=True)
    source_name = models.CharField("its archive, in the folder of pages", max_length=40, blank=True)
    depth = models.PositiveIntegerField("links that are followed from where it begins", default=0)
    most_pages = models.PositiveIntegerField("pages at most", default=1)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    looks = models.PositiveIntegerField("looks so far, with the present one", default=1)
    looked_at = models.DateTimeField("when the newest look began", default=timezone.now, db_index=True)
    with_browser = models.BooleanField("its pages are built by a browser, where there is one", default=False)
    schedule = models.CharField(max_length=10, choices=Schedule.choices, default=Schedule.NEVER)
    next_look_at = models.DateTimeField(null=True, db_index=True)
    seen_at = models.DateTimeField("when its owner last saw that it is scheduled", null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.address or f"Audit {self.pk}"

    @property
    def is_fetched(self) -> bool:
        """Whether its pages come from the web, so that they can be looked at again."""
        return self.kind in (self.Kind.PAGE, self.Kind.SITE)

    @property
    def expires_at(self) -> datetime:
        """When the audit will be deleted with all that belongs to it; each further look puts it off."""
        return (self.next_look_at or self.looked_at) + self.site.retention


class Page(models.Model):
    """One page of an audit: its source as it came, and what was seen on it.

    ``address`` is where it was asked for, ``final_address`` where it was found. ``notes`` are sentences about what was
    not seen. ``etag``, ``last_modified`` and ``fingerprint`` tell whether it is still the same at the next look, and
    ``changes`` counts what that found: images that are new, gone, with another text, the same. A page that is gone
    keeps its uses, hidden, for when it is back.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SCANNED = "scanned", "looked at"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField("place within the audit, from 1")
    depth = models.PositiveIntegerField("links from where the audit begins", default=0)
    address = models.TextField(blank=True)
    final_address = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    source_name = models.CharField("file with its source, in the folder of pages", max_length=40, blank=True)
    charset = models.CharField("as the transport said", max_length=50, blank=True)
    title = models.TextField(blank=True)
    lang = models.CharField(max_length=35, blank=True)
    notes = models.JSONField(default=list)
    needs_scripts = models.BooleanField("it looks empty without JavaScript", default=False)
    error_code = models.CharField(max_length=50, blank=True)
    error_message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    scanned_at = models.DateTimeField(null=True)
    etag = models.TextField(blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    fingerprint = models.CharField("of the source, with its address and charset", max_length=64, blank=True)
    changes = models.JSONField("since the look before; null where there was none", null=True)
    gone_at = models.DateTimeField("since when there is nothing at its address", null=True)

    class Meta:
        ordering = ["audit", "position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "position"], name="one_page_a_position"),
            models.UniqueConstraint(fields=["audit", "address"], name="one_page_an_address"),
        ]

    def __str__(self) -> str:
        return self.address or f"Page {self.pk}"


class Use(models.Model):
    """One place on a page where an image stands; what is known of it is ``webapp.scan``'s.

    ``facts`` is what the JSON report of a scan has for it, and its start tag as ``code``. ``image`` is its picture in
    the library, from when somebody asked for a description.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="uses")
    position = models.PositiveIntegerField("place on the page, from 1")
    key = models.CharField("the same at each scan of the same source", max_length=100)
    address = models.TextField("of the file; empty for a drawing in the page itself", blank=True)
    alt = models.TextField("what the page has; null where it has no such attribute", null=True)  # noqa: DJ001
    role = models.CharField(max_length=20)
    todo = models.CharField(max_length=20)
    facts = models.JSONField()
    image = models.ForeignKey(Image, on_delete=models.SET_NULL, null=True, related_name="uses")
    known_as = models.TextField("address in its tag that lookups know it by; empty: there is none", blank=True)
    nth = models.PositiveIntegerField("which of the page's uses with this address, from 1; 0: none", default=0)

    class Meta:
        ordering = ["page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="one_use_a_key")]

    def __str__(self) -> str:
        return f"{self.key} on {self.page_id}"


class Watch(models.Model):
    """The address of a picture that has words: at each look it is seen whether another picture lies there by then.

    ``fingerprint`` is the SHA-256 of the bytes that lay there last, empty while that is not known; with ``etag`` and
    ``last_modified`` nothing is fetched that is the same. ``changed_at`` is when another picture was found.
    """

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="watches")
    address = models.TextField()
    fingerprint = models.CharField(max_length=64, blank=True)
    etag = models.TextField(blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.address
