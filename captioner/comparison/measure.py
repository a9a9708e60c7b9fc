"""Everything that is measured of the systems, a piece at a time."""

from __future__ import annotations

import hashlib
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import torch

from captioner.comparison.papers import PAPERS
from captioner.encoders import Features
from captioner.folding import for_inference
from captioner.retrieval.measure import PRIOR_PICTURES, measure_retrieval
from captioner.training.baselines import human, nearest_neighbour
from captioner.training.diversity import known_sentences
from captioner.training.evaluation import encode_all, write_sentences
from captioner.training.metrics import has_java
from captioner.training.sizes import sizes
from captioner.training.sources import KeptFeatures, Pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from captioner.comparison.results import Results
    from captioner.comparison.system import System
    from captioner.training.data import Split
    from captioner.training.report import Report

_PICTURES_TO_TIME = 64


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured.

    split: where everything is measured. others: splits for figures alone. training: what the systems were trained on,
    for novelty and nearest neighbours; the first of the same data set gives the sentences' priors. beams: sizes beside
    each checkpoint's own. retrieval: on how many pictures; 0 for none. whole: names of systems whose retrieval is
    measured on all pictures too. retrieval_precision: of its matrix products (`captioner.precision`).
    """

    split: Split
    others: tuple[Split, ...] = ()
    training: tuple[Split, ...] = ()
    beams: tuple[int, ...] = ()
    retrieval: int = 0
    whole: tuple[str, ...] = ()
    retrieval_precision: str = "float32"


def compare(systems: Sequence[System], plan: Plan, results: Results) -> dict[str, Any]:
    """Measure what is not among the results yet, and return all as plain values."""
    return {
        "split": plan.split.name,
        "others": [split.name for split in plan.others],
        "images": {split.name: len(split) for split in (plan.split, *plan.others)},
        "training": [split.name for split in plan.training],
        "systems": [_system(system, plan, results) for system in systems],
        "baselines": {split.name: _baselines(systems[0], split, plan, results) for split in (plan.split, *plan.others)},
    }


def _system(system: System, plan: Plan, results: Results) -> dict[str, Any]:
    manifest = system.manifest
    own_beam = manifest.generation.beam_size
    beams = sorted({own_beam, *plan.beams})
    timed = {**system.about, "trunk": system.trunk, "split": _identity(plan.split), "beams": beams}
    timing = results.get("timing", timed, lambda: _timing(system, plan.split, beams))
    by_beam = _sentences(system, plan.split, beams, plan, results)
    for row in by_beam:
        row["search_ms"] = timing["search_ms"][str(row["beam"])]
    entry: dict[str, Any] = {
        "system": system.name,
        "paper": PAPERS[manifest.architecture.decoder],
        "checkpoint": manifest.version,
        "trunk": system.trunk,
        "minutes": round(sum(epoch.minutes for epoch in system.log), 1) if system.log else None,
        **results.get("sizes", {"checkpoint": manifest.version}, lambda: sizes(system.checkpoint.model)),
        "encode_ms": timing["encode_ms"],
        "threads": timing["threads"],
        "splits": {plan.split.name: next(row for row in by_beam if row["beam"] == own_beam)},
        "beams": by_beam,
        "retrieval": _retrievals(system, plan, results),
        "log": [asdict(epoch) for epoch in system.log],
    }
    for split in plan.others:
        (entry["splits"][split.name],) = _sentences(system, split, [own_beam], plan, results)
    return entry


def _sentences(
    system: System, split: Split, beams: Sequence[int], plan: Plan, results: Results
) -> list[dict[str, Any]]:
    """The figures of a system's sentences, one entry for each beam size."""
    reports: list[Report] = []  # made for the first beam that must be measured
    about = {
        **system.about,
        "split": _identity(split),
        "training": list(map(_identity, plan.training)),
        "java": has_java(),
    }

    def measure(beam: int) -> dict[str, Any]:
        if not reports:
            reports.append(system.report(split))
        generation = replace(system.manifest.generation, beam_size=beam)
        return reports[0].entry(generation, known_sentences(plan.training))

    return [results.get("sentences", {**about, "beam": beam}, partial(measure, beam)) for beam in beams]


def _timing(system: System, split: Split, beams: Sequence[int]) -> dict[str, Any]:
    """How long a picture takes from its file to its features, folded as for captioning, and on to its sentence.

    Wall time, in milliseconds, so it is measured apart from the figures, which other work on the machine leaves alone.
    """
    model, manifest = system.checkpoint.model, system.manifest
    few = split.first(_PICTURES_TO_TIME)
    count = len(few)
    folded = model.with_encoder(for_inference(model.encoder))
    encode = partial(encode_all, folded, Pictures(few.examples, manifest.preprocessing))
    features = KeptFeatures(Features(*(level[:count] for level in system.features(split))))

    def search(beam: int) -> None:
        generation = replace(manifest.generation, beam_size=beam)
        write_sentences(model, features, count, manifest.vocabulary, generation, split.source)

    def taken(work: Callable[[int], object], number: int) -> float:
        began = time.perf_counter()
        work(number)
        return round(1000 * (time.perf_counter() - began) / count, 1)

    encode(min(4, count))  # the libraries set themselves up
    search(1)
    return {
        "encode_ms": taken(encode, count),
        "search_ms": {str(beam): taken(search, beam) for beam in beams},
        "threads": torch.get_num_threads(),
    }


def _retrievals(system: System, plan: Plan, results: Results) -> list[dict[str, Any]]:
    counts = {min(plan.retrieval, len(plan.split))} if plan.retrieval else set()
    if system.name in plan.whole:
        counts.add(len(plan.split))
    alike = [split for split in plan.training if split.source == plan.split.source]  # of the same data set
    prior = [*alike, *plan.training, plan.split][0].first(PRIOR_PICTURES)

    def measure(split: Split, parts: Path) -> dict[str, Any]:
        features = Features(*(level[: len(split)] for level in system.features(plan.split)))
        decoder, vocabulary = system.checkpoint.model.decoder, system.manifest.vocabulary
        known = system.features(prior)
        return measure_retrieval(decoder, vocabulary, split, features, prior, known, parts, plan.retrieval_precision)

    found = []
    for number in sorted(counts):
        split = plan.split.first(number)
        about = {**system.about, "split": _identity(split), "prior": _identity(prior)}
        about["precision"] = plan.retrieval_precision
        found.append(results.get_in_parts("retrieval", about, partial(measure, split)))
    return found


def _baselines(system: System, split: Split, plan: Plan, results: Results) -> dict[str, Any]:
    """People, and the nearest training photograph, by the trunk of `system`."""
    about = {"split": _identity(split), "java": has_java()}

    def people() -> dict[str, Any]:
        scores = human(split.examples)
        return {**scores.figures, "tokenizer": scores.tokenizer}

    def neighbour() -> dict[str, Any]:
        known = [example for part in plan.training for example in part.examples]
        scores = nearest_neighbour(split.examples, system.pooled(split), known, system.pooled(*plan.training))
        return {**scores.figures, "tokenizer": scores.tokenizer}

    rows = {"human": results.get("human", about, people)}
    if plan.training:
        about = {**about, "trunk": system.trunk, "training": list(map(_identity, plan.training))}
        rows["nearest_neighbour"] = results.get("neighbour", about, neighbour)
    return rows


def _identity(split: Split) -> dict[str, Any]:
    """A split by its name, pictures and captions."""
    digest = hashlib.sha256()
    for example in split.examples:
        digest.update(repr((example.name, example.captions, example.objects)).encode())
    return {"name": split.name, "images": len(split), "sha256": digest.hexdigest()}
