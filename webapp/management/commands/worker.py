"""``manage.py worker``: one supervised worker process, for installations that outgrow ``manage.py serve``."""

import os
import uuid
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from webapp.queue.models import Work
from webapp.serving.errors import ServingError
from webapp.serving.services import CAPTION, installation_name, worker
from webapp.serving.setup import ensure_model
from webapp.serving.supervisor import Supervisor


class Command(BaseCommand):
    help = """Runs one worker and restarts it when it dies. Start one for each device:

  manage.py worker --queue caption --device cuda:0
  manage.py worker --queue caption --device cuda:1
  manage.py worker --queue fetch

The device is auto (a GPU where there is one), cpu, cuda or cuda:N; without the option CAPTIONER_DEVICE decides. cuda:N
counts the devices that CUDA_VISIBLE_DEVICES leaves visible, so that CUDA_VISIBLE_DEVICES=3 with --device cuda:0 is the
fourth. All workers need the DATABASE_URL, CELERY_BROKER_URL and DATA_DIR of the web server (the pictures lie in
DATA_DIR). Several workers on one processor share its cores: set OMP_NUM_THREADS for each. Ctrl-C stops it."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue", choices=Work.Queue.values, default=CAPTION)
        parser.add_argument("--device", default="", help="auto, cpu, cuda or cuda:N")
        parser.add_argument("--name", default="", help="for the log (default: a random one)")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"{installation_name()}:{options['name'][:20] or uuid.uuid4().hex[:8]}"
        os.umask(0o077)  # what is written from here on is nobody else's
        try:
            if options["queue"] == CAPTION:
                ensure_model()
            Supervisor([worker(options["queue"], name=name, device=options["device"])]).run()
        except ServingError as error:
            raise CommandError(str(error)) from error
