"""What the rules of alt text make of a model's sentences: how often each is needed, and what it costs and brings."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Any

from captioner.alttext import RULES, write_alt_text
from captioner.alttext.polish import SENTENCE
from captioner.things import is_right
from captioner.training.chair import chair
from captioner.training.metrics import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.alttext import AppliedRule
    from captioner.training.data import Example
    from captioner.types import Caption


def effect_of_rules(captions: Sequence[Caption], examples: Sequence[Example], *, fast: bool = False) -> dict[str, Any]:
    """The figures of the sentences as the model wrote them and as the rules leave them, and what each rule changed.

    captions: of the examples. changed: the share that was changed by more than the last rule, which writes a capital
    and a full stop. fast: see `score`. People wrote the references without these rules ("a man"), so overlap with them
    falls where a rule takes a guess back; "right" (`captioner.things`) does not.
    """
    written = [write_alt_text(caption) for caption in captions]
    applied = [{rule.rule: rule for rule in own.applied_rules} for own in written]
    return {
        "photographs": len(captions),
        "changed": _percent([bool(rules.keys() - {SENTENCE.id}) for rules in applied]),
        "as_written": _figures([caption.text for caption in captions], examples, fast=fast),
        "after_rules": _figures([own.text for own in written], examples, fast=fast),
        "rules": {rule.id: _use(rule.id, applied) for rule in RULES},
    }


def _figures(sentences: Sequence[str], examples: Sequence[Example], *, fast: bool) -> dict[str, float]:
    right = [is_right(said, own.captions, own.objects) for said, own in zip(sentences, examples, strict=True)]
    return {
        **score(sentences, [example.captions for example in examples], fast=fast).figures,
        **chair(sentences, examples),
        "right": _percent(right),
        "characters": round(mean(map(len, sentences)), 1),
        "distinct": len(set(sentences)),
    }


def _use(rule: str, applied: Sequence[dict[str, AppliedRule]]) -> dict[str, Any]:
    """The share of sentences that the rule changed, and the first of them."""
    own = [rules[rule] for rules in applied if rule in rules]
    example = {"before": own[0].before, "after": own[0].after} if own else {}
    return {"share": _percent([rule in rules for rules in applied]), **example}


def _percent(of: Sequence[bool]) -> float:
    return round(100 * mean(of), 2)
