"""Settings that have looks that are due begun soon."""

from datetime import timedelta

from tests.e2e_processes.settings import *  # noqa: F403

DUE_LOOKS_EVERY = timedelta(seconds=3)
