"""The figures by which captions are compared, as they are published: BLEU, ROUGE-L, CIDEr and METEOR.

All are pycocoevalcap's, multiplied by 100. Published figures are over words as the Penn Treebank tokenizer splits
them. That tokenizer and METEOR are Java programs; without Java a simple splitting stands in, METEOR is left out, and
the result says so.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from captioner.errors import ConfigurationError
from captioner.vocabulary import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

_Sentences = dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures, by the names that papers use, and the tokenizer under which they hold: `ptb` or `simple`."""

    figures: dict[str, float]
    tokenizer: str


def has_java() -> bool:
    """Whether the published tokenizer and METEOR can be used here."""
    return shutil.which("java") is not None


def score(sentences: Sequence[str], references: Sequence[Sequence[str]], *, fast: bool = False) -> Scores:
    """Compare one sentence a picture with what people wrote of it.

    fast: do without Java even where it is, and without METEOR; for following a training run.
    Raises ConfigurationError if pycocoevalcap is not installed.
    """
    try:
        from pycocoevalcap.bleu.bleu import Bleu
        from pycocoevalcap.cider.cider import Cider
        from pycocoevalcap.rouge.rouge import Rouge
    except ImportError as error:
        raise ConfigurationError(
            "Scoring needs pycocoevalcap. Install it with `pip install -r requirements-train.txt`."
        ) from error
    java = not fast and has_java()
    with contextlib.redirect_stdout(sys.stderr):  # the libraries print as they go, and stdout may be JSON
        split = _ptb if java else _simple
        said = split({number: [sentence] for number, sentence in enumerate(sentences)})
        written = split({number: list(captions) for number, captions in enumerate(references)})
        bleu, _ = Bleu(4).compute_score(written, said, verbose=0)
        figures = {f"BLEU-{order}": value for order, value in enumerate(bleu, start=1)}
        figures["ROUGE-L"] = Rouge().compute_score(written, said)[0]
        figures["CIDEr"] = Cider().compute_score(written, said)[0]
        if java:
            figures["METEOR"] = _meteor(written, said)
    return Scores({name: round(100 * float(value), 2) for name, value in figures.items()}, "ptb" if java else "simple")


def _ptb(sentences: _Sentences) -> _Sentences:
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

    entries = {number: [{"caption": sentence} for sentence in own] for number, own in sentences.items()}
    split: _Sentences = PTBTokenizer().tokenize(entries)
    return split


def _simple(sentences: _Sentences) -> _Sentences:
    return {number: [" ".join(tokenise(sentence)) for sentence in own] for number, own in sentences.items()}


def _meteor(written: _Sentences, said: _Sentences) -> float:
    from pycocoevalcap.meteor.meteor import Meteor

    meteor: Any = Meteor()
    try:
        value: float = meteor.compute_score(written, said)[0]
    finally:
        meteor.meteor_p.kill()
        meteor.meteor_p.wait()
    return value
