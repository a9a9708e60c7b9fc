"""How a model is named: a checkpoint by its folder, a model of transformers by `transformers:` and its name or folder.

Standard library only, so that any process may import it.
"""

from __future__ import annotations

from pathlib import Path

PREFIX = "transformers:"
SHIPPED = "adaptive"


def shipped_folder() -> Path:
    """The folder of the checkpoint that is used unless another model is named."""
    return Path(__file__).parent / "checkpoints" / SHIPPED


def transformers_name(model: Path | str) -> str | None:
    """What stands behind `transformers:`, perhaps nothing; None if a checkpoint is named."""
    text = str(model)
    return text.removeprefix(PREFIX).strip() if text.startswith(PREFIX) else None


def named_folder(name: str) -> Path | None:
    """The folder that a name behind `transformers:` stands for; None if it can only be a name of the Hugging Face hub.

    A hub's name is `model` or `owner/model`. What is a folder here, or is written as a path, is a folder.
    """
    path = Path(name).expanduser()
    is_path = path.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name
    return path if is_path or path.is_dir() else None
