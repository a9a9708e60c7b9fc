"""The captioner that a person named: a checkpoint of our own, or a model of transformers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from captioner.captioner import ENVIRONMENT_VARIABLE, Captioner
from captioner.model_names import transformers_name

if TYPE_CHECKING:
    from pathlib import Path

    from captioner.interface import ImageCaptioner


def load_captioner(model: Path | str | None = None, device: str | None = None) -> ImageCaptioner:
    """Load `model`, else what CAPTIONER_MODEL names, else the shipped checkpoint.

    model: the folder of a checkpoint, or `transformers:` and the name or folder of a model of that library.
    device: as for `Captioner.load`. Raises CheckpointError, DeviceError or ConfigurationError.
    """
    model = model or os.environ.get(ENVIRONMENT_VARIABLE)
    name = transformers_name(model or "")
    if name is None:
        return Captioner.load(model, device)
    from captioner.transformers_models.captioner import TransformersCaptioner

    return TransformersCaptioner.load(name, device)
