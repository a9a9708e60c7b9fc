"""A training run's configuration: a TOML file read into frozen dataclasses, in which unknown keys are errors."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from captioner.errors import ConfigurationError
from captioner.precision import PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

T = TypeVar("T")

LOSSES = ("cross_entropy", "self_critical")


@dataclass(frozen=True, slots=True)
class Source:
    """A data set or starting weights, as the manifest names it."""

    name: str
    licence: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """What to train on. Splits are paths below the data folder, for example `flickr8k/train`.

    dev: the split by which the best epoch and the length penalty are chosen; never trained on.
    report: further splits whose figures go into the manifest.
    min_count: a word must occur this often in the training captions to be known.
    max_words: longer captions are cut.
    styles: data sets, by their folders' names, whose ways of writing the decoder tells apart, the usual one first.
    repeated: above 0, only a word that this part of the captions with it repeat may be written twice in a sentence.
    """

    train: tuple[str, ...]
    dev: str
    report: tuple[str, ...] = ()
    min_count: int = 4
    max_words: int = 22
    styles: tuple[str, ...] = ()
    repeated: float = 0.0
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Which network, the decoder's sizes, and where the starting weights come from.

    starting_decoder: whether the decoder, too, begins as that of the starting weights; if not, it begins anew.
    """

    encoder: str
    decoder: str
    sizes: dict[str, int | float]
    starting_weights: Source
    starting_decoder: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of training, under one learning-rate cycle (Smith and Topin 2018).

    epochs: passes over the photographs, each with five of its captions. batch: in photographs.
    learning_rate: the decoder's peak. encoder_learning_rate: the encoder's peak; at 0 the encoder is frozen and its
    features are cached. warm_up: the part of the steps in which the rates rise.
    label_smoothing, weight_decay: as in torch; smoothing spreads over all tokens, special ones among them, and makes
    perplexities and likelihoods less sharp. clip_norm: the gradient's greatest norm.
    attention_penalty: how much attention that misses places costs (Xu et al. 2015, equation 14; 1 in their code).
    average: decay per step of the running mean of the weights (Polyak), which is what is kept; 0 keeps the last ones.
    concepts: how many words the pooled features must also tell by themselves (`captioner.training.concepts`), while the
    encoder learns.
    views: in how many views each picture is seen (`captioner.training.views`): 1 for the picture as it is.
    loss: `cross_entropy`, or `self_critical` (Rennie et al. 2017), which draws `samples` sentences a photograph.
    likelihood: how much of the (smoothed) cross-entropy a self-critical stage adds, so that log-probabilities stay
    meaningful (Wu et al. 2016, "Google's neural machine translation system", equation 9).
    precision: of matrix products (`captioner.precision`), `float32` or `bfloat16`.
    """

    epochs: int
    batch: int
    learning_rate: float
    encoder_learning_rate: float = 0.0
    warm_up: float = 0.15
    label_smoothing: float = 0.1
    weight_decay: float = 0.01
    attention_penalty: float = 0.0
    clip_norm: float = 5.0
    average: float = 0.0
    concepts: int = 0
    views: int = 1
    loss: str = "cross_entropy"
    samples: int = 5
    likelihood: float = 0.0
    precision: str = "float32"


@dataclass(frozen=True, slots=True)
class Search:
    """How sentences are searched for; the best of `length_penalties` on the dev split is kept (by CIDEr)."""

    beam_size: int = 5
    max_length: int = 22
    length_penalties: tuple[float, ...] = (1.0,)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole run."""

    name: str
    data: Data
    model: Model
    stages: tuple[Stage, ...]
    search: Search = field(default_factory=Search)
    seed: int = 1

    def __post_init__(self) -> None:
        if not (self.stages and self.data.train and self.search.length_penalties):
            raise ConfigurationError("At least one stage, one training split and one length penalty are needed.")
        for stage in self.stages:
            if min(stage.epochs, stage.batch) < 1 or stage.learning_rate <= 0 or stage.encoder_learning_rate < 0:
                raise ConfigurationError("A stage needs 1 or more epochs, a batch of 1 or more, and rates above 0.")
            if stage.loss not in LOSSES:
                raise ConfigurationError(f"The loss {stage.loss!r} is unknown. Choose: {', '.join(LOSSES)}.")
            if stage.precision not in PRECISIONS:
                raise ConfigurationError(
                    f"The precision {stage.precision!r} is unknown. Choose: {', '.join(PRECISIONS)}."
                )
            if stage.concepts and not stage.encoder_learning_rate:
                raise ConfigurationError("Concepts teach the encoder. Give it a learning rate, or set concepts to 0.")
            if stage.views < 1:
                raise ConfigurationError("A picture has at least 1 view: itself.")
            if stage.loss == "self_critical" and stage.attention_penalty and not stage.likelihood:
                raise ConfigurationError("An attention penalty needs a cross-entropy. Set a likelihood, or no penalty.")
            if stage.loss == "cross_entropy" and stage.likelihood:
                raise ConfigurationError("A likelihood belongs to self-critical stages. Set it to 0.")
            if stage.samples < 2:
                raise ConfigurationError("At least 2 samples are needed: each is judged by the others.")


def read_config(path: Path, changes: Sequence[str] = ()) -> Config:
    """Read a configuration; raises ConfigurationError that names the file and the key that is wrong.

    changes: values to take instead of the file's, each as `KEY=VALUE` with the value as TOML writes it, for example
    `stages.0.label_smoothing=0.0` for the first stage.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} cannot be read. Give the path of a TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}. Mend the file.") from error
    for change in changes:
        _change(entries, change)
    return from_entries(Config, entries, str(path))


def _change(entries: Any, change: str) -> None:
    key, _, value = change.partition("=")
    *tables, last = key.strip().split(".")
    try:
        for table in tables:
            entries = entries[int(table)] if isinstance(entries, list) else entries.setdefault(table, {})
        entries[int(last) if isinstance(entries, list) else last] = tomllib.loads(f"value = {value}")["value"]
    except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError, AttributeError) as error:
        message = f"The change {change!r} cannot be made. Write it like stages.0.label_smoothing=0.0, texts in quotes."
        raise ConfigurationError(message) from error


def from_entries(kind: type[T], entries: Any, where: str) -> T:
    """Build the dataclass `kind` from plain values, checking names and types all the way down."""
    if not isinstance(entries, dict):
        raise ConfigurationError(f"{where}: a table is needed here, not {entries!r}.")
    hints = get_type_hints(kind)
    fields = {entry.name: entry for entry in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for name in entries:
        if name not in fields:
            raise ConfigurationError(f"{where}: {name!r} is unknown. Known here: {', '.join(fields)}.")
    for name, entry in fields.items():
        required = entry.default is dataclasses.MISSING and entry.default_factory is dataclasses.MISSING
        if required and name not in entries:
            raise ConfigurationError(f"{where}: {name!r} is missing. Add it.")
    return kind(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in entries.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_entries(hint, value, where)
    origin = get_origin(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], item, where) for item in value)
    if origin is dict and isinstance(value, dict):
        return {name: _value(get_args(hint)[1], item, f"{where}.{name}") for name, item in value.items()}
    allowed = get_args(hint) if origin in (UnionType, Union) else (origin or hint,)
    if float in allowed and int not in allowed and type(value) is int:
        return float(value)
    if type(value) not in allowed:
        names = " or ".join(kind.__name__ for kind in allowed)
        raise ConfigurationError(f"{where} should be of type {names}, not {value!r}.")
    return value
