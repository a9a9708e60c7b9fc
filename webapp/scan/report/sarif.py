"""The report for code hosts and editors: SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from webapp.scan.lint import RULES

if TYPE_CHECKING:
    from webapp.scan.report.results import FailOn, Result

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(results: list[Result], fail_on: FailOn) -> str:
    """One run: the rules, a result for each finding, a notification for each page that could not be read."""
    numbers = {rule.number: at for at, rule in enumerate(RULES.values())}
    found = [
        {
            "ruleId": finding.rule.number,
            "ruleIndex": numbers[finding.rule.number],
            "level": finding.severity,
            "message": {"text": f"{finding.rule.says} {finding.rule.do}"},
            "locations": [_location(result.name, finding.line, finding.column)],
            "partialFingerprints": {"image/v1": f"{finding.key}:{finding.rule.number}"},
        }
        for result in results
        if result.scan
        for finding in result.scan.findings
    ]
    refused = [
        {
            "level": "error",
            "descriptor": {"id": result.error.code},
            "message": {"text": result.error.message},
            "locations": [_location(result.name)],
        }
        for result in results
        if result.error is not None
    ]
    run = {
        "tool": {"driver": {"name": "Captioner", "rules": _rules()}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not refused, "toolExecutionNotifications": refused}],
        "results": found,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": rule.number,
            "name": "".join(word.capitalize() for word in rule.id.split("-")),
            "shortDescription": {"text": rule.says},
            "help": {"text": " ".join(part for part in (rule.do, rule.source) if part)},
            "defaultConfiguration": {"level": rule.severity},
            "properties": {
                "tags": ["accessibility", *(f"wcag{one.strip()}" for one in rule.criterion.split(",") if one)]
            },
        }
        for rule in RULES.values()
    ]


def _location(name: str, line: int = 1, column: int = 1) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(name)},
            "region": {"startLine": line, "startColumn": column},
        }
    }
