"""From features to sentences: a decoder and beam search, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.beam_search import Hypothesis, beam_search
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from captioner.decoders import Decoder
    from captioner.encoders import Features


def generate(
    decoder: Decoder, features: Features, *, beam_size: int, max_length: int, length_penalty: float
) -> list[list[Hypothesis]]:
    """Return for each picture up to `beam_size` sentences, best first; see `beam_search` for the arguments.

    The decoder never writes the unknown word: a gap is of no use to a reader.
    """
    state, memory = decoder.start(features)
    return beam_search(
        decoder.step,
        state,
        memory,
        len(features.pooled),
        beam_size=beam_size,
        max_length=max_length,
        start_id=Vocabulary.START,
        end_id=Vocabulary.END,
        n_best=beam_size,
        length_penalty=length_penalty,
        forbidden_ids=(Vocabulary.PAD, Vocabulary.START, Vocabulary.UNKNOWN),
    )
