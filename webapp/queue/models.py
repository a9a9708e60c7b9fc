"""The row is the job of work; a Celery message only says that there is some."""

from django.db import models

from webapp.library.models import Image


class Work(models.Model):
    """One image to be fetched or captioned, one page to be fetched and looked at, or one picture to be compared.

    queued -> running (claimed under a lease) -> done | failed | queued again. ``claims`` counts every claim and is the
    fence: a worker may write only while its claim is the newest. ``attempts`` counts the failures charged to this row;
    a row that merely rode in a batch that died is not charged but goes again ``alone``.
    """

    class Queue(models.TextChoices):
        CAPTION = "caption"
        FETCH = "fetch"

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    queue = models.CharField(max_length=10, choices=Queue.choices, default=Queue.CAPTION)
    image = models.OneToOneField(Image, on_delete=models.CASCADE, related_name="work", null=True)
    page = models.OneToOneField("audit.Page", on_delete=models.CASCADE, related_name="work", null=True)
    watch = models.OneToOneField("audit.Watch", on_delete=models.CASCADE, related_name="work", null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    claims = models.PositiveIntegerField("fence: number of claims so far", default=0)
    attempts = models.PositiveIntegerField("failures charged to this row", default=0)
    alone = models.BooleanField("to be claimed by itself", default=False)
    batch_size = models.PositiveIntegerField("rows in the batch of the newest claim", default=0)
    worker = models.CharField("who holds the newest claim", max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField()
    error_code = models.CharField(max_length=50, blank=True)
    error_message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["queue", "alone", "next_attempt_at", "id"],
                condition=models.Q(status="queued"),
                name="work_queued",
            ),
            models.Index(fields=["lease_until"], condition=models.Q(status="running"), name="work_running"),
        ]

    def __str__(self) -> str:
        return f"Work {self.pk} ({self.status})"

    @property
    def picture(self) -> Image:
        """The image to be fetched or captioned; rows of the fetch queue may have something else instead."""
        assert self.image is not None, "this is the row of a page or of a picture to be compared"
        return self.image

    @property
    def sha256(self) -> str:
        """The key of the blob to be captioned: an image gets a row here only when its bytes were accepted."""
        assert self.picture.blob_id is not None, "an image that was refused has no work"
        return self.picture.blob_id


class WorkerBeat(models.Model):
    """A sign of life of one worker process, renewed every few seconds while it can work."""

    worker = models.CharField(max_length=100, primary_key=True)
    queue = models.CharField(max_length=10, choices=Work.Queue.choices)
    model = models.CharField("checkpoint that it has loaded; empty until then", max_length=100, blank=True)
    device = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker
