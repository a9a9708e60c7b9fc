"""An encoder and a decoder as one network, built from the plain description that a manifest holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from torch import Tensor, nn

from captioner.decoders import DECODERS, Decoder
from captioner.encoders import ENCODERS, Encoder, Features
from captioner.errors import ConfigurationError
from captioner.evidence import ObjectEvidence, word_penalties

if TYPE_CHECKING:
    from captioner.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Architecture:
    """Which encoder and decoder, and the decoder's own sizes by the names that its constructor gives them.

    evidence: the hidden size of the evidence of objects; 0 for none.
    """

    encoder: str
    decoder: str
    sizes: dict[str, int | float] = field(default_factory=dict)
    evidence: int = 0

    def to_json(self) -> dict[str, Any]:
        """A manifest's `architecture` entry."""
        entries = asdict(self)
        if not self.evidence:
            del entries["evidence"]  # versions before it read the others
        return entries


class CaptioningModel(nn.Module):
    """Pixels in, sentences out: `encoder`, `decoder` and perhaps `evidence` of objects, stored together."""

    def __init__(self, encoder: Encoder, decoder: Decoder, evidence: ObjectEvidence | None = None) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.evidence = evidence

    @property
    def reads_grid(self) -> bool:
        """Whether anything behind the encoder looks at the feature grid; if not, the grid may be empty."""
        return self.decoder.reads_grid or self.evidence is not None

    def with_encoder(self, encoder: Encoder) -> CaptioningModel:
        """The same network behind another encoder."""
        return CaptioningModel(encoder, self.decoder, self.evidence)

    def object_evidence(self, features: Features) -> Tensor | None:
        """The log-odds of the kinds of object, (B, K), in the order of EVIDENT_KINDS; None without evidence."""
        return None if self.evidence is None else self.evidence(features.grid, self.decoder.standardised(features))

    def word_penalties(
        self, features: Features, vocabulary: Vocabulary, *, weight: float, least: float
    ) -> Tensor | None:
        """What the evidence of objects holds against words, (B, V); see `captioner.evidence`. None without evidence."""
        logits = self.object_evidence(features) if weight else None  # (B, K)
        return None if logits is None else word_penalties(logits, vocabulary, weight=weight, least=least)


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
    evidence = None
    if architecture.evidence:
        evidence = ObjectEvidence(
            feature_size=encoder.feature_size, pooled_size=encoder.pooled_size, hidden_size=architecture.evidence
        )
    return CaptioningModel(encoder, decoder, evidence)
