"""What the vectorised beam search saves, as ratios measured in one run.

    python -m benchmarks.beam_search [--images 16] [--beams 5] [--words 20] [--repeats 3]

Two comparisons, with seeded random weights of our models' sizes (LSTM 512, vocabulary 4,000, grid 8 x 8 x 1280):
the slow one-image reference against the vectorised search, alone and in a batch; and attention over features that the
beams of an image share against features that are copied and reordered for every beam, as is often done.
Both sides of a comparison must find the same sentences, or the run stops. Times are CPU time in one thread, so that
other work on the machine does not count; each is the best of the repeats.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor, nn

from captioner.beam_search import Hypothesis, beam_search
from tests.captioner.beam_reference import reference_beam_search

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN, VOCABULARY, PLACES, CHANNELS = 512, 4000, 64, 1280
START, END = 0, 1

Results = list[list[Hypothesis]]


class Beams(NamedTuple):
    hidden: Tensor  # (N, H)
    cell: Tensor  # (N, H)


class PlainDecoder(nn.Module):
    """An LSTM that has seen its image before the first word, as in Show and Tell (Vinyals et al. 2015)."""

    def __init__(self, inputs: int = HIDDEN) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, HIDDEN)
        self.cell = nn.LSTMCell(inputs, HIDDEN)
        self.output = nn.Linear(HIDDEN, VOCABULARY)
        nn.init.normal_(self.output.weight)  # sharp enough that beams differ

    def step(self, tokens: Tensor, state: Beams, memory: tuple[Tensor, ...]) -> tuple[Tensor, Beams]:
        state = Beams(*self.cell(self.embedding(tokens), state))
        return self.output(state.hidden).log_softmax(-1), state


class AttentionDecoder(PlainDecoder):
    """An LSTM that looks at the grid before each word, as in Show, Attend and Tell (Xu et al. 2015)."""

    def __init__(self) -> None:
        super().__init__(HIDDEN + CHANNELS)
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(CHANNELS, HIDDEN)
        self.energy = nn.Linear(HIDDEN, 1)

    def shared_step(self, tokens: Tensor, state: Beams, memory: tuple[Tensor, ...]) -> tuple[Tensor, Beams]:
        """Keys and features once an image: (B, P, A) and (B, P, C)."""
        keys, features = memory
        query = self.query(state.hidden).unflatten(0, (len(keys), -1))  # (B, K, A)
        weights = self.energy(torch.tanh(keys.unsqueeze(1) + query.unsqueeze(2))).squeeze(3).softmax(2)  # (B, K, P)
        seen = (weights @ features).flatten(0, 1)  # (N, C)
        return self._word(tokens, seen, state)

    def copied_step(
        self, tokens: Tensor, state: tuple[Beams, Tensor, Tensor], memory: tuple[Tensor, ...]
    ) -> tuple[Tensor, tuple[Beams, Tensor, Tensor]]:
        """Keys and features for every beam, reordered with the state: (N, P, A) and (N, P, C)."""
        beams, keys, features = state
        energy = self.energy(torch.tanh(keys + self.query(beams.hidden).unsqueeze(1))).squeeze(2)  # (N, P)
        seen = (energy.softmax(1).unsqueeze(1) @ features).squeeze(1)  # (N, C)
        log_probs, beams = self._word(tokens, seen, beams)
        return log_probs, (beams, keys, features)

    def _word(self, tokens: Tensor, seen: Tensor, state: Beams) -> tuple[Tensor, Beams]:
        state = Beams(*self.cell(torch.cat([self.embedding(tokens), seen], dim=1), state))
        return self.output(state.hidden).log_softmax(-1), state


def measure(name: str, search: Callable[[], Results], images: int, repeats: int) -> tuple[float, Results]:
    """CPU seconds an image, and what was found."""
    best = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        found = search()
        best = min(best, (time.process_time() - began) / images)
    print(f"  {name:<42}{best * 1000:>9.1f} ms an image")
    return best, found


def sentences(results: Results) -> list[list[tuple[int, ...]]]:
    return [[hypothesis.token_ids for hypothesis in found] for found in results]


def compare(slow: tuple[float, Results], fast: tuple[float, Results], name: str) -> None:
    assert sentences(slow[1]) == sentences(fast[1]), "the two ways found different sentences"
    print(f"  {name:<42}{slow[0] / fast[0]:>9.1f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the vectorised beam search.")
    for name, value in (("images", 16), ("beams", 5), ("words", 20), ("repeats", 3)):
        parser.add_argument(f"--{name}", type=int, default=value)
    arguments = parser.parse_args()
    count, repeats = arguments.images, arguments.repeats
    options: dict[str, Any] = {
        "beam_size": arguments.beams,
        "n_best": arguments.beams,
        "max_length": arguments.words,
        "start_id": START,
        "end_id": END,
    }
    torch.set_num_threads(1)
    torch.manual_seed(0)
    start = Beams(torch.randn(count, HIDDEN), torch.randn(count, HIDDEN))

    def alone(image: int) -> Beams:
        return Beams(start.hidden[image : image + 1], start.cell[image : image + 1])

    print(f"{count} images, {arguments.beams} beams, at most {arguments.words} words\n\nNo attention")
    plain = PlainDecoder()
    few = min(count, 2)  # the reference takes a second or more an image
    reference = measure(
        "slow one-image reference",
        lambda: [reference_beam_search(plain.step, alone(image), (), **options) for image in range(few)],
        few,
        repeats=1,
    )
    single = measure(
        "vectorised, one image at a time",
        lambda: [beam_search(plain.step, alone(image), (), 1, **options)[0] for image in range(count)],
        count,
        repeats,
    )
    batch = measure(
        "vectorised, in one batch", lambda: beam_search(plain.step, start, (), count, **options), count, repeats
    )
    compare((reference[0], reference[1]), (batch[0], batch[1][:few]), "reference / batch")
    compare(single, batch, "one at a time / batch")

    print("\nAttention")
    attention = AttentionDecoder()
    features = torch.randn(count, PLACES, CHANNELS)
    keys = attention.key(features)  # (B, P, A) projected once
    copied = measure(
        "features copied for every beam",
        lambda: beam_search(attention.copied_step, (start, keys, features), (), count, **options),
        count,
        repeats,
    )
    shared = measure(
        "features shared by an image's beams",
        lambda: beam_search(attention.shared_step, start, (keys, features), count, **options),
        count,
        repeats,
    )
    compare(copied, shared, "copied / shared")


if __name__ == "__main__":
    with torch.inference_mode():
        main()
