"""Where the pictures lie whose texts are served."""

from django.db import models

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
