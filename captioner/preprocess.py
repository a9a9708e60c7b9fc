"""From an RGB picture to the tensor that the encoder was trained on, as the checkpoint's manifest says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from captioner.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How pictures become tensors.

    size: both sides in pixels. The picture is squashed straight to this square: no crop, so nothing at an edge is lost.
    mean, std: of RGB values in 0..255; the tensor holds `(value - mean) / std`.
    resampling: `bilinear` or `bicubic`; Pillow's filters widen when they shrink, so both are free of aliasing.
    """

    size: int = 299
    mean: tuple[float, float, float] = (127.5, 127.5, 127.5)
    std: tuple[float, float, float] = (127.5, 127.5, 127.5)
    resampling: str = "bilinear"

    def __call__(self, images: Sequence[Image.Image]) -> Tensor:
        """Return pixels (B, 3, S, S), float32, of pictures of any mode and size."""
        return torch.stack([self._one(image) for image in images])

    def _one(self, image: Image.Image) -> Tensor:
        squashed = image.convert("RGB").resize((self.size, self.size), _FILTERS[self.resampling])
        values = np.array(squashed, dtype=np.float32)  # (S, S, 3)
        scaled = (values - np.array(self.mean, np.float32)) / np.array(self.std, np.float32)  # (S, S, 3)
        return torch.from_numpy(scaled).permute(2, 0, 1).contiguous()  # (3, S, S)

    def to_json(self) -> dict[str, Any]:
        """A manifest's `preprocessing` entry."""
        return {**asdict(self), "mean": list(self.mean), "std": list(self.std)}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Preprocessing:
        """Read a manifest's `preprocessing` entry; raises CheckpointError if it is not one."""
        try:
            loaded = cls(**{**entry, "mean": tuple(entry["mean"]), "std": tuple(entry["std"])})
        except (TypeError, KeyError) as error:
            raise CheckpointError(f"The manifest's preprocessing cannot be read ({error}). Fetch it again.") from error
        possible = loaded.resampling in _FILTERS and loaded.size > 0 and min(loaded.std) > 0
        if not possible or len(loaded.mean) != 3 or len(loaded.std) != 3:
            raise CheckpointError("The manifest's preprocessing has impossible values. Fetch the checkpoint again.")
        return loaded
