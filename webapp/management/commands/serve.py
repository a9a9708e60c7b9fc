"""``manage.py serve``: the whole service with one command."""

import http.client
import os
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from webapp.env import env_int, env_str
from webapp.queue.release import release_left_over
from webapp.serving.address import Address
from webapp.serving.errors import ServingError
from webapp.serving.leaving import Leaving
from webapp.serving.lock import exclusive
from webapp.serving.service import Service
from webapp.serving.services import CAPTION, FETCH, clock, installation_name, web, worker
from webapp.serving.setup import collect_static_files, ensure_model, prepare_database
from webapp.serving.supervisor import Supervisor


class Command(BaseCommand):
    help = (
        "Starts the whole service and keeps it running: web server, captioning worker, chores. It listens on "
        "127.0.0.1:8000 unless --bind, or HOST and PORT in the environment, say otherwise. Ctrl-C stops it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", metavar="HOST[:PORT]", help="address to listen on")
        parser.add_argument(
            "--caption-workers",
            type=int,
            default=1,
            metavar="N",
            help="captioning workers of this service (default 1; 0 where `manage.py worker` runs them elsewhere)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._serve(options["bind"], options["caption_workers"])
        except ServingError as error:
            raise CommandError(str(error)) from error

    def _serve(self, bind: str | None, caption_workers: int) -> None:
        if caption_workers < 0:
            raise ServingError("--caption-workers must be 0 or more.")
        address = Address.parse(bind or env_str("HOST"), default_port=env_int("PORT", 8000, minimum=1, maximum=65535))
        os.umask(0o077)  # what is written from here on is nobody else's
        with Leaving() as leaving, exclusive(settings.DATA_DIR / "serve.lock"):
            address.ensure_free()
            if caption_workers:
                ensure_model()
            prepare_database()
            collect_static_files()
            name = installation_name()
            release_left_over(f"{name}/")  # we hold the lock: none of them lives
            if not address.is_loopback:
                self._warn_of_the_world(address)
            services = [
                web(address),
                *_caption_workers(name, caption_workers),
                worker(FETCH, name=f"{name}/fetch"),
                clock(),
            ]
            Supervisor(services, each_tick=_once_answering(address, self._say_ready)).run(leaving)

    def _say_ready(self, address: Address) -> None:
        self.stdout.write(self.style.SUCCESS(f"Captioner is ready at {address.url}"))
        self.stdout.flush()

    def _warn_of_the_world(self, address: Address) -> None:
        self.stderr.write(
            self.style.WARNING(
                f"Captioner listens on {address}, where other machines may reach it. Name its hosts in ALLOWED_HOSTS "
                "and put an HTTPS proxy in front (HTTPS=true). Without a key the API answers this machine only: "
                "make keys with `manage.py apikey create`."
            )
        )


def _caption_workers(name: str, count: int) -> list[Service]:
    """The workers share the processor's cores evenly; a single one takes them all."""
    threads = max(1, (os.cpu_count() or 1) // count) if count > 1 else 0
    return [worker(CAPTION, name=f"{name}/caption-{number}", threads=threads) for number in range(1, count + 1)]


def _once_answering(address: Address, tell: Callable[[Address], None]) -> Callable[[], None]:
    """A function for every tick: asks the web server until it answers, tells it once, and then does nothing."""
    told = False

    def ask() -> None:
        nonlocal told
        if told:
            return
        connection = http.client.HTTPConnection(address.here, timeout=1)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            return
        finally:
            connection.close()
        told = True
        tell(address)

    return ask
