"""Beam search the slow and obvious way: one image, lists and sorting, every beam with its own state.

It follows the rules in the docstring of `captioner.beam_search` word by word and shares no code with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from captioner.beam_search import Hypothesis

OVERRULED_END = -1e4


@dataclass(frozen=True)
class Beam:
    tokens: tuple[int, ...]
    costs: tuple[float, ...]
    state: Any

    @property
    def log_probability(self) -> float:
        return sum(self.costs)

    def score(self, length_penalty: float) -> float:
        return self.log_probability / len(self.tokens) ** length_penalty


def reference_beam_search(
    step: Callable[..., Any],
    state: Any,
    memory: tuple[torch.Tensor, ...],
    *,
    beam_size: int,
    max_length: int,
    start_id: int,
    end_id: int,
    n_best: int = 1,
    length_penalty: float = 1.0,
    forbidden_ids: Sequence[int] = (),
    once_ids: Sequence[int] = (),
) -> list[Hypothesis]:
    """The hypotheses of one image; `state` and `memory` have first dimension 1."""
    open_beams = [Beam((), (), state)]
    finished: list[Beam] = []
    for words in range(max_length + 1):
        continuations: list[Beam] = []
        for beam in open_beams:
            last = beam.tokens[-1] if beam.tokens else start_id
            log_probs, new_state = step(torch.tensor([last]), beam.state, memory)
            for token, cost in enumerate(log_probs[0].tolist()):
                if words == max_length:
                    if token != end_id:
                        continue
                    cost = max(cost, OVERRULED_END)
                if token in forbidden_ids or (token in once_ids and token in beam.tokens) or cost == -math.inf:
                    continue
                continuations.append(Beam((*beam.tokens, token), (*beam.costs, cost), new_state))

        continuations.sort(key=lambda beam: beam.log_probability, reverse=True)
        continuations = continuations[: 2 * beam_size]
        finished += [beam for beam in continuations[:beam_size] if beam.tokens[-1] == end_id]
        finished.sort(key=lambda beam: beam.score(length_penalty), reverse=True)
        finished = finished[:beam_size]
        open_beams = [beam for beam in continuations if beam.tokens[-1] != end_id][:beam_size]
        if not open_beams:
            break
        if len(finished) == beam_size and finished[-1].score(length_penalty) >= open_beams[0].score(length_penalty):
            break

    return [
        Hypothesis(beam.tokens[:-1], beam.costs, beam.log_probability, beam.score(length_penalty))
        for beam in finished[:n_best]
    ]
