"""The captions of a split's photographs, as the product writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tqdm import tqdm

if TYPE_CHECKING:
    from captioner.confidence.photographs import Photographs
    from captioner.interface import ImageCaptioner
    from captioner.training.data import Split
    from captioner.types import Caption

_BATCH = 32


def caption_split(
    captioner: ImageCaptioner, split: Split, *, beam_size: int | None = None, photographs: Photographs | None = None
) -> list[Caption]:
    """The captions of a split's photographs.

    beam_size: the captioner's own unless it is given. photographs: for a captioner without a calibration; their signs
    of the pictures join those of the sentences.
    """
    captions: list[Caption] = []
    for first in tqdm(range(0, len(split), _BATCH), desc=f"captions of {split.name}", unit="batch"):
        batch = [example.open() for example in split.examples[first : first + _BATCH]]
        found = captioner.caption(batch, beam_size=beam_size)
        if photographs is not None:
            signs = photographs.signs(captioner.picture_features(batch))
            found = [replace(own, signs={**own.signs, **more}) for own, more in zip(found, signs, strict=True)]
        captions += found
    return captions
