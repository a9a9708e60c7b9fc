"""``manage.py prune``: removes what is past its retention. A scheduled task does the same every hour."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from webapp.accounts.owners import delete_idle_owners
from webapp.accounts.throttle import delete_old_attempts
from webapp.api.once import delete_old_requests
from webapp.audit.delete import delete_expired_audits, delete_orphan_sources
from webapp.delivery.unknown import forget_asked
from webapp.library.delete import delete_expired, delete_orphans
from webapp.uses.delete import delete_expired_uses
from webapp.webhooks.delete import delete_old_deliveries


class Command(BaseCommand):
    help = (
        "Deletes images and audits past RETENTION_DAYS, files that nothing refers to, and browser sessions that ended."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        images = delete_expired()
        audits = delete_expired_audits()
        uses = delete_expired_uses()
        files = delete_orphans() + delete_orphan_sources()
        owners = delete_idle_owners()
        delete_old_attempts()
        delete_old_requests()
        forget_asked()
        delete_old_deliveries()
        call_command("clearsessions")
        self.stdout.write(
            f"Deleted {images} images and {audits} audits older than {settings.RETENTION.days} days, {uses} texts of "
            f"single places, {files} files without an image or a page, and {owners} owners of browser sessions with "
            "nothing left."
        )
