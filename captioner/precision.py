"""The precision of the network's matrix products, where a caller chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

PRECISIONS = ("float32", "bfloat16")


def products_in(precision: str, device: torch.device) -> torch.autocast:
    """Within it, matrices are multiplied in one of `PRECISIONS`.

    Weights, log-probabilities and losses stay in float32. bfloat16 takes half the time or less where the processor
    multiplies it (AVX-512 BF16, AMX).
    """
    import torch  # the commands that offer the choice start without it

    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16")
