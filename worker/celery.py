"""The worker's side of the Celery application: Django is set up, tasks are registered, chores are scheduled."""

import logging
import os
import warnings

import django
from celery.platforms import SecurityWarning
from django.apps import apps
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "webapp.settings")
if not apps.ready:
    django.setup()

from webapp.broker import app

__all__ = ["app"]

_CHORES = {"queue": "fetch", "expires": 30}

# Chores come every ten seconds; a line for each message would bury the rest.
for _name in ("celery.worker.strategy", "celery.worker.request", "celery.app.trace"):
    logging.getLogger(_name).setLevel(logging.WARNING)
# Celery warns root of pickled messages. Ours are JSON and carry the name of a queue.
warnings.filterwarnings("ignore", category=SecurityWarning)

app.conf.update(
    imports=("worker.tasks", "worker.life"),
    # One process to a worker, which never forks once torch is loaded. Celery's time limits need forked children; here a
    # hang shows in the missing beat.
    worker_pool="solo",
    beat_schedule={
        "sweep": {"task": "worker.tasks.sweep", "schedule": 10.0, "options": _CHORES},
        "deliver": {"task": "worker.tasks.deliver", "schedule": 10.0, "options": _CHORES},
        "look_again": {
            "task": "worker.tasks.look_again",
            "schedule": settings.DUE_LOOKS_EVERY.total_seconds(),
            "options": _CHORES,
        },
        "learn_drafts": {"task": "worker.tasks.learn_drafts", "schedule": 60.0, "options": _CHORES},
        "prune": {"task": "worker.tasks.prune", "schedule": 3600.0, "options": _CHORES},
    },
)
