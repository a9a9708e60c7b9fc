"""``manage.py prune``: removes what is past its retention. A scheduled task does the same every hour."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from webapp.accounts.owners import delete_idle_owners
from webapp.library.delete import delete_expired, delete_orphans


class Command(BaseCommand):
    help = "Deletes images past RETENTION_DAYS, files that no image refers to, and browser sessions that have ended."

    def handle(self, *args: Any, **options: Any) -> None:
        images = delete_expired()
        files = delete_orphans()
        owners = delete_idle_owners()
        call_command("clearsessions")
        self.stdout.write(
            f"Deleted {images} images older than {settings.RETENTION.days} days, {files} files without an image "
            f"and {owners} owners of browser sessions with nothing left."
        )
