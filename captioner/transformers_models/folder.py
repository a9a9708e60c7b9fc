"""Where a model of transformers lies: in a folder of its own, or in the cache of the Hugging Face hub."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from captioner.errors import CheckpointError, ConfigurationError
from captioner.model_names import PREFIX, named_folder
from captioner.transformers_models.library import DOWNLOAD_VARIABLE, may_download

_WEIGHTS = "model.safetensors"
_INDEX = "model.safetensors.index.json"
_FILES = ("*.json", "*.txt", "*.model", "*.jinja", _WEIGHTS, "model-*.safetensors")  # neither code nor pickles


def find_folder(name: str) -> Path:
    """The folder with the model's files: `name` itself, or what the hub's cache holds of the model called so.

    Nothing is downloaded unless CAPTIONER_ALLOW_DOWNLOAD=1. Raises CheckpointError or ConfigurationError.
    """
    if not name:
        raise ConfigurationError(f"{PREFIX!r} names no model. Write the name or the folder of one behind it.")
    folder = named_folder(name)
    if folder is None:
        return _from_hub(name)
    if not folder.is_dir():
        raise CheckpointError(f"There is no folder {folder}. Give the folder that a model of transformers is saved in.")
    return folder


def weights_files(folder: Path) -> list[Path]:
    """The safetensors files of the model in the folder; raises CheckpointError if there are none.

    Weights in pickles (`pytorch_model.bin`) are never loaded: a pickle is code.
    """
    if (folder / _WEIGHTS).is_file():
        return [folder / _WEIGHTS]
    try:
        parts = set(json.loads((folder / _INDEX).read_text(encoding="utf-8"))["weight_map"].values())
    except FileNotFoundError as error:
        raise CheckpointError(
            f"{folder} holds no {_WEIGHTS}. Weights in other formats can run code and are not loaded: choose a model "
            "that is stored as safetensors."
        ) from error
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise CheckpointError(f"{folder / _INDEX} cannot be read. Fetch the model again.") from error
    return [folder / part for part in sorted(parts)]


def weights_digest(files: list[Path]) -> str:
    """The SHA-256 over the SHA-256 of the files, in hexadecimal; raises CheckpointError if one cannot be read."""
    whole = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise CheckpointError(f"The weights {path} cannot be read. Fetch the model again.") from error
    return whole.hexdigest()


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        return Path(snapshot_download(name, local_files_only=not may_download(), allow_patterns=list(_FILES)))
    except HFValidationError as error:
        raise ConfigurationError(f"{name!r} is neither a folder nor a name of the Hugging Face hub.") from error
    except Exception as error:  # its own errors, the network's and the disk's have no common parent
        if may_download():
            advice = f"The model {name!r} cannot be fetched. Check its name and the network."
        else:
            advice = (
                f"The model {name!r} is neither a folder nor in the local cache, and nothing is downloaded unasked. "
                f"Fetch it with `hf download {name}`, or set {DOWNLOAD_VARIABLE}=1 and start again."
            )
        raise CheckpointError(advice) from error
