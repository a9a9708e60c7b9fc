"""Trunks: an encoder that several checkpoints share. Each of them holds its decoder's weights and names the trunk's.

A checkpoint's manifest names the folder beside its own that holds the encoder, and the SHA-256 of the encoder's
tensors, so that a decoder never meets features that it was not trained on.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError, safe_open

from captioner.errors import CheckpointError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

ENCODER_PREFIX = "encoder."
WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class Trunk:
    """A manifest's `trunk` entry.

    checkpoint: the name of the folder, beside the checkpoint's own, whose weights file holds the encoder.
    sha256: `encoder_digest` of that encoder.
    """

    checkpoint: str
    sha256: str

    def __post_init__(self) -> None:
        path = PurePosixPath(self.checkpoint.replace("\\", "/"))  # a name on every system
        if path.is_absolute() or len(path.parts) != 1 or path.name == ".." or "\0" in path.name:
            raise ValueError(f"{self.checkpoint!r} is not the name of a folder beside the checkpoint's")

    def to_json(self) -> dict[str, str]:
        """The entry as plain values."""
        return asdict(self)


def encoder_digest(weights: Mapping[str, Tensor]) -> str:
    """SHA-256 over an encoder's tensors, by the names that the encoder gives them.

    In the order of the names, of each tensor: its name, its shape, and its values in float16, the least significant
    byte first. Counters that are not stored do not count.
    """
    digest = hashlib.sha256()
    for name in sorted(filter(is_stored, weights)):
        value = weights[name].detach().to("cpu", torch.float16).contiguous()
        digest.update(f"{name} {list(value.shape)}\n".encode())
        digest.update(value.numpy().astype("<f2", copy=False).tobytes())
    return digest.hexdigest()


def is_stored(name: str) -> bool:
    """Whether a checkpoint holds the tensor of that name: batch norm's counters are of no use to anyone."""
    return not name.endswith("num_batches_tracked")


def read_encoder(folder: Path) -> dict[str, Tensor]:
    """The encoder's tensors in a checkpoint's weights file, by the names that the encoder gives them.

    Raises CheckpointError if the file cannot be read or holds no encoder.
    """
    try:
        with safe_open(folder / WEIGHTS, framework="pt") as file:
            names = [name for name in file.keys() if name.startswith(ENCODER_PREFIX)]  # noqa: SIM118 - not a mapping
            weights = {name.removeprefix(ENCODER_PREFIX): file.get_tensor(name) for name in names}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"The encoder's weights {folder / WEIGHTS} cannot be read. Fetch that checkpoint too, and put its folder "
            "beside the others."
        ) from error
    if not weights:
        raise CheckpointError(f"{folder / WEIGHTS} holds no encoder. Name a checkpoint that is whole.")
    return weights


def trunk_of(folder: Path) -> Trunk:
    """The entry by which checkpoints beside the whole checkpoint in `folder` name its encoder."""
    return Trunk(folder.resolve().name, encoder_digest(read_encoder(folder)))


def read_trunk(folder: Path, trunk: Trunk) -> dict[str, Tensor]:
    """The tensors of the encoder that the checkpoint in `folder` names.

    Raises CheckpointError if its folder is missing or leads elsewhere, or if its encoder is another.
    """
    beside = folder.resolve().parent
    named = beside / trunk.checkpoint
    if named.resolve().parent != beside:
        raise CheckpointError(f"{named} leads out of the folder of checkpoints. Put the trunk's own folder there.")
    weights = read_encoder(named)
    if encoder_digest(weights) != trunk.sha256:
        raise CheckpointError(
            f"The encoder in {named} is not the one that {folder} was trained on: the SHA-256 differs. Fetch the "
            "version of both that belongs together."
        )
    return weights
