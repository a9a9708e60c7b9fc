"""CHAIR (Rohrbach et al., "Object hallucination in image captioning", EMNLP 2018): objects named that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.objects import mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.training.data import Example


def chair(sentences: Sequence[str], examples: Sequence[Example]) -> dict[str, float]:
    """The percentage of sentences that name an object which is not there, and of objects named that are not there.

    An object is there if one of the picture's captions names it or it has a box. Only the eighty kinds of MS-COCO are
    looked for. An object that is named twice counts twice.
    """
    named = [mentions(sentence) for sentence in sentences]
    there = [objects_of(example) for example in examples]
    wrong = [[kind for kind in own if kind not in known] for own, known in zip(named, there, strict=True)]
    return {
        "CHAIR-s": _percentage(sum(map(bool, wrong)), len(sentences)),
        "CHAIR-i": _percentage(sum(map(len, wrong)), sum(map(len, named))),
    }


def objects_of(example: Example) -> frozenset[str]:
    """The kinds of object that are known to be in a photograph."""
    return frozenset(example.objects).union(*map(mentions, example.captions))


def _percentage(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
