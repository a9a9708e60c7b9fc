"""How probable each sentence is for each picture: `log p(S | I)`, and `log p(S)` without a picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from captioner.encoders import Features
from captioner.rows import select_rows
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from captioner.decoders import Decoder
    from captioner.retrieval.prefix_tree import Level, PrefixTree

_ROWS_TOGETHER = 4096  # rows of the decoder at once; each costs the size of the vocabulary


@torch.inference_mode()
def log_likelihoods(decoder: Decoder, features: Features, tree: PrefixTree, start_id: int) -> Tensor:
    """Return log p(S | I), end token counted, of every sentence for every picture: (B, S).

    features: of B pictures. tree: the S sentences. start_id: the token before each. Words that the decoder does not
    know count as its unknown word.
    """
    together = max(1, _ROWS_TOGETHER // tree.widest)
    if len(features.pooled) == 0:
        return torch.empty(0, tree.sentence_count)
    batches = torch.arange(len(features.pooled)).split(together)
    return torch.cat(
        [_of_batch(decoder, Features(features.grid[rows], features.pooled[rows]), tree, start_id) for rows in batches]
    )


def _of_batch(decoder: Decoder, features: Features, tree: PrefixTree, start_id: int) -> Tensor:
    batch, device = len(features.pooled), features.pooled.device
    found = torch.empty(batch, tree.sentence_count, device=device)  # (B, S)
    state, memory = decoder.start(features)
    totals = torch.zeros(batch, 1, device=device)  # (B, n)
    log_probs = totals.unsqueeze(2)  # replaced at the first level, whose only node is the start token
    for depth, level in enumerate(tree.levels):
        parents, tokens, complete, nodes = (column.to(device) for column in level)
        if depth == 0:
            tokens = torch.full_like(tokens, start_id)
        else:
            totals = totals[:, parents] + log_probs[:, parents, tokens]  # (B, n)
            state = select_rows(state, _rows(level, log_probs.shape[1], batch).to(device))
        flat, state = decoder.step(tokens.repeat(batch), state, memory)  # (B * n, V)
        log_probs = flat.view(batch, len(tokens), -1)  # (B, n, V)
        found[:, complete] = totals[:, nodes] + log_probs[:, nodes, Vocabulary.END]
    return found


def _rows(level: Level, above: int, batch: int) -> Tensor:
    """The rows of the level above that this level's beginnings go on from, for all pictures; (B * n,)."""
    first = torch.arange(batch).unsqueeze(1) * above  # (B, 1)
    return (first + level.parents).flatten()


def log_priors(likelihoods: Tensor) -> Tensor:
    """log p(S), (S,), from log p(S | I) of a sample of pictures (B, S): the mean over them, as in m-RNN."""
    return likelihoods.double().logsumexp(dim=0) - math.log(len(likelihoods))
