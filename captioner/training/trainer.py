"""The training loop: stages, each under one learning-rate cycle; resumable at any step.

The output folder holds `log.csv`, `resume.pt`, the feature cache and, after each stage, a checkpoint.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import time
from dataclasses import asdict, replace
from statistics import mean
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from tqdm import tqdm

from captioner.checkpoint import Generation, Manifest, load_checkpoint, round_to_stored, save_checkpoint, write_manifest
from captioner.errors import ConfigurationError
from captioner.model import Architecture, CaptioningModel, build_model
from captioner.preprocess import Preprocessing
from captioner.training.batches import Batches
from captioner.training.config import Config, Stage
from captioner.training.data import Example, Split, read_split
from captioner.training.evaluation import word_loss
from captioner.training.features import cached_features
from captioner.training.log import TRAINING_LOG, Epoch, plot, write_line
from captioner.training.report import Report
from captioner.training.sources import FeatureSource, KeptFeatures, Pictures
from captioner.training.stage import StageRun
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from captioner.encoders import Features

_SECONDS_BETWEEN_SAVES = 300


class Trainer:
    """One training run.

    data: the folder below which the configuration's splits lie. weights: the encoder's starting weights, safetensors
    under torchvision's names, or those of a checkpoint, whose encoder is taken. out: where everything is written; if a
    run was interrupted there, it is continued.
    """

    def __init__(self, config: Config, *, data: Path, weights: Path, out: Path, device: torch.device) -> None:
        self._config = config
        self._out = out
        self._device = device
        self._weights = weights
        self._splits = [_read(data, name) for name in config.data.train]
        self._dev = _read(data, config.data.dev)
        self._reports = [_read(data, name) for name in config.data.report]
        self._examples = [example for split in self._splits for example in split.examples]
        self._preprocessing = Preprocessing()
        self._vocabulary = Vocabulary.from_sentences(
            (caption for example in self._examples for caption in example.captions),
            config.data.min_count,
            config.data.styles,
            config.data.repeated,
        )
        torch.manual_seed(config.seed)
        architecture = Architecture(config.model.encoder, config.model.decoder, dict(config.model.sizes))
        self._model = build_model(architecture, len(self._vocabulary))
        _load_encoder(self._model, weights)
        if config.model.starting_decoder:
            _load_decoder(self._model, weights.parent, architecture, self._vocabulary)
        self._model.to(device)
        self._manifest = Manifest(
            name=config.name,
            architecture=architecture,
            preprocessing=self._preprocessing,
            vocabulary=self._vocabulary,
            generation=Generation(beam_size=config.search.beam_size, max_length=config.search.max_length),
            training=self._account(),
        )

    def run(self) -> Path:
        """Train all stages and return the folder of the last checkpoint."""
        self._out.mkdir(parents=True, exist_ok=True)
        resume = self._read_resume()
        folder = self._out
        for number, stage in enumerate(self._config.stages, start=1):
            folder = self._out / f"stage-{number}"
            if resume is not None and resume["stage"] > number:
                continue
            self._run_stage(number, stage, resume)
            resume = None
            self._finish_stage(stage, folder)
        return folder

    def _run_stage(self, number: int, stage: Stage, resume: dict[str, Any] | None) -> None:
        torch.manual_seed(self._config.seed + number)
        if resume is not None:
            self._model.load_state_dict(resume["run"]["model"])  # its encoder decides which cached features are right
        source, dev_source = self._sources(stage)
        batches = self._batches(self._examples, stage)
        run = StageRun(self._model, stage, batches, max_length=self._config.search.max_length)
        if resume is not None:
            run.load_state_dict(resume["run"])
        while run.epoch < stage.epochs:
            began = time.monotonic()
            loss = self._train_epoch(number, run, batches, source)
            figures = self._measure(run.candidate, dev_source)
            line = Epoch(
                stage=number,
                epoch=run.epoch + 1,
                train_loss=round(loss, 4),
                **figures,
                minutes=round((time.monotonic() - began) / 60, 2),
            )
            write_line(self._out / "log.csv", line)
            run.finish_epoch(line.cider)
            self._save_resume(number, run)
        run.load_best()
        round_to_stored(self._model)

    def _train_epoch(self, number: int, run: StageRun, batches: Batches, source: FeatureSource) -> float:
        """Train to the end of the epoch and return the mean loss."""
        saved = time.monotonic()
        losses: list[float] = []
        progress = tqdm(
            batches.epoch(run.epoch, run.step),
            desc=f"stage {number}, epoch {run.epoch + 1} of {run.stage.epochs}",
            total=len(batches),
            initial=run.step,
            unit="batch",
        )
        for batch in progress:
            losses.append(run.train_on(batch, source))
            progress.set_postfix(loss=f"{mean(losses[-20:]):.2f}")
            if time.monotonic() - saved > _SECONDS_BETWEEN_SAVES:
                self._save_resume(number, run)
                saved = time.monotonic()
        return mean(losses) if losses else math.nan

    def _sources(self, stage: Stage) -> tuple[FeatureSource, FeatureSource]:
        """Where the stage's features come from: those of the training photographs, and those of the dev split."""
        if stage.encoder_learning_rate > 0:
            return Pictures(self._examples, self._preprocessing), self._unseen(stage, self._dev)
        by_view = [self._cached(self._splits, view) for view in range(stage.views)]
        self._model.decoder.adapt_to(by_view[0].pooled.to(self._device))
        return KeptFeatures(*by_view), self._unseen(stage, self._dev)

    def _unseen(self, stage: Stage, split: Split) -> FeatureSource:
        """The features of a split that is not trained on: cached for as long as the encoder has not learned."""
        if stage.encoder_learning_rate > 0:
            return Pictures(split.examples, self._preprocessing)
        return KeptFeatures(self._cached([split]))

    def _cached(self, splits: list[Split], view: int = 0) -> Features:
        return cached_features(
            splits,
            self._model.encoder,
            self._preprocessing,
            self._out / "features",
            grid=self._model.reads_grid,
            view=view,
        )

    def _batches(self, examples: Sequence[Example], stage: Stage) -> Batches:
        return Batches(
            examples,
            self._vocabulary,
            size=stage.batch,
            max_words=self._config.data.max_words,
            views=stage.views,
            seed=self._config.seed,
        )

    def _measure(self, model: CaptioningModel, source: FeatureSource) -> dict[str, float]:
        """How a network does on the dev split, without Java: for choosing between epochs."""
        report = Report(model, self._vocabulary, self._dev, source)
        figures = report.scores(self._manifest.generation, fast=True).figures
        batches = self._batches(self._dev.examples, Stage(epochs=1, batch=32, learning_rate=1))
        loss = word_loss(model, report.features, batches)
        return {"dev_loss": round(loss, 4), "bleu_4": figures["BLEU-4"], "cider": figures["CIDEr"]}

    def _finish_stage(self, stage: Stage, folder: Path) -> None:
        """Choose the length penalty on the dev split, save the checkpoint, and write its figures into the manifest."""
        dev, *others = (
            Report(self._model, self._vocabulary, split, self._unseen(stage, split))
            for split in (self._dev, *self._reports)
        )
        generation = self._manifest.generation
        tried = dev.cider_by_length_penalty(generation, self._config.search.length_penalties)
        generation = replace(generation, length_penalty=max(tried, key=lambda penalty: tried[penalty]))
        tqdm.write(f"CIDEr on {self._dev.name} by length penalty: {tried}")
        manifest = save_checkpoint(folder, self._model, replace(self._manifest, generation=generation))
        names = [split.name for split in (self._dev, *self._reports)]
        metrics = {name: report.entry(generation) for name, report in zip(names, (dev, *others), strict=True)}
        for name, entry in metrics.items():
            tqdm.write(f"{name}: {entry}")
        write_manifest(folder, replace(manifest, metrics=metrics))
        shutil.copyfile(self._out / "log.csv", folder / TRAINING_LOG)
        plot(self._out / "log.csv", self._out / "curves.png")

    def _account(self) -> dict[str, Any]:
        """What the manifest tells about the training."""
        return {
            "photographs": {split.name: len(split) for split in self._splits},
            "captions": sum(len(example.captions) for example in self._examples),
            "sources": [asdict(source) for source in self._config.data.sources],
            "starting_weights": {
                **asdict(self._config.model.starting_weights),
                "sha256": hashlib.sha256(self._weights.read_bytes()).hexdigest(),
            },
            "stages": [asdict(stage) for stage in self._config.stages],
            "seed": self._config.seed,
        }

    def _save_resume(self, number: int, run: StageRun) -> None:
        unfinished = self._out / "resume.part"
        torch.save({"stage": number, "run": run.state_dict(), "configuration": repr(self._config)}, unfinished)
        unfinished.replace(self._out / "resume.pt")

    def _read_resume(self) -> dict[str, Any] | None:
        path = self._out / "resume.pt"
        if not path.is_file():
            return None
        state: dict[str, Any] = torch.load(path, map_location=self._device, weights_only=True)
        if state["configuration"] != repr(self._config):
            raise ConfigurationError(
                f"{self._out} holds a run with another configuration. Give another --out, or remove {path.name} there."
            )
        return state


def _read(data: Path, name: str) -> Split:
    folder, _, split = name.rpartition("/")
    return read_split(data / folder, split)


_OF_ENCODER = "encoder."


def _load_encoder(model: CaptioningModel, path: Path) -> None:
    try:
        weights = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ConfigurationError(f"The starting weights {path} cannot be read. Give a safetensors file.") from error
    of_checkpoint = any(name.startswith(_OF_ENCODER) for name in weights)
    model.encoder.load_starting_weights(
        {
            name.removeprefix(_OF_ENCODER): value.float()
            for name, value in weights.items()
            if name.startswith(_OF_ENCODER) or not of_checkpoint
        }
    )


def _load_decoder(model: CaptioningModel, folder: Path, architecture: Architecture, vocabulary: Vocabulary) -> None:
    """Raises ConfigurationError if the checkpoint in the folder has another decoder or other words."""
    start = load_checkpoint(folder, torch.device("cpu"))
    words = start.manifest.vocabulary
    same_decoder = replace(start.manifest.architecture, evidence=architecture.evidence) == architecture
    if not same_decoder or (words.words, words.styles) != (vocabulary.words, vocabulary.styles):
        raise ConfigurationError(
            f"The decoder of {folder} has another architecture or vocabulary than the configuration asks for. Name one "
            "that was trained with the same [model] and on the same captions, or leave starting_decoder out."
        )
    model.decoder.load_state_dict(start.model.decoder.state_dict())
