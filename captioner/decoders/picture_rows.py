"""Which sentence belongs to which picture, arranged so that attention need not copy a picture for each sentence."""

from __future__ import annotations

from typing import Self

import torch
from torch import Tensor


class PictureRows:
    """N rows, one a sentence, that belong to B pictures.

    `group` lays the rows out as B pictures of W rows each, so that one matrix product compares a picture's places with
    all its sentences. W is the most rows that one picture has; places left over hold zeros.
    """

    def __init__(self, owner: Tensor, pictures: int) -> None:
        """owner: (N,) the picture of each row, in any order."""
        count = torch.bincount(owner, minlength=pictures)  # (B,)
        self._pictures = pictures
        self._owner = owner
        self._width = int(count.max())
        order = owner.argsort(stable=True)  # (N,)
        first = count.cumsum(0) - count  # (B,) where each picture's rows begin in that order
        rank = torch.empty_like(owner)  # (N,) each row's number among its picture's
        rank[order] = torch.arange(len(owner), device=owner.device) - first[owner[order]]
        self._place: Tensor | None = owner * self._width + rank  # (N,)

    @classmethod
    def regular(cls, rows: int, pictures: int) -> Self:
        """N rows in order, N / B of them for each picture: nothing needs to be moved."""
        self = cls.__new__(cls)
        self._pictures, self._width, self._place = pictures, rows // pictures, None
        return self

    def spread(self, values: Tensor) -> Tensor:
        """Give every row its picture's values: (B, ...) to (N, ...)."""
        if self._place is None:
            return values if self._width == 1 else values.repeat_interleave(self._width, dim=0)
        return values.index_select(0, self._owner)

    def group(self, values: Tensor) -> Tensor:
        """(N, ...) to (B, W, ...)."""
        if self._place is not None:
            empty = values.new_zeros(self._pictures * self._width, *values.shape[1:])
            values = empty.index_copy(0, self._place, values)  # (B * W, ...)
        return values.unflatten(0, (self._pictures, self._width))

    def ungroup(self, values: Tensor) -> Tensor:
        """(B, W, ...) back to (N, ...)."""
        values = values.flatten(0, 1)  # (B * W, ...)
        return values if self._place is None else values.index_select(0, self._place)
