"""The history of a text: who decided what, when, and what each decision changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webapp.accounts.models import Owner
from webapp.library.models import Decision, Image
from webapp.review.word_diff import Piece, word_diff
from webapp.uses.models import DecidedUse, UseDecision


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. who: "You", or who else. pieces: its text, and how it differs from the words that stood before.

    reused: from where the text came, in words; empty where it did not come from another picture.
    """

    verdict: Decision.Verdict | UseDecision.Verdict
    who: str
    at: datetime
    pieces: list[Piece]
    reused: str = ""


def history_of(image: Image, owner: Owner | None) -> list[Entry]:
    """All that was decided, the oldest first. A person's first text is laid beside the draft that it was made from."""
    return _entries(image.decisions.select_related("suggestion", "reused_from").order_by("pk"), owner)


def history_of_use(use: DecidedUse, owner: Owner | None) -> list[Entry]:
    """The same of what was decided for one place."""
    return _entries(use.decisions.order_by("pk"), owner)


def _entries(decisions: Iterable[Decision | UseDecision], owner: Owner | None) -> list[Entry]:
    entries = []
    standing: list[Decision | UseDecision] = []
    for decision in decisions:
        former = standing[-1].text if standing else _draft_of(decision)
        if decision.undoes_id is not None:
            standing = [one for one in standing if one.pk != decision.undoes_id]
            pieces = word_diff(former, standing[-1].text if standing else "")
        else:
            standing.append(decision)
            pieces = word_diff(former, decision.text) if decision.text else []
        who = "You" if owner and decision.decided_by_id == owner.pk else "Somebody else"
        verdict = type(decision).Verdict(decision.verdict)
        entries.append(Entry(verdict, who, decision.decided_at, pieces, _reused(decision)))
    return entries


def _draft_of(decision: Decision | UseDecision) -> str:
    return decision.suggestion.text if isinstance(decision, Decision) and decision.suggestion else ""


def _reused(decision: Decision | UseDecision) -> str:
    if not isinstance(decision, Decision) or not decision.reuse:
        return ""
    how = "for the same file" if decision.reuse == Decision.Reuse.SAME else "taken from another picture"
    return f"{how}, {decision.reused_from.name}" if decision.reused_from else f"{how}, deleted since"
