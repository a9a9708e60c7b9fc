"""The Celery worker: claims rows, runs the captioner, writes results. Torch is loaded only where it captions."""

from worker.celery import app

__all__ = ["app"]
