"""Settings with less patience for a worker that hangs; small batches keep those that do not hang far from the limit."""

from datetime import timedelta

from tests.e2e_processes.settings import *  # noqa: F403

QUEUE_BATCH_LIMIT = timedelta(seconds=10)
QUEUE_SILENCE = timedelta(seconds=20)
BATCH_SIZE = 3
