"""What the API remembers of requests."""

from django.db import models

from webapp.accounts.models import Owner


class OnceRequest(models.Model):
    """A request with an ``Idempotency-Key``, and what it made. Of its content a hash alone is kept."""

    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("as the caller sent it", max_length=255)
    fingerprint = models.CharField("SHA-256 of the path and the content", max_length=64)
    made = models.UUIDField("the job or audit; null until it is there", null=True)
    started_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_request_a_key")]

    def __str__(self) -> str:
        return f"{self.key} of {self.owner_id}"
