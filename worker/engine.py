"""The captioner of this process, loaded once and on demand. Nothing else in the worker imports torch."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from captioner.alttext import withheld_of
from captioner.attention_maps import describe
from captioner.ocr import find_tesseract, tesseract_version
from captioner.things import places_of_things
from captioner.types import Candidate
from webapp.library.found import Found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image as Pillow

    from captioner.interface import ImageCaptioner
    from captioner.types import Caption


logger = logging.getLogger(__name__)


class CaptionEngine:
    """A loaded model with the decoding options of this installation; an ``Engine`` of ``worker.batch``."""

    def __init__(self, captioner: ImageCaptioner, *, beam_size: int, alternatives: int, ocr: str) -> None:
        """ocr: as the setting CAPTIONER_OCR says."""
        self._captioner = captioner
        self._beam_size = beam_size
        self._alternatives = alternatives
        self.ocr = ocr if find_tesseract() else "never"

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return self._captioner.version

    @cached_property
    def options(self) -> str:
        """The decoding options in a canonical form: what was asked for, not how it is computed (decision 8)."""
        calibration = self._captioner.calibration
        return ",".join(
            (
                f"beam={self._beam_size}",
                f"alternatives={self._alternatives}",
                f"search={_digest(self._captioner.search)}",
                f"calibration={calibration.digest[:12] if calibration else 'none'}",
                f"ocr={self.ocr}{f'-{tesseract_version()}' if self.ocr != 'never' else ''}",
            )
        )

    @property
    def device(self) -> str:
        """Where the model runs: ``cpu`` or ``cuda:0`` and so on."""
        return str(self._captioner.device)

    @property
    def dtype(self) -> str:
        """The precision that pictures are computed in, such as ``float32``."""
        return self._captioner.dtype

    @property
    def threads(self) -> int:
        """The processor threads that the model uses."""
        return self._captioner.threads

    def caption(self, images: Sequence[Pillow.Image]) -> list[Found]:
        """What is found of each upright RGB image."""
        captions = self._captioner.caption(
            images,
            beam_size=self._beam_size,
            alternatives=self._alternatives,
            attention=self._captioner.has_attention,
        )
        return [_found(caption) for caption in captions]


_OF_CANDIDATE = [field.name for field in dataclasses.fields(Candidate)]
_DECIMALS = 4  # of the weights of a look


def _found(caption: Caption) -> Found:
    return Found(
        [{name: getattr(said, name) for name in _OF_CANDIDATE} for said in (caption, *caption.alternatives)],
        dataclasses.asdict(caption.confidence),
        withheld_of(caption) or "",
        _looks(caption),
    )


def _looks(caption: Caption) -> list[dict[str, object]] | None:
    """Where the model looked for each thing that it named."""
    if caption.looks is None:
        return None
    return [
        {
            "word": look.word,
            "place": describe(look),
            "weights": [[round(weight, _DECIMALS) for weight in row] for row in look.weights],
        }
        for look in (caption.looks[place] for place in places_of_things(caption.tokens))
    ]


def _digest(search: Mapping[str, float]) -> str:
    """Eight digits that tell one way of searching from another."""
    return hashlib.sha256(json.dumps(dict(search), sort_keys=True).encode()).hexdigest()[:8]


@cache
def load_engine() -> CaptionEngine:
    """Loads and warms up the model that the settings name; the same one on every further call.

    Raises:
        CaptionerError: the checkpoint or the device cannot be used.
    """
    from captioner.loading import load_captioner

    captioner = load_captioner(settings.CAPTIONER_MODEL, device=settings.CAPTIONER_DEVICE)
    captioner.warm_up()
    calibration = captioner.calibration
    if calibration is None:
        logger.warning("%s is not calibrated: drafts tell no probability, and none is withheld.", captioner.version)
    elif calibration.beam_size != settings.CAPTIONER_BEAM:
        logger.warning(
            "The calibration holds for a beam of %d, and CAPTIONER_BEAM is %d: drafts tell no probability.",
            calibration.beam_size,
            settings.CAPTIONER_BEAM,
        )
    return CaptionEngine(
        captioner,
        beam_size=settings.CAPTIONER_BEAM,
        alternatives=settings.CAPTIONER_ALTERNATIVES,
        ocr=settings.CAPTIONER_OCR,
    )
