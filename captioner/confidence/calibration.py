"""A calibration: from signs to a probability, a band in words, or no sentence at all.

It lies beside a checkpoint as `calibration.json`, which people can read too, and `calibration.safetensors`.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from captioner.bands import Band
from captioner.confidence.logistic import Logistic
from captioner.confidence.photographs import Photographs
from captioner.confidence.record import Record
from captioner.errors import CalibrationError
from captioner.picture_statistics import STATISTICS
from captioner.things import things
from captioner.types import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT_VERSION = 1
ENVIRONMENT_VARIABLE = "CAPTIONER_CALIBRATION"
CALIBRATION = "calibration.json"
TENSORS = "calibration.safetensors"

# Of ten sentences of the probability 0.75 seven or eight are right: what may be called likely. Below one half a
# sentence is more often wrong than right, and below one fifth reading it costs more than it helps.
LIKELY: Final = 0.75
UNSURE: Final = 0.5
FLOOR: Final = 0.2
_DECIMALS = 4
BOUNDS: Final = (
    (Band.LIKELY.value, LIKELY, math.inf),
    (Band.UNSURE.value, UNSURE, LIKELY),
    (Band.DOUBTFUL.value, FLOOR, UNSURE),
    ("withheld", -math.inf, FLOOR),
)


@dataclass(frozen=True)
class Calibration:
    """How the signs of one checkpoint's captions are read.

    checkpoint: its version. search: how its sentences are searched for. beam_size: the beam with which it holds; of
    another one the probabilities mean something else. signs: the names of those that `right` reads, in its order.
    record: how often each thing was there when it was named. report: the figures it was measured with. digest: of the
    files that it was read from, SHA-256.
    """

    checkpoint: str
    search: Mapping[str, float]
    beam_size: int
    signs: tuple[str, ...]
    right: Logistic
    record: Record
    photographs: Photographs
    report: dict[str, Any] = field(default_factory=dict)
    digest: str = ""

    def confidence(self, sentence: str, signs: Mapping[str, float]) -> Confidence:
        """The probability that a sentence with these signs is right, and its band."""
        all_signs = {**signs, **self.record.signs([thing.name for thing in things(sentence)])}
        signs_read = np.array([all_signs[name] for name in self.signs])
        probability = round(float(self.right.probability(signs_read)), _DECIMALS)
        return Confidence(probability, band_of(probability), calibrated=True)

    def is_photograph(self, signs: Mapping[str, float]) -> bool:
        """Whether a picture with these signs is more likely a photograph than a drawing."""
        return signs["photograph"] >= 0

    def save(self, folder: Path) -> None:
        """Write both files."""
        tensors = {
            **{f"right.{name}": getattr(self.right, name) for name in _OF_LOGISTIC},
            **{f"photographs.{name}": getattr(self.photographs, name) for name in _OF_PHOTOGRAPHS},
            **{f"is_photograph.{name}": getattr(self.photographs.is_photograph, name) for name in _OF_LOGISTIC},
        }
        data = save({name: value.astype(np.float32) for name, value in tensors.items()})
        (folder / TENSORS).write_bytes(data)
        entries = {
            "format_version": FORMAT_VERSION,
            "checkpoint": self.checkpoint,
            "tensors_sha256": hashlib.sha256(data).hexdigest(),
            "search": dict(self.search),
            "beam_size": self.beam_size,
            "signs": list(self.signs),
            "statistics": list(STATISTICS),
            "record": {
                name: [self.record.right.get(name, 0), self.record.wrong.get(name, 0)]
                for name in sorted({*self.record.right, *self.record.wrong})
            },
            "right_bias": self.right.bias,
            "photograph_bias": self.photographs.is_photograph.bias,
            "report": self.report,
        }
        (folder / CALIBRATION).write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read both files; raises CalibrationError if they cannot be used."""
        try:
            text, data = (folder / CALIBRATION).read_bytes(), (folder / TENSORS).read_bytes()
            entries, tensors = json.loads(text), load(data)
            if entries["format_version"] != FORMAT_VERSION or entries["statistics"] != list(STATISTICS):
                raise CalibrationError(f"The calibration in {folder} was made for another version. {_AGAIN}")
            if entries["tensors_sha256"] != hashlib.sha256(data).hexdigest():
                raise CalibrationError(f"The two files of the calibration in {folder} do not go together. {_AGAIN}")
            photographs = Photographs(
                **{name: tensors[f"photographs.{name}"] for name in _OF_PHOTOGRAPHS},
                is_photograph=_logistic(tensors, "is_photograph", entries["photograph_bias"]),
            )
            right = _logistic(tensors, "right", entries["right_bias"])
            return cls(
                entries["checkpoint"],
                entries["search"],
                entries["beam_size"],
                tuple(entries["signs"]),
                right,
                Record(
                    {name: counts[0] for name, counts in entries["record"].items()},
                    {name: counts[1] for name, counts in entries["record"].items()},
                ),
                photographs,
                entries["report"],
                hashlib.sha256(text + data).hexdigest(),
            )
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise CalibrationError(f"The calibration in {folder} cannot be read ({error}). {_AGAIN}") from error


def band_of(probability: float) -> Band:
    """The band of a probability; sentences below the floor are not shown."""
    if probability >= LIKELY:
        return Band.LIKELY
    return Band.UNSURE if probability >= UNSURE else Band.DOUBTFUL


def calibration_folder(model: Path) -> Path:
    """Where a model's calibration lies: where CAPTIONER_CALIBRATION says, else in the model's own folder."""
    return Path(os.environ.get(ENVIRONMENT_VARIABLE) or model)


def load_calibration(folder: Path, checkpoint: str, search: Mapping[str, float]) -> Calibration | None:
    """The calibration in a folder, or None where there is none.

    checkpoint, search: the version and the search that it must have been made for. Raises CalibrationError.
    """
    if not (folder / CALIBRATION).is_file():
        return None
    found = Calibration.read(folder)
    if found.checkpoint != checkpoint:
        raise CalibrationError(
            f"The calibration in {folder} was made for {found.checkpoint}, and the model is {checkpoint}. {_AGAIN}"
        )
    if found.search != search:
        raise CalibrationError(f"The calibration in {folder} was made for another search of {checkpoint}. {_AGAIN}")
    return found


_AGAIN = "Make it again with `python -m captioner calibrate`, or remove its two files."
_OF_LOGISTIC = ("means", "scales", "weights")
_OF_PHOTOGRAPHS = ("mean", "directions", "centre", "spread")


def _logistic(tensors: Mapping[str, np.ndarray], name: str, bias: float) -> Logistic:
    return Logistic(**{part: tensors[f"{name}.{part}"] for part in _OF_LOGISTIC}, bias=bias)
