"""Checkpoints: a folder that carries everything inference needs, so that training and serving cannot drift apart.

`manifest.json` describes, `model.safetensors` holds the weights (float16), `MODEL_CARD.md` and `training.csv`, the
log of the training, are for people. A checkpoint may hold its decoder's weights alone and name its encoder's
(`captioner.trunk`).
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from captioner.errors import CheckpointError, ConfigurationError
from captioner.model import Architecture, CaptioningModel, build_model
from captioner.model_names import transformers_name
from captioner.preprocess import Preprocessing
from captioner.trunk import ENCODER_PREFIX, WEIGHTS, Trunk, encoder_digest, is_stored, read_trunk
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

FORMAT_VERSION = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """How sentences are searched for. `length_penalty` is beam search's; `max_length` counts words.

    evidence_weight: how much the evidence of objects counts against words (`captioner.evidence`); 0 for not at all.
    least_evidence: the probability of a kind of object below which it does.
    """

    beam_size: int = 5
    length_penalty: float = 1.0
    max_length: int = 24
    evidence_weight: float = 0.0
    least_evidence: float = 0.25


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    training: the data with their licences, the starting weights, and the configuration; for people and audits.
    metrics: by split, as `evaluate` prints them.
    sha256: of the weights file. trunk: where the encoder's weights are, if the weights file holds the decoder's alone.
    """

    name: str
    architecture: Architecture
    preprocessing: Preprocessing
    vocabulary: Vocabulary
    generation: Generation
    training: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    trunk: Trunk | None = None

    @property
    def version(self) -> str:
        """The name and the first twelve digits of the weights' SHA-256: two checkpoints never share it.

        With a trunk it is the SHA-256 of both SHA-256, as text, the decoder's first.
        """
        digest = self.sha256
        if self.trunk is not None:
            digest = hashlib.sha256(f"{self.sha256}{self.trunk.sha256}".encode()).hexdigest()
        return f"{self.name}-{digest[:12]}"

    def to_json(self) -> dict[str, Any]:
        """The manifest as plain values."""
        trunk = {} if self.trunk is None else {"trunk": self.trunk.to_json()}  # versions before trunks read the others
        return {
            "format_version": FORMAT_VERSION,
            "name": self.name,
            "architecture": self.architecture.to_json(),
            "preprocessing": self.preprocessing.to_json(),
            "generation": {name: getattr(self.generation, name) for name in Generation.__slots__},
            "training": self.training,
            "metrics": self.metrics,
            "sha256": self.sha256,
            **trunk,
            "styles": list(self.vocabulary.styles),
            "repeatable": None if self.vocabulary.repeatable is None else list(self.vocabulary.repeatable),
            "vocabulary": list(self.vocabulary.words),
        }

    @classmethod
    def from_json(cls, entries: Any) -> Self:
        """Read a manifest's values; raises CheckpointError if they are not one that this version understands."""
        if not isinstance(entries, dict) or entries.get("format_version") != FORMAT_VERSION:
            raise CheckpointError(
                f"The manifest is not of format {FORMAT_VERSION}. Use the checkpoint with the version of Captioner "
                "that it was made for."
            )
        entries = {name: value for name, value in entries.items() if name != "format_version"}
        styles, repeatable = entries.pop("styles", []), entries.pop("repeatable", None)
        unknown = entries.keys() - set(cls.__slots__)
        if unknown:
            raise CheckpointError(f"The manifest has unknown entries: {', '.join(sorted(unknown))}. Update Captioner.")
        try:
            return cls(
                **{
                    **entries,
                    "architecture": Architecture(**entries["architecture"]),
                    "preprocessing": Preprocessing.from_json(entries["preprocessing"]),
                    "generation": Generation(**entries["generation"]),
                    "trunk": Trunk(**entries["trunk"]) if "trunk" in entries else None,
                    "vocabulary": Vocabulary(entries["vocabulary"], styles, repeatable),
                }
            )
        except (AttributeError, TypeError, KeyError, ValueError) as error:
            raise CheckpointError(f"The manifest cannot be read ({error}). Fetch the checkpoint again.") from error


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded checkpoint: the network, on its device and in eval mode, and its manifest."""

    model: CaptioningModel
    manifest: Manifest


def save_checkpoint(folder: Path, model: CaptioningModel, manifest: Manifest) -> Manifest:
    """Write weights and manifest to `folder`, and return the manifest with the weights' SHA-256.

    If the manifest names a trunk, the decoder's weights alone are written. Raises CheckpointError if the network's
    encoder is not that trunk.
    """
    stored = _stored_weights(model)
    if manifest.trunk is not None:
        if encoder_digest(model.encoder.state_dict()) != manifest.trunk.sha256:
            raise CheckpointError(
                f"The network's encoder is not that of {manifest.trunk.checkpoint!r}: the SHA-256 differs. Name the "
                "checkpoint on whose encoder it was trained, or store it whole."
            )
        stored = {name: value for name, value in stored.items() if not name.startswith(ENCODER_PREFIX)}
    folder.mkdir(parents=True, exist_ok=True)
    weights = save(stored)
    (folder / WEIGHTS).write_bytes(weights)
    manifest = replace(manifest, sha256=hashlib.sha256(weights).hexdigest())
    write_manifest(folder, manifest)
    return manifest


def round_to_stored(model: CaptioningModel) -> None:
    """Give the network the very weights that a checkpoint of it holds, so that its figures are the checkpoint's."""
    model.load_state_dict(_stored_weights(model), strict=False)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json` alone, for example with new metrics."""
    text = json.dumps(manifest.to_json(), indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read `folder`'s manifest; raises CheckpointError if it is missing or cannot be understood."""
    if transformers_name(folder) is not None:
        raise CheckpointError(
            f"{folder} is a model of transformers. This needs a checkpoint of Captioner's own: give the folder of one."
        )
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CheckpointError(f"There is no checkpoint in {folder}: {MANIFEST} is missing. Give its folder.") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CheckpointError(f"{folder / MANIFEST} cannot be read ({error}). Fetch the checkpoint again.") from error
    return Manifest.from_json(entries)


def load_checkpoint(folder: Path, device: torch.device) -> Checkpoint:
    """Load a checkpoint in float32, and its trunk if it names one.

    Raises CheckpointError if a file is missing, changed, or does not fit.
    """
    manifest = read_manifest(folder)
    weights = _read_weights(folder, manifest)
    try:
        model = build_model(manifest.architecture, len(manifest.vocabulary))
    except ConfigurationError as error:
        raise CheckpointError(f"The checkpoint in {folder} cannot be loaded: {error}") from error
    expected = {name for name in model.state_dict() if is_stored(name)}
    if weights.keys() != expected:
        odd = sorted(weights.keys() ^ expected)
        raise CheckpointError(f"The weights in {folder} do not fit the manifest: {len(odd)} tensors, first {odd[0]!r}.")
    try:
        model.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
    except RuntimeError as error:
        raise CheckpointError(f"The weights in {folder} have other sizes than the manifest says. {error}") from error
    if not all(math.isfinite(value.float().abs().max().item()) for value in weights.values()):
        raise CheckpointError(f"The weights in {folder} are not all finite numbers. Fetch the checkpoint again.")
    return Checkpoint(model.to(device).eval(), manifest)


def _read_weights(folder: Path, manifest: Manifest) -> dict[str, Tensor]:
    """The whole network's tensors, those of the trunk among them."""
    try:
        data = (folder / WEIGHTS).read_bytes()
    except OSError as error:
        raise CheckpointError(f"The weights {folder / WEIGHTS} cannot be read. Fetch the checkpoint again.") from error
    if hashlib.sha256(data).hexdigest() != manifest.sha256:
        raise CheckpointError(
            f"{folder / WEIGHTS} is not the file that its manifest names: the SHA-256 differs. Fetch both again "
            "(with Git LFS, run `git lfs pull`)."
        )
    try:
        weights = load(data)
    except SafetensorError as error:
        raise CheckpointError(f"The checkpoint in {folder} cannot be loaded: {error}") from error
    if manifest.trunk is None:
        return weights
    if any(name.startswith(ENCODER_PREFIX) for name in weights):
        raise CheckpointError(f"{folder} holds an encoder and names another. Remove `trunk` from its manifest.")
    return weights | {f"{ENCODER_PREFIX}{name}": value for name, value in read_trunk(folder, manifest.trunk).items()}


def _stored_weights(model: CaptioningModel) -> dict[str, Tensor]:
    """What a weights file holds of the network."""
    return {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in model.state_dict().items()
        if is_stored(name)
    }
