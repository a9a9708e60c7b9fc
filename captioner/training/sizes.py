"""How large a network is: its parameters, and the room that its weights take in a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from torch import nn

from captioner.trunk import is_stored

if TYPE_CHECKING:
    from captioner.model import CaptioningModel

_BYTES = 2  # of a float16


def sizes(model: CaptioningModel) -> dict[str, Any]:
    """Of the encoder, and of the decoder with the evidence: how many parameters, and megabytes in a checkpoint."""
    beside = [part for part in (model.decoder, model.evidence) if part is not None]
    parts = {"encoder": model.encoder, "decoder": nn.ModuleList(beside)}
    return {
        "parameters": {name: sum(weight.numel() for weight in part.parameters()) for name, part in parts.items()},
        "megabytes": {name: _megabytes(part) for name, part in parts.items()},
    }


def _megabytes(part: nn.Module) -> float:
    values = sum(value.numel() for name, value in part.state_dict().items() if is_stored(name))
    return round(values * _BYTES / 1e6, 1)
