"""``manage.py scan``: says which images of a page or folder lack a text, and what is wrong with the texts."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from webapp.audit.at_address import page_at
from webapp.scan.errors import ScanError
from webapp.scan.report import FORMATS, exit_status, results_of
from webapp.scan.report.results import UNREADABLE
from webapp.scan.sources import pages_of

_WEB = ("http://", "https://")
_EXITS = """exit status:
  0  nothing was found that counts
  1  findings at or above --fail-on
  2  a page, or the source itself, cannot be read"""


class Command(BaseCommand):
    help = "Looks at the images of a page, or of every page in a folder, and reports what is wrong with their texts."
    requires_system_checks: list[str] = []  # it needs no database, so it says nothing about one

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = _EXITS
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="a file of HTML, a folder with .html and .htm files, or an http(s) address")
        parser.add_argument("--format", choices=list(FORMATS), default="text", help="text is for people (default)")
        parser.add_argument(
            "--fail-on",
            choices=["error", "warning", "never"],
            default="error",
            help="what makes the exit status 1 (default: error)",
        )
        parser.add_argument("--root", type=Path, help="the folder that an address beginning with / means")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = options["source"]
            loaded = page_at(source) if source.startswith(_WEB) else pages_of(source, options["root"])
            results = list(results_of(loaded))
        except ScanError as error:
            self.stderr.write(f"{error.code}: {error.message}")
            raise SystemExit(UNREADABLE) from None
        self.stdout.write(FORMATS[options["format"]](results, options["fail_on"]), ending="")
        if status := exit_status(results, options["fail_on"]):
            raise SystemExit(status)
