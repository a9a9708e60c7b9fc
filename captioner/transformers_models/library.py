"""The transformers library, which is optional: imported when a model of it is loaded, and kept from the network."""

from __future__ import annotations

import os
from typing import Any

from captioner.errors import ConfigurationError
from captioner.torchvision_compat import import_torchvision

DOWNLOAD_VARIABLE = "CAPTIONER_ALLOW_DOWNLOAD"


def may_download() -> bool:
    """Whether the person asked for downloads with CAPTIONER_ALLOW_DOWNLOAD=1. Raises ConfigurationError."""
    value = os.environ.get(DOWNLOAD_VARIABLE, "").strip()
    if value not in ("", "0", "1"):
        raise ConfigurationError(f"{DOWNLOAD_VARIABLE} is {value!r}. Set it to 1 to allow downloads, or to 0.")
    return value == "1"


def import_transformers() -> Any:
    """Return the transformers package, without its messages and progress bars.

    Raises ConfigurationError if it is not installed.
    """
    if not may_download():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # loading from a folder asks the hub nothing; this makes sure
    import_torchvision()  # transformers imports it too, and the plain import can fail
    try:
        import transformers
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "Models named with `transformers:` need the transformers library. Run "
            "`pip install -r requirements-transformers.txt`."
        ) from error
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    return transformers
