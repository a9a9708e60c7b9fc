"""The report for spreadsheets: a line for each finding, and one for each image without any."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from webapp.scan.report.results import FailOn, Result
    from webapp.scan.scan import Finding, ScannedUse

COLUMNS: Final = (
    "page", "line", "column", "key", "kind", "address", "alt", "name", "role", "reason", "todo", "proposal", "rule",
    "rule_id", "severity", "says", "do", "criterion",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(results: list[Result], fail_on: FailOn) -> str:
    """Comma-separated values with a heading, as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for result in results:
        if result.error is not None:
            row = {"page": result.name, "rule_id": result.error.code, "severity": "error", "says": result.error.message}
            writer.writerow(safe(row.get(column, "")) for column in COLUMNS)
            continue
        for one in result.scan.uses if result.scan else ():
            findings: list[Finding | None] = [*one.findings] or [None]
            for finding in findings:
                writer.writerow(safe(value) for value in _row(result.name, one, finding))
    return out.getvalue()


def _row(page: str, one: ScannedUse, finding: Finding | None) -> tuple[str, ...]:
    use, decided = one.use, one.decided
    said = finding.rule if finding else None
    return (
        page, str(use.line), str(use.column), use.key, use.kind, use.address[:2000],
        "(none)" if use.alt is None else use.alt, use.name.text, decided.role, decided.reason, decided.todo,
        decided.proposal.text if decided.proposal else "",
        *((said.number, said.id, said.severity, said.says, said.do, said.criterion) if said else ("",) * 6),
    )  # fmt: skip


def safe(value: str) -> str:
    """What would begin a formula gets an apostrophe before it: no page makes a spreadsheet calculate."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) or value.startswith(_FORMULA) else value
