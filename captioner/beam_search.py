"""Beam search over any step-wise decoder: batched, vectorised, and knowing nothing of networks.

All images of a batch are searched together, each with its own K beams. The decoder is a function
`step(tokens, state, memory)`; see `Step`. What an image's beams share (`memory`: attention keys, features)
is never copied or reordered per beam; it is only compacted when an image is finished.

The rules, which `tests/captioner/beam_reference.py` spells out slowly for one image:

* **Score.** A finished hypothesis has the score `log_probability / length ** length_penalty`, where `length` counts
  its words and its end token. `length_penalty=0` ranks by plain log-probability; 1 by the mean per token.
* **Candidates.** At each step the 2K best of an image's K x V continuations are looked at. One that ends counts only
  if it ranks among the first K; the K best that do not end stay open. At most K of 2K can end, so K are always left.
* **Stopping.** The K finished hypotheses with the best scores are kept. An image is done when it has K of them and the
  best open beam, judged as if it ended now at no cost (`log_probability / words_so_far ** length_penalty`), cannot beat
  the worst of them. With `length_penalty=0` this is exact, because log-probabilities only fall; above 0 it is the
  usual bound at the present length (transformers' `early_stopping=False`), and a longer sentence that would have
  scored better may be missed. With K = 1 the search is greedy decoding, whatever the penalty.
* **Length.** After `max_length` words the end token is forced, at the log-probability that the decoder gives it, so a
  result always exists.

The 2K candidates and the single reordering of the state follow fairseq's sequence generator (Ott et al. 2019).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor
from torch.nn import functional as F

from captioner.errors import CaptionerError
from captioner.rows import select_rows

MAX_BEAM_SIZE = 20

_IMPOSSIBLE = -math.inf
# A decoder that forbids an ending (-inf) is overruled at max_length; no sentence of its own scores this low.
_OVERRULED_END = -1e4
# Looking for images that are done makes the host wait for the device: cheap on a CPU, dear elsewhere.
_STEPS_BETWEEN_CHECKS_ON_CPU, _STEPS_BETWEEN_CHECKS = 1, 4
_GROUP = 16  # places that `_largest` takes together; 10 to 30 are equally fast

State = TypeVar("State")
Memory = tuple[Tensor, ...]
Step = Callable[[Tensor, State, Memory], tuple[Tensor, State]]
"""`step(tokens (N,), state, memory) -> (log_probs (N, V), state)`.

`N = B * W`: the W beams of image 0, then those of image 1, and so on. W is 1 at the first step and K afterwards.
`state` is a tensor, or a nested tuple or NamedTuple of tensors, whose first dimension is N.
`memory` is a tuple of tensors whose first dimension is B. The log-probabilities are at most 0; -inf forbids a token.
"""


class BeamSearchError(CaptionerError):
    """The search was asked for something impossible, or the decoder gave no usable log-probabilities."""

    code = "beam_search_failed"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One finished sentence.

    token_ids: the words, without the start and end tokens; may be empty.
    token_log_probabilities: natural logarithms, one for each word and then one for the end token.
    log_probability: their sum.
    score: `log_probability / (len(token_ids) + 1) ** length_penalty`, by which hypotheses are ranked.
    """

    token_ids: tuple[int, ...]
    token_log_probabilities: tuple[float, ...]
    log_probability: float
    score: float


def beam_search(
    step: Step[State],
    state: State,
    memory: Memory,
    batch_size: int,
    *,
    beam_size: int,
    max_length: int,
    start_id: int,
    end_id: int,
    n_best: int = 1,
    length_penalty: float = 1.0,
    forbidden_ids: Sequence[int] = (),
    once_ids: Sequence[int] = (),
) -> list[list[Hypothesis]]:
    """Return, for each of the B images, its distinct hypotheses, best first: 1 to `n_best` of them.

    state: the decoder's state before the start token, one row an image: first dimension B = `batch_size`.
    memory: what the beams of an image share, first dimension B; `()` if nothing.
    beam_size: K, 1 to 20. n_best: at most K. max_length: the most words, 1 or more, the end token not counted.
    forbidden_ids: tokens never chosen (`<unk>`, padding); the others' log-probabilities stay as they are. once_ids:
    tokens that a sentence may hold only once, a constraint on the beam as in Anderson et al. (2017).

    Log-probabilities are summed in the decoder's precision, but at least in float32.
    Raises BeamSearchError on arguments outside these ranges, and if the decoder returns NaN or leaves no way to go on.
    """
    _check_arguments(batch_size, beam_size, max_length, end_id, n_best, length_penalty, forbidden_ids, once_ids)
    results: list[list[Hypothesis]] = [[] for _ in range(batch_size)]
    if batch_size == 0:
        return results

    device = next(_tensors((state, memory)), torch.empty(0)).device
    check_every = _STEPS_BETWEEN_CHECKS_ON_CPU if device.type == "cpu" else _STEPS_BETWEEN_CHECKS
    forbidden = torch.tensor(list(forbidden_ids), dtype=torch.long, device=device)

    tokens = torch.full((batch_size,), start_id, dtype=torch.long, device=device)  # (N,) N = B at first
    log_probs, state = step(tokens, state, memory)  # (N, V)
    precision = torch.promote_types(log_probs.dtype, torch.float32)
    once = torch.zeros(log_probs.shape[1], dtype=torch.bool, device=device)  # (V,)
    once[torch.tensor(list(once_ids), dtype=torch.long, device=device)] = True

    images = torch.arange(batch_size, device=device)  # (B,) which image each group of beams belongs to
    done = torch.zeros(batch_size, dtype=torch.bool, device=device)  # (B,)
    totals = torch.zeros(batch_size, 1, dtype=precision, device=device)  # (B, W) each open beam's log-probability
    paths = _Paths.empty(batch_size, 1, max_length + 1, precision, device)  # (B, W, T)
    finished = _Finished.empty(batch_size, beam_size, max_length + 1, precision, device)  # (B, K)

    for position in range(max_length + 1):
        log_probs = log_probs.to(precision)  # (N, V)
        if position == max_length:
            log_probs = _only_end(log_probs, end_id)
        said = paths.tokens[..., :position]  # (B, W, t)
        candidates = _best_continuations(totals, log_probs, forbidden, said, once, 2 * beam_size)  # (B, 2K)
        ends = candidates.token == end_id  # (B, 2K)
        normaliser = float(position + 1) ** length_penalty

        first = candidates.first(beam_size)  # (B, K)
        counts = ends[:, :beam_size] | first.total.isnan()  # (B, K) NaN ranks above all and stays, to be reported
        ended = first.total.masked_fill(~counts | done.unsqueeze(1), _IMPOSSIBLE)  # (B, K)
        length = torch.full_like(first.token, position + 1)  # (B, K)
        finished = finished.best_with(_Finished(ended / normaliser, ended, length, paths.extended(first, position)))

        totals, rank = candidates.total.masked_fill(ends, _IMPOSSIBLE).topk(beam_size)  # (B, K)
        going_on = candidates.gather(rank)  # (B, K)
        paths = paths.extended(going_on, position)  # (B, K, T)
        done = done | (finished.score[:, -1] >= totals[:, 0] / normaliser)  # (B,)

        if position == max_length:
            break
        if (position + 1) % check_every == 0:
            keep = (~done).nonzero().squeeze(1)  # (B',) B' <= B
            if len(keep) < len(images):
                ready = done.nonzero().squeeze(1)
                _store(results, images[ready], select_rows(finished, ready), n_best)
                images, done, totals, going_on, paths, finished, memory = select_rows(
                    (images, done, totals, going_on, paths, finished, memory), keep
                )
                if len(keep) == 0:
                    break
        log_probs, state = step(going_on.token.flatten(), select_rows(state, going_on.row.flatten()), memory)  # (N, V)

    _store(results, images, finished, n_best)
    return results


class _Continuations(NamedTuple):
    """Ways to lengthen the open beams by one token, best first; -inf in `total` marks an empty place."""

    total: Tensor  # (B, C) log-probability with the new token
    row: Tensor  # (B, C) which of the N rows it lengthens
    token: Tensor  # (B, C)
    token_log_prob: Tensor  # (B, C)

    def first(self, count: int) -> _Continuations:
        return _Continuations(*(field[:, :count] for field in self))

    def gather(self, rank: Tensor) -> _Continuations:
        return _Continuations(*(field.gather(1, rank) for field in self))


class _Paths(NamedTuple):
    """The tokens of each beam so far, and what each cost; T = max_length + 1."""

    tokens: Tensor  # (B, W, T)
    token_log_probs: Tensor  # (B, W, T)

    @classmethod
    def empty(cls, batch: int, width: int, length: int, dtype: torch.dtype, device: torch.device) -> _Paths:
        shape = (batch, width, length)
        return cls(torch.zeros(shape, dtype=torch.long, device=device), torch.zeros(shape, dtype=dtype, device=device))

    def extended(self, by: _Continuations, position: int) -> _Paths:
        """The paths that `by` (B, C) lengthens, each with its new token."""
        tokens, token_log_probs = (field.flatten(0, 1)[by.row] for field in self)  # (B, C, T)
        tokens[..., position] = by.token
        token_log_probs[..., position] = by.token_log_prob
        return _Paths(tokens, token_log_probs)


class _Finished(NamedTuple):
    """The K finished hypotheses of each image with the best scores, best first; -inf marks an empty place."""

    score: Tensor  # (B, K)
    total: Tensor  # (B, K)
    length: Tensor  # (B, K) the end token counted
    paths: _Paths  # (B, K, T)

    @classmethod
    def empty(cls, batch: int, beams: int, length: int, dtype: torch.dtype, device: torch.device) -> _Finished:
        nothing = torch.full((batch, beams), _IMPOSSIBLE, dtype=dtype, device=device)
        zeros = torch.zeros(batch, beams, dtype=torch.long, device=device)
        return cls(nothing, nothing, zeros, _Paths.empty(batch, beams, length, dtype, device))

    def best_with(self, others: _Finished) -> _Finished:
        """The best K of these and the others."""
        score, rank = torch.cat([self.score, others.score], dim=1).topk(self.score.shape[1])  # (B, K)

        def chosen(mine: Tensor, theirs: Tensor) -> Tensor:
            both = torch.cat([mine, theirs], dim=1)  # (B, 2K) or (B, 2K, T)
            index = rank if both.dim() == 2 else rank.unsqueeze(2).expand(-1, -1, both.shape[2])
            return both.gather(1, index)

        paths = _Paths(*(chosen(mine, theirs) for mine, theirs in zip(self.paths, others.paths, strict=True)))
        return _Finished(score, chosen(self.total, others.total), chosen(self.length, others.length), paths)


def _best_continuations(
    totals: Tensor, log_probs: Tensor, forbidden: Tensor, said: Tensor, once: Tensor, count: int
) -> _Continuations:
    """The `count` best of each image's W x V continuations.

    totals: (B, W). log_probs: (N, V). forbidden: tokens. said: (B, W, t) the tokens of each beam so far. once: (V,)
    true for those that may not come again.
    """
    batch, width = totals.shape
    vocabulary = log_probs.shape[1]
    size = width * vocabulary
    log_probs = log_probs.view(batch, width, vocabulary)  # (B, W, V)
    padded = totals.new_empty(batch, -(-size // _GROUP) * _GROUP)  # (B, W * V and up to a group more)
    padded[:, size:] = _IMPOSSIBLE
    all_totals = padded[:, :size].unflatten(1, (width, vocabulary))  # (B, W, V)
    torch.add(totals.unsqueeze(2), log_probs, out=all_totals)
    all_totals.index_fill_(2, forbidden, _IMPOSSIBLE)
    all_totals.scatter_(2, said, all_totals.gather(2, said).masked_fill(once[said], _IMPOSSIBLE))
    total, place = _largest(padded, min(count, size))  # (B, C)
    place.clamp_(max=size - 1)  # the padding's places are as impossible as the last
    first_row = torch.arange(batch, device=totals.device).unsqueeze(1) * width  # (B, 1)
    found = _Continuations(
        total,
        first_row + place.div(vocabulary, rounding_mode="floor"),
        place.remainder(vocabulary),
        log_probs.flatten(1).gather(1, place),
    )
    missing = (0, count - total.shape[1])  # a vocabulary smaller than `count` leaves empty places
    return _Continuations(
        F.pad(found.total, missing, value=_IMPOSSIBLE),
        F.pad(found.row, missing),
        F.pad(found.token, missing),
        F.pad(found.token_log_prob, missing),
    )


def _largest(values: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """`values.topk(count)`, several times as fast on long rows. values: (B, S), S a multiple of the group's size.

    The `count` largest lie in the `count` groups with the largest maxima, and maxima are cheap: only those groups are
    sorted. Group j holds the places j, j + G, j + 2 G and so on, of G groups in all.
    """
    groups = values.shape[1] // _GROUP
    if groups < 4 * count:
        return values.topk(count)
    grouped = values.unflatten(1, (_GROUP, groups))  # (B, _GROUP, G)
    chosen = grouped.amax(dim=1).topk(count).indices  # (B, C)
    few = grouped.gather(2, chosen.unsqueeze(1).expand(-1, _GROUP, -1)).flatten(1)  # (B, _GROUP * C)
    largest, place = few.topk(count)  # (B, C)
    member = place.div(count, rounding_mode="floor")  # (B, C)
    return largest, member * groups + chosen.gather(1, place.remainder(count))


def _only_end(log_probs: Tensor, end_id: int) -> Tensor:
    """Leave only the end token possible. log_probs: (N, V)."""
    forced = torch.full_like(log_probs, _IMPOSSIBLE)  # (N, V)
    forced[:, end_id] = log_probs[:, end_id].clamp(min=_OVERRULED_END)
    return forced


def _tensors(tree: Any) -> Iterator[Tensor]:
    """Every tensor in a nested tuple."""
    if isinstance(tree, Tensor):
        yield tree
    else:
        for part in tree:
            yield from _tensors(part)


def _store(results: list[list[Hypothesis]], images: Tensor, finished: _Finished, n_best: int) -> None:
    """Write the finished hypotheses (B, K) to their images' lists: the one place where numbers leave the device."""
    scores, totals, lengths = finished.score.tolist(), finished.total.tolist(), finished.length.tolist()
    tokens, token_log_probs = finished.paths.tokens.tolist(), finished.paths.token_log_probs.tolist()
    for place, image in enumerate(images.tolist()):
        if any(math.isnan(score) for score in scores[place]):
            raise BeamSearchError("The decoder returned NaN. Check that all its weights are finite numbers.")
        results[image] = [
            Hypothesis(tuple(words[: length - 1]), tuple(costs[:length]), total, score)
            for score, total, length, words, costs in zip(
                scores[place], totals[place], lengths[place], tokens[place], token_log_probs[place], strict=True
            )
            if score > _IMPOSSIBLE
        ][:n_best]
        if not results[image]:
            raise BeamSearchError("The decoder gave every sentence probability 0. Forbid fewer tokens.")


def check_range(beam_size: int, max_length: int) -> None:
    """Raise BeamSearchError if the beam is not of 1 to 20, or the longest sentence without a word."""
    if not 1 <= beam_size <= MAX_BEAM_SIZE:
        raise BeamSearchError(f"The beam size is {beam_size}; choose 1 to {MAX_BEAM_SIZE}.")
    if max_length < 1:
        raise BeamSearchError(f"The longest sentence is {max_length} words; choose 1 or more.")


def _check_arguments(
    batch_size: int,
    beam_size: int,
    max_length: int,
    end_id: int,
    n_best: int,
    length_penalty: float,
    forbidden_ids: Sequence[int],
    once_ids: Sequence[int],
) -> None:
    if batch_size < 0:
        raise BeamSearchError(f"The batch size is {batch_size}; give 0 or more images.")
    check_range(beam_size, max_length)
    if not 1 <= n_best <= beam_size:
        raise BeamSearchError(f"{n_best} hypotheses were asked of {beam_size} beams; choose 1 to {beam_size}.")
    if not (math.isfinite(length_penalty) and length_penalty >= 0):
        raise BeamSearchError(f"The length penalty is {length_penalty}; choose 0 or more.")
    if end_id in (*forbidden_ids, *once_ids):
        raise BeamSearchError("The end token is among the forbidden tokens; take it out, or no sentence can end.")
