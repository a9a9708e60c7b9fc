"""What is offered to people of what was found: alt texts, each with what the rules changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from captioner.alttext import Style, text_alt, write_alt_text
from captioner.types import Candidate, PictureText
from webapp.library.models import Inference

_OF_CANDIDATE = [field.name for field in fields(Candidate)]
_OF_TEXT = [field.name for field in fields(PictureText)]


# As Suggestion.candidates, best first.
Drafts = list[dict[str, Any]]


def drafts_of(inference: Inference, style: Style | None = None) -> Drafts:
    """``Suggestion.candidates``: the text of a picture that is mostly text, then the model's sentences unless they are
    withheld. Never both in one. ``style``: of the sentences, as their site wants it.
    """
    read = PictureText(**{name: inference.ocr[name] for name in _OF_TEXT}) if inference.ocr else None
    drafts = [_of_text(read)] if read and read.mostly_text else []
    return drafts if inference.withheld else drafts + offered(inference.candidates, style)


def offered(candidates: Sequence[Mapping[str, Any]], style: Style | None = None) -> Drafts:
    """The candidates of an inference as ``Suggestion.candidates``, best first; what the rules made alike comes once.

    Where the rules leave nothing of all sentences, the best one stays as the model wrote it.
    """
    texts: dict[str, dict[str, Any]] = {}
    for candidate in candidates:
        written = write_alt_text(Candidate(**{name: candidate[name] for name in _OF_CANDIDATE}), style)
        if written.text:
            rules = [asdict(rule) for rule in written.applied_rules]
            texts.setdefault(written.text, _entry(candidate, written.text, rules))
    return list(texts.values()) or [_entry(candidates[0], candidates[0]["text"], [])]


def _of_text(read: PictureText) -> dict[str, Any]:
    written = text_alt(read)
    return {
        "text": written.text,
        "source": "ocr",
        "model_text": read.text,
        "log_probability": None,
        "score": None,
        "applied_rules": [asdict(rule) for rule in written.applied_rules],
    }


def _entry(candidate: Mapping[str, Any], text: str, rules: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "text": text,
        "source": "model",
        "model_text": candidate["text"],
        "log_probability": candidate["log_probability"],
        "score": candidate["score"],
        "applied_rules": rules,
    }
