"""The history of an image's text: who decided what, when, and what each decision changed."""

from dataclasses import dataclass
from datetime import datetime

from webapp.accounts.models import Owner
from webapp.library.models import Decision, Image
from webapp.review.word_diff import Piece, word_diff


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. who: "You", or who else. pieces: its text, and how it differs from the words that stood before.

    reused: from where the text came, in words; empty where it did not come from another picture.
    """

    verdict: Decision.Verdict
    who: str
    at: datetime
    pieces: list[Piece]
    reused: str = ""


def history_of(image: Image, owner: Owner | None) -> list[Entry]:
    """All that was decided, the oldest first. A person's first text is laid beside the draft that it was made from."""
    entries = []
    standing: list[Decision] = []
    for decision in image.decisions.select_related("suggestion", "reused_from").order_by("pk"):
        former = standing[-1].text if standing else decision.suggestion.text if decision.suggestion else ""
        if decision.verdict == Decision.Verdict.UNDONE:
            standing = [one for one in standing if one.pk != decision.undoes_id]
            pieces = word_diff(former, standing[-1].text if standing else "")
        else:
            standing.append(decision)
            pieces = word_diff(former, decision.text) if decision.text else []
        who = "You" if owner and decision.decided_by_id == owner.pk else "Somebody else"
        entries.append(Entry(Decision.Verdict(decision.verdict), who, decision.decided_at, pieces, _reused(decision)))
    return entries


def _reused(decision: Decision) -> str:
    if not decision.reuse:
        return ""
    how = "for the same file" if decision.reuse == Decision.Reuse.SAME else "taken from another picture"
    return f"{how}, {decision.reused_from.name}" if decision.reused_from else f"{how}, deleted since"
