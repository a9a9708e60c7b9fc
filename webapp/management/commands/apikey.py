"""``manage.py apikey``: make, list and revoke API keys from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from webapp.accounts.keys import SCOPES, make_key, revoke
from webapp.accounts.models import ApiKey


class Command(BaseCommand):
    help = "Makes, lists and revokes API keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key; it is printed this once")
        create.add_argument("name", help="what the key is for, to tell keys apart")
        create.add_argument(
            "--scope", action="append", choices=list(SCOPES), help="what it may do; repeat it (default: all)"
        )
        actions.add_parser("list", help="list all keys, the newest first")
        end = actions.add_parser("revoke", help="end a key for good")
        end.add_argument("lookup", help="the key's first 12 characters, as in the list")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        match action:
            case "create":
                self._create(options["name"], options["scope"] or list(SCOPES))
            case "list":
                self._list()
            case "revoke":
                self._revoke(options["lookup"])

    def _create(self, name: str, scopes: list[str]) -> None:
        _, secret = make_key(name, scopes=scopes)
        # The key alone on standard output, so that it can be piped; what to do with it beside it.
        self.stderr.write("Copy the key now: it cannot be shown again.")
        self.stdout.write(secret)

    def _list(self) -> None:
        keys = ApiKey.objects.order_by("-created_at")
        if not keys:
            self.stdout.write("There are no keys. Make one: manage.py apikey create NAME")
        for key in keys:
            used = f"last used {key.last_used_at:%Y-%m-%d}" if key.last_used_at else "not used yet"
            state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else used
            scopes = ",".join(key.scopes)
            self.stdout.write(f"{key.lookup}  made {key.created_at:%Y-%m-%d}  {state}  {scopes}  {key.name}")

    def _revoke(self, lookup: str) -> None:
        key = ApiKey.objects.filter(lookup=lookup[:12]).first()
        if key is None:
            raise CommandError(f"There is no key that begins with {lookup[:12]}. See: manage.py apikey list")
        revoke(key)
        self.stdout.write(f"The key {key.lookup} ({key.name}) is revoked.")
