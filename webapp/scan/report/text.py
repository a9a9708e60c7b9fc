"""The report for people at a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from webapp.scan.report.results import counts

if TYPE_CHECKING:
    from webapp.scan.report.results import FailOn, Result
    from webapp.scan.roles import Todo
    from webapp.scan.scan import ScannedUse

# Of one image, and of several.
_NEEDS: Final[dict[Todo, tuple[str, str]]] = {
    "describe": ("needs a description", "need a description"),
    "name": ("needs the name of where it leads", "need the name of where they lead"),
    "text": ("needs the text that it shows", "need the text that they show"),
    "empty": ('can have alt=""', 'can have alt=""'),
    "person": ("needs a person", "need a person"),
    "nothing": ("needs nothing", "need nothing"),
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
        needs = ", ".join(f"{todo[key]} {words[todo[key] != 1]}" for key, words in _NEEDS.items() if todo[key])
        number = len(result.scan.uses)
        lines.append(f"{result.name}: {_counted(number, 'images')}{': ' if needs else ''}{needs}")
        lines += [f"{result.name}: note: {note}" for note in result.scan.collection.notes]
        lines.append("")
    found = counts(results)
    lines.append(", ".join(_counted(number, what) for what, number in found.items()))
    return "\n".join(lines) + "\n"


def _counted(number: int, what: str) -> str:
    return f"{number} {what.removesuffix('s') if number == 1 else what}"


def _findings(name: str, one: ScannedUse) -> list[str]:
    lines = []
    for finding in one.findings:
        rule = finding.rule
        place = f"{name}:{finding.line}:{finding.column}"
        lines.append(f"{place}: {rule.severity}: {rule.number} {rule.id}: {rule.says} {rule.do}")
        if one.decided.proposal is not None:
            lines.append(f"    proposal: {one.decided.proposal.text} ({one.decided.proposal.source})")
    return lines
