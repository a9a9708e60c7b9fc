"""The report for people at a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from webapp.scan.report.results import counts

if TYPE_CHECKING:
    from webapp.scan.report.results import FailOn, Result
    from webapp.scan.roles import Todo
    from webapp.scan.scan import ScannedUse

_TODO: Final[dict[Todo, str]] = {
    "describe": "need a description",
    "name": "need the name of where they lead",
    "text": "need the text that they show",
    "empty": 'can have alt=""',
    "person": "need a person",
    "nothing": "need nothing",
}


def write(results: list[Result], fail_on: FailOn) -> str:
    """A line for each finding, as compilers write them, and a summary for each page."""
    lines: list[str] = []
    for result in results:
        if result.error is not None:
            lines += [f"{result.name}: {result.error.code}: {result.error.message}", ""]
            continue
        assert result.scan is not None
        for one in result.scan.uses:
            lines += _findings(result.name, one)
        todo = Counter(one.decided.todo for one in result.scan.uses)
        needs = ", ".join(f"{todo[key]} {words}" for key, words in _TODO.items() if todo[key])
        lines.append(f"{result.name}: {len(result.scan.uses)} images{': ' if needs else ''}{needs}")
        lines += [f"{result.name}: note: {note}" for note in result.scan.collection.notes]
        lines.append("")
    found = counts(results)
    lines.append(", ".join(f"{number} {what}" for what, number in found.items()))
    return "\n".join(lines) + "\n"


def _findings(name: str, one: ScannedUse) -> list[str]:
    lines = []
    for finding in one.findings:
        rule = finding.rule
        place = f"{name}:{finding.line}:{finding.column}"
        lines.append(f"{place}: {rule.severity}: {rule.number} {rule.id}: {rule.says} {rule.do}")
        if one.decided.proposal is not None:
            lines.append(f"    proposal: {one.decided.proposal.text} ({one.decided.proposal.source})")
    return lines
