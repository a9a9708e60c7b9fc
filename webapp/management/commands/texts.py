"""``manage.py texts``: the decided texts of a site as a file, and such a file with changed texts back in."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from webapp.accounts.models import Site
from webapp.accounts.owners import loopback_owner
from webapp.delivery.files import texts_in, texts_out
from webapp.delivery.files.table import FORMATS, Unreadable, read, write


class Command(BaseCommand):
    help = "Writes the decided texts of a site to a file, and takes changed ones in from one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        out = actions.add_parser("export", help="write the decided texts to standard output")
        out.add_argument("--format", choices=FORMATS, default="csv")
        into = actions.add_parser("import", help="decide the texts that were changed in such a file")
        into.add_argument("file", type=Path, help="ends in .csv or .jsonl")
        into.add_argument("--dry-run", action="store_true", help="only say what would be decided")
        for one in (out, into):
            one.add_argument("--site", type=UUID, help="the id of the site; the default one without")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        site = Site.objects.filter(pk=options["site"]).first() if options["site"] else Site.default()
        if site is None:
            raise CommandError("There is no such site.")
        if action == "export":
            for line in write(texts_out.decided_texts(site), texts_out.COLUMNS, options["format"]):
                self.stdout.write(line, ending="")
        else:
            self._take_in(site, options["file"], options["dry_run"])

    def _take_in(self, site: Site, path: Path, dry_run: bool) -> None:
        form = next((one for one in FORMATS if path.suffix.lower() == f".{one}"), None)
        if form is None:
            raise CommandError("Give a file that ends in .csv or .jsonl.")
        try:
            with path.open(encoding="utf-8", newline="" if form == "csv" else None) as file:
                rows = read(file, texts_in.COLUMNS, form, optional=texts_in.OF_USES)
                taken = texts_in.take_in(site, rows, owner=loopback_owner(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for number, why in taken.refused:
            self.stderr.write(f"Row {number}: {why}")
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{taken.decided:,} {would}decided, {taken.unchanged:,} unchanged, {len(taken.refused):,} refused."
        )
        if taken.refused:
            sys.exit(1)
