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
    """Gives the features of photographs by their places in a list, (B,), each in the view of that number, (B,)."""

    def __call__(self, encoder: Encoder, positions: Tensor, views: Tensor) -> Features: ...


class KeptFeatures:
    """Features computed beforehand."""

    def __init__(self, *by_view: Features) -> None:
        """by_view: for each view the features of all n pictures."""
        self._by_view = by_view

    def __call__(self, encoder: Encoder, positions: Tensor, views: Tensor) -> Features:
        device = next(encoder.parameters()).device
        grid, pooled = (
            _rows(level, positions, views).to(device, torch.float32) for level in zip(*self._by_view, strict=True)
        )
        return Features(grid, pooled)


class Pictures:
    """Photographs read and encoded afresh each time."""

    def __init__(self, examples: Sequence[Example], preprocessing: Preprocessing) -> None:
        self._examples = examples
        self._preprocessing = preprocessing

    def __call__(self, encoder: Encoder, positions: Tensor, views: Tensor) -> Features:
        device = next(encoder.parameters()).device
        chosen = zip(positions.tolist(), views.tolist(), strict=True)
        pixels = self._preprocessing([self._examples[place].open(view) for place, view in chosen])  # (B, 3, S, S)
        return encoder.encode(pixels.to(device))


def _rows(by_view: Sequence[Tensor], positions: Tensor, views: Tensor) -> Tensor:
    """The rows at `positions`, each of its own view."""
    rows = torch.empty(len(positions), *by_view[0].shape[1:], dtype=by_view[0].dtype)
    for number in views.unique().tolist():
        chosen = views == number
        rows[chosen] = by_view[number][positions[chosen]]
    return rows
