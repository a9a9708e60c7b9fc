"""The report for CI servers: JUnit's XML, a suite for each page and a case for each image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from webapp.scan.report.results import FailOn, Result
    from webapp.scan.scan import ScannedUse

# Characters that XML 1.0 cannot hold, however they are written.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: list[Result], fail_on: FailOn) -> str:
    """Findings that count by `fail_on` are failures; the others are told in the case's output."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="captioner scan">']
    for result in results:
        if result.error is not None:
            lines += [
                f'<testsuite name={_attribute(result.name)} tests="1" failures="0" errors="1">',
                f'<testcase name="page" classname={_attribute(result.name)}>',
                f"<error type={_attribute(result.error.code)} message={_attribute(result.error.message)}/>",
                "</testcase>",
                "</testsuite>",
            ]
            continue
        uses = result.scan.uses if result.scan else []
        failed = sum(bool(_counted(one, fail_on)) for one in uses)
        lines.append(f'<testsuite name={_attribute(result.name)} tests="{len(uses)}" failures="{failed}" errors="0">')
        for one in uses:
            lines += _case(result.name, one, fail_on)
        lines.append("</testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counted(one: ScannedUse, fail_on: FailOn) -> list[str]:
    return [
        f"{finding.rule.number} {finding.rule.says} {finding.rule.do}"
        for finding in one.findings
        if fail_on == "warning" or (fail_on == "error" and finding.severity == "error")
    ]


def _case(page: str, one: ScannedUse, fail_on: FailOn) -> list[str]:
    counted = _counted(one, fail_on)
    others = [f"{f.rule.number} {f.rule.says} {f.rule.do}" for f in one.findings]
    lines = [f"<testcase name={_attribute(f'{one.use.key} at line {one.use.line}')} classname={_attribute(page)}>"]
    if counted:
        kinds = " ".join(finding.rule.number for finding in one.findings)
        text = escape(_UNWRITABLE.sub("", "\n".join([*counted, f"{page}:{one.use.line}:{one.use.column}"])))
        lines.append(f"<failure type={_attribute(kinds)} message={_attribute(counted[0])}>{text}</failure>")
    elif others:
        lines.append(f"<system-out>{escape(_UNWRITABLE.sub('', chr(10).join(others)))}</system-out>")
    return [*lines, "</testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_UNWRITABLE.sub("", text))
