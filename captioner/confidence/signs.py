"""Signs that a caption may be right or wrong: what the beam and the evidence of objects say of it.

That low token probabilities, above all of the words for things, tell wrong sentences is old (sequence confidence of
speech recognition; Guo et al., ICML 2017, on why probabilities must be calibrated before they are believed). That the
other sentences of the beam agree is the idea of self-consistency.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from captioner.objects import mentions
from captioner.things import places_of_things, things

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from captioner.types import Candidate

BEAM_SIGNS: Final = (
    "mean_log_probability",  # of its tokens
    "least_log_probability",
    "things_mean_log_probability",  # of the words for things
    "things_least_log_probability",
    "words",
    "things",
    "things_again",  # things named more than once
    "margin",  # of its score to that of the second sentence
    "entropy",  # of the beam's sentences, in nats
    "agreement",  # mean share of the other sentences that name a thing of its
    "least_agreement",
)
EVIDENCE_SIGNS: Final = (
    "evidence_mean",  # log-odds of the kinds of object that it names
    "evidence_least",
    "unnamed_kinds",  # that are likely there
)
# Where a sentence names no thing, or the beam holds no other sentence.
_NO_THING: Final = -3.0
_ALONE: Final = 0.0
_LIKELY: Final = 0.0  # log-odds


def beam_signs(candidates: Sequence[Candidate]) -> dict[str, float]:
    """BEAM_SIGNS of the first of a beam's sentences, best first."""
    best, *others = candidates
    per_token = best.token_log_probabilities
    of_things = [per_token[place] for place in places_of_things(best.tokens)]
    named = [thing.name for thing in things(" ".join(best.tokens))]
    named_by_others = [{thing.name for thing in things(" ".join(other.tokens))} for other in others]
    agreement = [_mean([name in own for own in named_by_others], _ALONE) for name in named]
    return {
        "mean_log_probability": _mean(per_token, _NO_THING),
        "least_log_probability": min(per_token, default=_NO_THING),
        "things_mean_log_probability": _mean(of_things, _NO_THING),
        "things_least_log_probability": min(of_things, default=_NO_THING),
        "words": len(best.tokens),
        "things": len(named),
        "things_again": len(named) - len(set(named)),
        "margin": best.score - others[0].score if others else _ALONE,
        "entropy": _entropy([candidate.log_probability for candidate in candidates]),
        "agreement": _mean(agreement, _ALONE),
        "least_agreement": min(agreement, default=_ALONE),
    }


def evidence_signs(sentence: str, evidence: Mapping[str, float]) -> dict[str, float]:
    """EVIDENCE_SIGNS of a sentence. evidence: the log-odds of each kind of object (`captioner.evidence`)."""
    named = set(mentions(sentence))
    of_named = [evidence[kind] for kind in named]
    return {
        "evidence_mean": _mean(of_named, _LIKELY),
        "evidence_least": min(of_named, default=_LIKELY),
        "unnamed_kinds": sum(one > _LIKELY for kind, one in evidence.items() if kind not in named),
    }


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _entropy(log_probabilities: Sequence[float]) -> float:
    """Of the sentences' probabilities, brought to a sum of 1."""
    highest = max(log_probabilities)
    weights = [math.exp(one - highest) for one in log_probabilities]
    shares = [weight / sum(weights) for weight in weights]
    return -sum(share * math.log(share) for share in shares if share)
