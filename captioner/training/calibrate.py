"""Fitting a calibration: photographs are told from drawings, and right sentences from wrong ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from captioner.confidence import logistic
from captioner.confidence.photographs import Photographs, learn
from captioner.confidence.record import RECORD_SIGNS, Naming, Record
from captioner.things import things, unsupported
from captioner.training.alterations import altered
from captioner.training.captions import caption_split
from captioner.training.drawings import KINDS, draw
from captioner.training.rarity import RARITIES, rarity
from captioner.training.reliability import reliability

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

    from captioner.bands import Withheld
    from captioner.interface import ImageCaptioner
    from captioner.training.data import Example, Split
    from captioner.types import Caption

_BATCH = 32
_RIDGE = 10.0
_FOLDS = 10
_INNER_SEED = 0


@dataclass(frozen=True)
class Cases:
    """Captions of photographs that training never saw.

    names: of the signs. signs: (N, S). namings: what each names. right: (N,), 0 or 1. sources: the split that each is
    of.
    """

    names: tuple[str, ...]
    signs: np.ndarray
    namings: tuple[tuple[Naming, ...], ...]
    right: np.ndarray
    sources: tuple[str, ...]

    def part(self, chosen: np.ndarray) -> Cases:
        """Those cases that are chosen, (N,)."""
        places = np.flatnonzero(chosen)
        return Cases(
            self.names,
            self.signs[places],
            tuple(self.namings[place] for place in places),
            self.right[places],
            tuple(self.sources[place] for place in places),
        )


@dataclass(frozen=True)
class Calibrator:
    """What a calibration reads captions with: the record of things, and the regression on all signs."""

    record: Record
    right: logistic.Logistic

    def probability(self, cases: Cases) -> np.ndarray:
        """That each case is right, (N,)."""
        of_record = [self.record.signs([naming.name for naming in own]) for own in cases.namings]
        return self.right.probability(_joined_signs(cases, of_record))


def learn_photographs(captioner: ImageCaptioner, splits: Sequence[Split], *, count: int, seed: int) -> Photographs:
    """Learn what photographs look like from `count` of the splits' and as many drawings.

    Half of the photographs are altered as the web alters them, since those are photographs too.
    """
    examples = [example for split in splits for example in split.examples]
    chosen = [examples[place] for place in np.random.default_rng(seed).permutation(len(examples))[:count]]
    photographs = (altered(example.open(), number) for number, example in enumerate(chosen))
    drawings = (draw(KINDS[number % len(KINDS)], number // len(KINDS)) for number in range(count))
    return learn(
        look_at(captioner, photographs, len(chosen), "photographs"),
        look_at(captioner, drawings, count, "drawings"),
    )


def look_at(captioner: ImageCaptioner, pictures: Iterator[Image.Image], count: int, title: str) -> np.ndarray:
    """The features of pictures, (N, F)."""
    features = []
    with tqdm(total=count, desc=title, unit="image") as progress:
        while batch := list(islice(pictures, _BATCH)):
            features.append(captioner.picture_features(batch))
            progress.update(len(batch))
    return np.concatenate(features)


def cases_of(
    captions: Sequence[Caption], examples: Sequence[Example], source: str, names: tuple[str, ...] = ()
) -> Cases:
    """The signs of captions, by default all of them, and which captions are right (`captioner.things`)."""
    names = names or tuple(captions[0].signs)
    namings = []
    for caption, example in zip(captions, examples, strict=True):
        sentence = " ".join(caption.tokens)
        wrong = set(unsupported(sentence, example.captions, example.objects))
        namings.append(tuple(Naming(thing.name, thing.name not in wrong) for thing in things(sentence)))
    return Cases(
        names,
        np.array([[caption.signs[name] for name in names] for caption in captions]),
        tuple(namings),
        np.array([float(bool(own) and all(naming.right for naming in own)) for own in namings]),
        (source,) * len(captions),
    )


def joined(cases: Sequence[Cases]) -> Cases:
    """The cases of several splits as one."""
    return Cases(
        cases[0].names,
        np.concatenate([own.signs for own in cases]),
        tuple(naming for own in cases for naming in own.namings),
        np.concatenate([own.right for own in cases]),
        tuple(source for own in cases for source in own.sources),
    )


def fit_right(cases: Cases) -> Calibrator:
    """The calibrator of all cases. Each is fitted with the record of other cases: none may speak for itself."""
    folds = _folds(len(cases.right), _INNER_SEED)
    records = [Record.of(cases.part(folds != fold).namings) for fold in range(_FOLDS)]
    of_record = [
        records[fold].signs([naming.name for naming in own]) for fold, own in zip(folds, cases.namings, strict=True)
    ]
    fitted = logistic.fit(_joined_signs(cases, of_record), cases.right, ridge=_RIDGE)
    return Calibrator(Record.of(cases.namings), fitted)


def cross_validated(cases: Cases, *, seed: int) -> np.ndarray:
    """The probability of each case by a calibrator that was fitted on the other nine tenths, (N,)."""
    folds = _folds(len(cases.right), seed)
    found = np.zeros(len(cases.right))
    for fold in range(_FOLDS):
        own = folds == fold
        found[own] = fit_right(cases.part(~own)).probability(cases.part(own))
    return found


def _folds(count: int, seed: int) -> np.ndarray:
    """Which of _FOLDS parts each case is in, (N,)."""
    folds: np.ndarray = np.random.default_rng(seed).permutation(count) % _FOLDS
    return folds


def _joined_signs(cases: Cases, of_record: Sequence[dict[str, float]]) -> np.ndarray:
    """(N, S + R)."""
    record = np.array([[signs[name] for name in RECORD_SIGNS] for signs in of_record])
    return np.hstack([cases.signs, record])


def figures(probability: np.ndarray, cases: Cases) -> dict[str, Any]:
    """`reliability` of all cases, and of each split by itself."""
    sources = np.array(cases.sources)
    return {"all": reliability(probability, cases.right)} | {
        str(source): reliability(probability[sources == source], cases.right[sources == source])
        for source in np.unique(sources)
    }


def measured(captioner: ImageCaptioner, splits: Sequence[Split], training: Sequence[Split] = ()) -> dict[str, Any]:
    """`figures` of the captioner's own calibration, and why how many photographs get no sentence, in percent.

    training: what the model was trained on, if figures are wanted for each group of `rarity` too.
    """
    calibration = captioner.calibration
    assert calibration is not None
    names = tuple(name for name in calibration.signs if name not in RECORD_SIGNS)
    cases, withheld = [], []
    for split in splits:
        captions = caption_split(captioner, split, beam_size=calibration.beam_size)
        cases.append(cases_of(captions, split.examples, split.name, names))
        withheld += [caption.withheld for caption in captions]
    all_cases = joined(cases)
    probability = Calibrator(calibration.record, calibration.right).probability(all_cases)
    found = {**figures(probability, all_cases), "withheld": _reasons(withheld)}
    if training:
        known = [example for split in training for example in split.examples]
        groups = np.array(rarity([example for split in splits for example in split.examples], known))
        found["rarest_kind_in_training_photographs"] = {
            name: reliability(probability[groups == name], all_cases.right[groups == name])
            | {"withheld": _reasons([reason for reason, group in zip(withheld, groups, strict=True) if group == name])}
            for name in RARITIES
            if name in groups
        }
    return found


def _reasons(withheld: Sequence[Withheld | None]) -> dict[str, float]:
    """Why how many get no sentence, in percent of all."""
    counts = Counter(reason.value for reason in withheld if reason)
    return {reason: round(100 * number / len(withheld), 2) for reason, number in sorted(counts.items())}
