"""The settings of the service, with leases that outlast every test: what is freed in time, a supervisor has freed."""

from datetime import timedelta

from webapp.settings import *  # noqa: F403

QUEUE_LEASE = timedelta(hours=1)
