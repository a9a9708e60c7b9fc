"""From features to sentences: a decoder and beam search, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.beam_search import Hypothesis, beam_search

if TYPE_CHECKING:
    from captioner.decoders import Decoder
    from captioner.encoders import Features
    from captioner.vocabulary import Vocabulary


def generate(
    decoder: Decoder,
    features: Features,
    vocabulary: Vocabulary,
    *,
    beam_size: int,
    max_length: int,
    length_penalty: float,
    style: str = "",
) -> list[list[Hypothesis]]:
    """Return for each picture up to `beam_size` sentences, best first; see `beam_search` for the arguments.

    style: one of the vocabulary's; without it the usual one.
    """
    state, memory = decoder.start(features)
    return beam_search(
        decoder.step,
        state,
        memory,
        len(features.pooled),
        beam_size=beam_size,
        max_length=max_length,
        start_id=vocabulary.start_id(style),
        end_id=vocabulary.END,
        n_best=beam_size,
        length_penalty=length_penalty,
        forbidden_ids=vocabulary.unwritable,
        once_ids=vocabulary.once,
    )
