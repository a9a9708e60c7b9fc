"""Where the pictures lie whose texts are served, and which others were asked for."""

from django.db import models

from webapp.accounts.models import Site
from webapp.library.models import Image


class ServedAddress(models.Model):
    """One address of a picture, in its one spelling (``webapp.delivery.addresses``), found by its hash.

    Several images may have the same address: the same picture handed over twice. Whose site it is is the image's, so
    that an image which moves to another site takes its addresses along.
    """

    hash = models.CharField("SHA-256 of the address", max_length=64)
    address = models.TextField()
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="served_addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hash", "image"], name="one_address_an_image")]

    def __str__(self) -> str:
        return self.address


class AskedAddress(models.Model):
    """An address that a site asked for and nobody had handed over, so that its picture is queued once."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField("SHA-256 of the address", max_length=64)
    batch = models.UUIDField("the same for all that were written down at once", db_index=True)
    asked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "hash"], name="one_queueing_an_address")]
        verbose_name_plural = "asked addresses"

    def __str__(self) -> str:
        return self.hash[:12]
