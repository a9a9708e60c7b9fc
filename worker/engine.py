"""The captioner of this process, loaded once and on demand. Nothing else in the worker imports torch."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from captioner.attention_maps import describe
from captioner.bands import Withheld
from captioner.ocr import find_tesseract, read_text
from captioner.things import places_of_things
from captioner.types import Candidate
from webapp.library.found import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image as Pillow

    from captioner.interface import ImageCaptioner
    from captioner.types import Caption, PictureText


class CaptionEngine:
    """A loaded model with the decoding options of this installation; an ``Engine`` of ``worker.batch``."""

    def __init__(self, captioner: ImageCaptioner, *, beam_size: int, alternatives: int, ocr: str) -> None:
        """ocr: which pictures are read for text, as the setting CAPTIONER_OCR says."""
        self._captioner = captioner
        self._beam_size = beam_size
        self._alternatives = alternatives
        self._ocr = ocr if find_tesseract() else "never"

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return self._captioner.version

    @property
    def options(self) -> str:
        """The decoding options in a canonical form: what was asked for, not how it is computed (decision 8)."""
        calibration = self._captioner.calibration
        return ",".join(
            (
                f"beam={self._beam_size}",
                f"alternatives={self._alternatives}",
                f"calibration={calibration.digest[:12] if calibration else 'none'}",
                f"ocr={self._ocr}",
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
        return [_found(caption, self._read(image, caption)) for caption, image in zip(captions, images, strict=True)]

    def _read(self, image: Pillow.Image, caption: Caption) -> PictureText | None:
        """The text in a picture; by default photographs are not read, which takes longer than captioning them."""
        is_drawing = caption.withheld is Withheld.NOT_A_PHOTOGRAPH
        return read_text(image) if self._ocr == "always" or (self._ocr == "drawings" and is_drawing) else None


_OF_CANDIDATE = [field.name for field in dataclasses.fields(Candidate)]
_DECIMALS = 4  # of the weights of a look


def _found(caption: Caption, read: PictureText | None) -> Found:
    return Found(
        [{name: getattr(said, name) for name in _OF_CANDIDATE} for said in (caption, *caption.alternatives)],
        dataclasses.asdict(caption.confidence),
        caption.withheld or "",
        _looks(caption),
        dataclasses.asdict(read) if read else None,
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


@cache
def load_engine() -> CaptionEngine:
    """Loads and warms up the model that the settings name; the same one on every further call.

    Raises:
        CaptionerError: the checkpoint or the device cannot be used.
    """
    from captioner.loading import load_captioner

    captioner = load_captioner(settings.CAPTIONER_MODEL, device=settings.CAPTIONER_DEVICE)
    captioner.warm_up()
    return CaptionEngine(
        captioner,
        beam_size=settings.CAPTIONER_BEAM,
        alternatives=settings.CAPTIONER_ALTERNATIVES,
        ocr=settings.CAPTIONER_OCR,
    )
