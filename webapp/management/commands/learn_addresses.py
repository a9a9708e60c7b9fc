"""``manage.py learn_addresses``: learns anew which addresses the decided texts are served for."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from webapp.delivery.learn import learn
from webapp.library.models import Image


class Command(BaseCommand):
    help = "Learns anew where decided pictures lie: once after an update, and after IMAGE_SIZE_PARAMETERS changed."

    def handle(self, *args: Any, **options: Any) -> None:
        decided = Image.objects.filter(Q(alt_text__gt="") | Q(served_addresses__isnull=False)).distinct()
        for image in decided.iterator(chunk_size=500):
            learn(image)
        self.stdout.write(f"{decided.count():,} pictures with a text to serve.")
