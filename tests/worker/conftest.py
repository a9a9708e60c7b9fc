"""The tests of the worker hand over pictures as those of the queue do."""

from tests.queue.conftest import data_folder

__all__ = ["data_folder"]
