"""Training the evidence of objects on features that are kept: a few minutes on a CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional as F
from torch.optim.lr_scheduler import OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from captioner.encoders import Features
from captioner.evidence import EVIDENT_KINDS, ObjectEvidence
from captioner.training.chair import objects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.model import CaptioningModel
    from captioner.training.data import Example

_EPOCHS = 3  # from the fourth on it learns photographs by heart
_BATCH = 32
_WEIGHT_DECAY = 0.1
_AVERAGE = 0.99


def train_evidence(
    model: CaptioningModel,
    features: Features,
    examples: Sequence[Example],
    *,
    hidden_size: int,
    seed: int,
    learning_rate: float = 6e-4,
) -> ObjectEvidence:
    """Learn which kinds of object photographs show, by their captions and boxes.

    features: of all the examples. learning_rate: the peak of one cycle.
    """
    torch.manual_seed(seed)
    present = _present(examples)  # (n, K)
    head = ObjectEvidence(
        feature_size=features.grid.shape[2], pooled_size=features.pooled.shape[1], hidden_size=hidden_size
    )
    last = head.whole[-1]
    assert isinstance(last, nn.Linear)
    with torch.no_grad():
        last.bias.copy_(present.mean(dim=0).clamp(1e-4, 1 - 1e-4).logit())
    steps = -(-len(examples) // _BATCH)
    optimiser = torch.optim.AdamW(head.parameters(), lr=learning_rate, weight_decay=_WEIGHT_DECAY)
    schedule = OneCycleLR(optimiser, learning_rate, total_steps=_EPOCHS * steps, cycle_momentum=False)
    average = AveragedModel(head, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGE))
    for epoch in range(_EPOCHS):
        for chosen in tqdm(
            torch.randperm(len(examples)).split(_BATCH), desc=f"objects, epoch {epoch + 1} of {_EPOCHS}"
        ):
            of_chosen = Features(features.grid[chosen].float(), features.pooled[chosen])
            logits = head(of_chosen.grid, model.decoder.standardised(of_chosen))  # (B, K)
            loss = F.binary_cross_entropy_with_logits(logits, present[chosen], reduction="sum") / len(chosen)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            average.update_parameters(head)
    learned = average.module
    assert isinstance(learned, ObjectEvidence)
    return learned.eval()


def _present(examples: Sequence[Example]) -> torch.Tensor:
    """Whether each photograph holds each kind, (n, K)."""
    place = {kind: number for number, kind in enumerate(EVIDENT_KINDS)}
    present = torch.zeros(len(examples), len(EVIDENT_KINDS))
    for row, example in enumerate(examples):
        present[row, [place[kind] for kind in objects_of(example)]] = 1
    return present
