"""One stage of training: its optimiser, learning-rate cycle, running mean of the weights, and best epoch so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from captioner.model import CaptioningModel
from captioner.precision import products_in
from captioner.training.concepts import ConceptProbe
from captioner.training.loss import batch_loss
from captioner.training.self_critical import SelfCritical

if TYPE_CHECKING:
    from captioner.encoders import Features
    from captioner.training.batches import Batch, Batches
    from captioner.training.config import Stage
    from captioner.training.sources import FeatureSource

_PARTS = ("model", "concepts", "optimiser", "schedule", "average")


class StageRun:
    """The state of a stage, which `state_dict` holds, so that a run can stop and go on at any step.

    Random numbers of the processor are part of it, those of a GPU are not: there a run goes on with other dropout.

    epoch, step: where the run stands, both from 0.
    """

    def __init__(self, model: CaptioningModel, stage: Stage, batches: Batches, *, max_length: int) -> None:
        """max_length: the most words of a sentence that the decoder draws itself."""
        self.model = model
        self.stage = stage
        self.epoch = 0
        self.step = 0
        self._frozen = stage.encoder_learning_rate == 0
        device = next(model.parameters()).device
        self._precision = products_in(stage.precision, device)
        model.encoder.requires_grad_(not self._frozen)
        self.concepts = nn.ModuleList()  # the probe, if the stage has one
        if stage.concepts:
            probe = ConceptProbe(batches.captions, model.encoder.pooled_size, stage.concepts)
            self.concepts.append(probe.to(device))
        self.optimiser = _optimiser(model, self.concepts, stage)
        self.schedule = OneCycleLR(
            self.optimiser,
            [group["lr"] for group in self.optimiser.param_groups],
            total_steps=stage.epochs * len(batches),
            pct_start=stage.warm_up,
            cycle_momentum=False,
        )
        learning = model.decoder if self._frozen else model
        self.average = AveragedModel(learning, multi_avg_fn=get_ema_multi_avg_fn(stage.average))
        self._self_critical = None
        if stage.loss == "self_critical":
            self._self_critical = SelfCritical(
                batches.captions, samples=stage.samples, max_length=max_length, forbidden_ids=batches.unwritable
            )
        self._best_score = float("-inf")
        self._best: dict[str, Tensor] = {}

    def train_on(self, batch: Batch, source: FeatureSource) -> float:
        """Take one step and return the batch's loss: when self-critical, the mean reward with a minus.

        Raises RuntimeError if the gradient is not finite.
        """
        self.model.train()
        with self._precision:
            with torch.set_grad_enabled(not self._frozen):
                features = source(self.model.encoder, batch.positions, batch.views)
            loss, shown = self._loss(features, batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        learning = [value for group in self.optimiser.param_groups for value in group["params"]]
        nn.utils.clip_grad_norm_(learning, self.stage.clip_norm, error_if_nonfinite=True)
        self.optimiser.step()
        self.schedule.step()
        self.average.update_parameters(self.model.decoder if self._frozen else self.model)
        self.step += 1
        return shown

    def _loss(self, features: Features, batch: Batch) -> tuple[Tensor, float]:
        """What to lower, and what to show of it."""
        loss = torch.zeros((), device=features.pooled.device)
        for probe in self.concepts:
            loss = loss + probe(self.model.decoder.standardised(features), batch.positions)
        if self._self_critical is None:
            cross_entropy = self._cross_entropy(features, batch)
            return loss + cross_entropy, cross_entropy.item()
        if self.stage.likelihood:
            loss = loss + self.stage.likelihood * self._cross_entropy(features, batch)
        self_critical, reward = self._self_critical(self.model.decoder, features, batch.positions, batch.starts)
        return loss + self_critical, -reward

    def _cross_entropy(self, features: Features, batch: Batch) -> Tensor:
        return batch_loss(
            self.model.decoder,
            features,
            batch,
            label_smoothing=self.stage.label_smoothing,
            attention_penalty=self.stage.attention_penalty,
        )

    @property
    def candidate(self) -> CaptioningModel:
        """The network to keep: that of the mean weights, if the stage takes a mean."""
        if not self.stage.average:
            return self.model
        averaged: Any = self.average.module
        return CaptioningModel(self.model.encoder, averaged) if self._frozen else averaged

    def finish_epoch(self, score: float) -> None:
        """Remember the candidate if its score is the best so far, and go to the next epoch."""
        if score > self._best_score:
            self._best_score = score
            self._best = {name: value.detach().clone() for name, value in self.candidate.state_dict().items()}
        self.epoch, self.step = self.epoch + 1, 0

    def load_best(self) -> None:
        """Give the model the weights of the best epoch."""
        self.model.load_state_dict(self._best)

    def state_dict(self) -> dict[str, Any]:
        """Everything that going on needs."""
        return {
            **{part: getattr(self, part).state_dict() for part in _PARTS},
            "epoch": self.epoch,
            "step": self.step,
            "best_score": self._best_score,
            "best": self._best,
            "random": torch.get_rng_state(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken."""
        for part in _PARTS:
            getattr(self, part).load_state_dict(state[part])
        self.epoch, self.step = state["epoch"], state["step"]
        self._best_score, self._best = state["best_score"], state["best"]
        torch.set_rng_state(state["random"].cpu())


def _optimiser(model: CaptioningModel, concepts: nn.Module, stage: Stage) -> torch.optim.Optimizer:
    groups = [{"params": [*model.decoder.parameters(), *concepts.parameters()], "lr": stage.learning_rate}]
    if stage.encoder_learning_rate > 0:
        groups.append({"params": list(model.encoder.parameters()), "lr": stage.encoder_learning_rate})
    return torch.optim.AdamW(groups, weight_decay=stage.weight_decay, fused=True)
