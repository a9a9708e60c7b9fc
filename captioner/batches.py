"""Batches that fit the device's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


class Batches:
    """Runs a network a batch at a time; when a CUDA device runs out of memory the batch is halved from then on."""

    def __init__(self, size: int) -> None:
        self.size = size

    def run(self, network: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item]) -> list[Result]:
        """One result an item, in order. Raises torch.cuda.OutOfMemoryError where memory does not hold one item."""
        results: list[Result] = []
        while len(results) < len(items):
            batch = items[len(results) : len(results) + self.size]
            try:
                results += network(batch)
            except torch.cuda.OutOfMemoryError:
                if len(batch) == 1:
                    raise
                self.size = len(batch) // 2
                torch.cuda.empty_cache()
        return results
