"""From an RGB picture to the tensor that the encoder was trained on, as the checkpoint's manifest says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from captioner.cpus import in_threads
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
        """Return pixels (B, 3, S, S), float32 and channels last in memory, of pictures of any mode and size.

        Pictures are resized in as many threads as torch computes in.
        """
        squashed = list(in_threads(self._squashed, images, torch.get_num_threads()))
        values = torch.from_numpy(np.stack(squashed)).float()  # (B, S, S, 3)
        values -= torch.tensor(self.mean)
        values /= torch.tensor(self.std)
        return values.permute(0, 3, 1, 2)

    def _squashed(self, image: Image.Image) -> np.ndarray:
        """The picture as the square, (S, S, 3), uint8."""
        rgb = image if image.mode == "RGB" else image.convert("RGB")
        return np.asarray(rgb.resize((self.size, self.size), _FILTERS[self.resampling]))

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
