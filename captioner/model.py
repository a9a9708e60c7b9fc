"""An encoder and a decoder as one network, built from the plain description that a manifest holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from torch import nn

from captioner.decoders import DECODERS, Decoder
from captioner.encoders import ENCODERS, Encoder
from captioner.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Architecture:
    """Which encoder and decoder, and the decoder's own sizes by the names that its constructor gives them."""

    encoder: str
    decoder: str
    sizes: dict[str, int | float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """A manifest's `architecture` entry."""
        return asdict(self)


class CaptioningModel(nn.Module):
    """Pixels in, sentences out: `encoder` and `decoder`, trained and stored together."""

    def __init__(self, encoder: Encoder, decoder: Decoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder


def build_model(architecture: Architecture, vocabulary_size: int) -> CaptioningModel:
    """Build the network with fresh weights; raises ConfigurationError for names and sizes that do not exist."""
    if architecture.encoder not in ENCODERS:
        raise ConfigurationError(f"The encoder {architecture.encoder!r} is unknown. Choose: {', '.join(ENCODERS)}.")
    if architecture.decoder not in DECODERS:
        raise ConfigurationError(f"The decoder {architecture.decoder!r} is unknown. Choose: {', '.join(DECODERS)}.")
    encoder = ENCODERS[architecture.encoder]()
    try:
        decoder = DECODERS[architecture.decoder](
            vocabulary_size=vocabulary_size,
            feature_size=encoder.feature_size,
            pooled_size=encoder.pooled_size,
            **architecture.sizes,
        )
    except (TypeError, ValueError, RuntimeError) as error:
        raise ConfigurationError(f"The decoder {architecture.decoder!r} cannot have these sizes: {error}.") from error
    return CaptioningModel(encoder, decoder)
