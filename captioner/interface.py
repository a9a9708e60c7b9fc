"""What every captioner offers to the service and to the command line, whichever network is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import torch
    from PIL import Image

    from captioner.confidence.calibration import Calibration
    from captioner.types import Caption


class ImageCaptioner(Protocol):
    """A loaded model that writes captions; `captioner.loading` makes one.

    name: what the model is called. version: that, and a digest of its weights, in at most 100 characters; two models
    never share it. device: where it runs. beam_size: of its search, unless another is asked for. search: how
    it searches for sentences, for a calibration to be known by. image_size: the side
    in pixels that pictures are resized to. styles: the ways of writing that it knows, the usual one first.
    has_attention: whether it can tell where it looked. calibration: what its confidence is read with; None for a model
    of which nobody measured how often it is right.
    """

    name: str
    version: str
    device: torch.device
    beam_size: int
    search: Mapping[str, float]
    image_size: int
    styles: tuple[str, ...]
    has_attention: bool
    calibration: Calibration | None

    @property
    def dtype(self) -> str:
        """The precision that pictures are computed in, such as `float32`."""

    @property
    def threads(self) -> int:
        """Threads that torch computes in, on a CPU."""

    def warm_up(self) -> None:
        """Get ready for the first picture."""

    def picture_features(self, images: Sequence[Image.Image]) -> np.ndarray:
        """By what photographs are told from other pictures, (N, F): features, or statistics of the pixels."""

    def caption(
        self,
        images: Sequence[Image.Image],
        *,
        beam_size: int | None = None,
        alternatives: int = 5,
        max_length: int | None = None,
        style: str = "",
        attention: bool = False,
    ) -> list[Caption]:
        """Return one caption a picture, in order.

        beam_size: 1 to 20. alternatives: how many other sentences at most. max_length: in the model's own tokens, the
        end token not counted. style, attention: what a model does not have it leaves out. Raises BeamSearchError for a
        beam or length out of range.
        """
