"""``manage.py learn_hashes``: looks at pictures that an older version kept, so that those that look alike are found."""

import logging
from typing import Any

from django.core.management.base import BaseCommand

from captioner.images import ImageError, open_image
from webapp.library import storage
from webapp.library.models import Blob
from webapp.library.near import columns_of
from webapp.library.phash import phash

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Computes the perceptual hashes of pictures that have none: once after an update."

    def handle(self, *args: Any, **options: Any) -> None:
        unread = Blob.objects.filter(phash=None).exclude(copy_mime="")
        done = sum(map(_learn, unread.values_list("pk", flat=True).iterator(chunk_size=500)))
        self.stdout.write(f"{done:,} pictures are hashed.")


def _learn(sha256: str) -> bool:
    try:
        picture = open_image(storage.copy_path(sha256).read_bytes())
    except (OSError, ImageError):  # deleted meanwhile, or damaged on the disk: the next run tries again
        logger.warning("The copy of %s cannot be read.", sha256, exc_info=True)
        return False
    return bool(Blob.objects.filter(pk=sha256).update(**columns_of(phash(picture))))
