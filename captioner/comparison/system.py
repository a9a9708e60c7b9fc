"""One of the systems that are compared: a checkpoint, loaded when something of it must be measured."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

from captioner.checkpoint import Checkpoint, load_checkpoint, read_manifest
from captioner.errors import ConfigurationError
from captioner.training.features import cached_features
from captioner.training.log import TRAINING_LOG, Epoch, read_log
from captioner.training.report import Report
from captioner.training.sources import KeptFeatures
from captioner.trunk import encoder_digest, read_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import torch

    from captioner.encoders import Features
    from captioner.training.data import Split


class System:
    """A checkpoint's folder.

    name: what the table calls it. features: where the features of pictures are kept; systems with the same trunk share
    them.
    """

    def __init__(self, folder: Path, features: Path, device: torch.device) -> None:
        self.manifest = read_manifest(folder)
        self.name = self.manifest.name
        self._folder = folder
        self._features = features
        self._device = device

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """The network and its manifest."""
        return load_checkpoint(self._folder, self._device)

    @cached_property
    def trunk(self) -> str:
        """The digest of the encoder."""
        named = self.manifest.trunk
        return encoder_digest(read_encoder(self._folder)) if named is None else named.sha256

    @cached_property
    def about(self) -> dict[str, Any]:
        """What its sentences depend on, apart from pictures and beam."""
        entries = self.manifest.to_json()
        names = ("preprocessing", "generation", "styles", "repeatable")
        return {"checkpoint": self.manifest.version, **{name: entries[name] for name in names}}

    @cached_property
    def log(self) -> list[Epoch]:
        """The course of its training; empty if none lies beside the checkpoint."""
        path = self._folder / TRAINING_LOG
        return read_log(path) if path.is_file() else []

    def features(self, *splits: Split) -> Features:
        """The features of all pictures of the splits; the grid is empty if the decoder does not read it."""
        model = self.checkpoint.model
        return cached_features(
            splits,
            model.encoder,
            self.manifest.preprocessing,
            self._features,
            grid=model.reads_grid,
        )

    def pooled(self, *splits: Split) -> torch.Tensor:
        """The pooled features of all pictures of the splits, (n, D)."""
        encoder = self.checkpoint.model.encoder
        return cached_features(splits, encoder, self.manifest.preprocessing, self._features).pooled

    def report(self, split: Split) -> Report:
        """The system's report on a split."""
        return Report(self.checkpoint.model, self.manifest.vocabulary, split, KeptFeatures(self.features(split)))


def name_apart(systems: Sequence[System]) -> None:
    """Call systems of the same name by their versions. Raises ConfigurationError if one is there twice."""
    names = Counter(system.name for system in systems)
    versions = Counter(system.manifest.version for system in systems)
    for system in systems:
        if versions[system.manifest.version] > 1:
            raise ConfigurationError(f"{system.manifest.version} is named twice. Name each checkpoint once.")
        if names[system.name] > 1:
            system.name = system.manifest.version
