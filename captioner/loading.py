"""The captioner that a person named: a checkpoint of our own, or a model of transformers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from captioner.captioner import ENVIRONMENT_VARIABLE, Captioner, checkpoint_folder
from captioner.model_names import transformers_name

if TYPE_CHECKING:
    from pathlib import Path

    from captioner.interface import ImageCaptioner


def load_captioner(
    model: Path | str | None = None, device: str | None = None, *, calibrated: bool = True
) -> ImageCaptioner:
    """Load `model`, else what CAPTIONER_MODEL names, else the shipped checkpoint.

    model: the folder of a checkpoint, or `transformers:` and the name or folder of a model of that library.
    device: as for `Captioner.load`. calibrated: whether its calibration is used, if there is one.

    Raises CheckpointError, CalibrationError, DeviceError or ConfigurationError.
    """
    model = model or os.environ.get(ENVIRONMENT_VARIABLE)
    name = transformers_name(model or "")
    if name is None:
        return Captioner.load(model, device, calibrated=calibrated)
    from captioner.transformers_models.captioner import TransformersCaptioner

    return TransformersCaptioner.load(name, device, calibrated=calibrated)


def model_folder(model: Path | str | None = None) -> Path:
    """The folder that holds the model which `load_captioner` would load. Raises CheckpointError."""
    name = transformers_name(model or os.environ.get(ENVIRONMENT_VARIABLE) or "")
    if name is None:
        return checkpoint_folder(model)
    from captioner.transformers_models.folder import find_folder

    return find_folder(name)
