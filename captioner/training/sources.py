"""Where a stage's features come from: the cache while the encoder is frozen, the pictures while it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor

from captioner.encoders import Encoder, Features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.preprocess import Preprocessing
    from captioner.training.data import Example


class FeatureSource(Protocol):
    """Gives the features of photographs by their places in a list."""

    def __call__(self, encoder: Encoder, positions: Tensor, mirrored: Tensor) -> Features: ...


class KeptFeatures:
    """Features computed beforehand, and perhaps those of the mirrored pictures."""

    def __init__(self, plain: Features, mirrored: Features | None = None) -> None:
        """plain, mirrored: of all n pictures; without `mirrored` no picture is ever mirrored."""
        self._plain = plain
        self._mirrored = plain if mirrored is None else mirrored

    def __call__(self, encoder: Encoder, positions: Tensor, mirrored: Tensor) -> Features:
        device = next(encoder.parameters()).device
        grid, pooled = (
            _rows(plain, flipped, positions, mirrored).to(device, torch.float32)
            for plain, flipped in zip(self._plain, self._mirrored, strict=True)
        )
        return Features(grid, pooled)


class Pictures:
    """Photographs read and encoded afresh each time."""

    def __init__(self, examples: Sequence[Example], preprocessing: Preprocessing) -> None:
        self._examples = examples
        self._preprocessing = preprocessing

    def __call__(self, encoder: Encoder, positions: Tensor, mirrored: Tensor) -> Features:
        device = next(encoder.parameters()).device
        pixels = self._preprocessing([self._examples[place].stored.open() for place in positions.tolist()])
        pixels = torch.where(mirrored.view(-1, 1, 1, 1), pixels.flip(3), pixels)  # (B, 3, S, S)
        return encoder.encode(pixels.to(device))


def _rows(plain: Tensor, flipped: Tensor, positions: Tensor, mirrored: Tensor) -> Tensor:
    """The rows at `positions`, those of the mirrored pictures from `flipped`."""
    if flipped is plain:
        return plain[positions]
    return torch.where(mirrored.view(-1, *[1] * (plain.dim() - 1)), flipped[positions], plain[positions])
