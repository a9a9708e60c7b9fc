"""The worker's side of the Celery application: Django is set up, tasks are registered, chores are scheduled."""

import logging
import os
import warnings

import django
from celery.platforms import SecurityWarning
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "webapp.settings")
if not apps.ready:
    django.setup()

from django.conf import settings

from webapp.broker import app

__all__ = ["app"]

DRAIN_BUDGET = 20.0  # seconds after which a drain lets the process look at its messages again
_CHORES = {"queue": "fetch", "expires": 30}

# Chores come every ten seconds; a line for each message would bury the rest.
for _name in ("celery.worker.strategy", "celery.worker.request", "celery.app.trace"):
    logging.getLogger(_name).setLevel(logging.WARNING)
# Celery warns root of pickled messages. Ours are JSON and carry the name of a queue.
warnings.filterwarnings("ignore", category=SecurityWarning)

_soft_limit = DRAIN_BUDGET + settings.QUEUE_BATCH_LIMIT.total_seconds()
app.conf.update(
    imports=("worker.tasks", "worker.life"),
    # For a prefork pool. The solo workers that our supervisor starts know no limits: a hang shows in the missing beat.
    task_soft_time_limit=_soft_limit,
    task_time_limit=_soft_limit + 5,
    beat_schedule={
        "sweep": {"task": "worker.tasks.sweep", "schedule": 10.0, "options": _CHORES},
        "prune": {"task": "worker.tasks.prune", "schedule": 3600.0, "options": _CHORES},
    },
)
