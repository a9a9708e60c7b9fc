"""From features to sentences: a decoder and beam search, joined."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from torch.nn import functional as F

from captioner.beam_search import Hypothesis, beam_search
from captioner.decoders.picture_rows import PictureRows

if TYPE_CHECKING:
    from torch import Tensor

    from captioner.decoders import Decoder
    from captioner.decoders.base import Memory, State
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
    penalties: Tensor | None = None,
) -> list[list[Hypothesis]]:
    """Return for each picture up to `beam_size` sentences, best first; see `beam_search` for the arguments.

    style: one of the vocabulary's; without it the usual one. penalties: (B, V), what is added to the log-probabilities
    of a picture's words before they are brought back to a sum of probabilities of 1.
    """
    state, memory = decoder.start(features)
    step = decoder.step
    if penalties is not None:
        memory = (*memory, penalties)
        step = partial(_penalised_step, decoder)
    return beam_search(
        step,
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


def _penalised_step(decoder: Decoder, tokens: Tensor, state: State, memory: Memory) -> tuple[Tensor, State]:
    """`Decoder.step` with the pictures' penalties, the last part of memory."""
    log_probs, state = decoder.step(tokens, state, memory[:-1])  # (N, V)
    rows = PictureRows.regular(len(tokens), len(memory[-1]))
    return F.log_softmax(log_probs + rows.spread(memory[-1]), dim=1), state
