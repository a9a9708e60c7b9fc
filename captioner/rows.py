"""Rows of a decoder's state: a tensor, or a nested tuple of tensors that agree in their first dimension."""

from __future__ import annotations

from typing import Any

from torch import Tensor


def select_rows(tree: Any, index: Tensor) -> Any:
    """Take the rows `index` of every tensor in a nested tuple or NamedTuple."""
    if isinstance(tree, Tensor):
        return tree.index_select(0, index)
    parts = [select_rows(part, index) for part in tree]
    return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
