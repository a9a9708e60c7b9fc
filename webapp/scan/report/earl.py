"""The report for implementation reports of ACT rules: EARL 1.0 in JSON-LD, an assertion for each page and rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from webapp.scan.act import outcomes

if TYPE_CHECKING:
    from webapp.scan.act import RuleOutcome
    from webapp.scan.report.results import FailOn, Result

_CONTEXT: Final = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "source": {"@id": "dct:source", "@type": "@id"},
    "title": "dct:title",
    "assertions": {"@reverse": "earl:subject"},
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "test": {"@id": "earl:test"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": {"@id": "earl:result"},
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "info": "earl:info",
}
_ASSERTOR: Final = "_:captioner"


def write(results: list[Result], fail_on: FailOn) -> str:
    """A graph: who asserts, and for each page what each rule says of it."""
    graph: list[dict[str, Any]] = [{"@id": _ASSERTOR, "@type": ["earl:Software", "doap:Project"], "title": "Captioner"}]
    for result in results:
        subject: dict[str, Any] = {"@type": "earl:TestSubject", "source": result.name}
        if result.scan is not None:
            subject["title"] = result.scan.collection.title
            subject["assertions"] = [_assertion(one) for one in outcomes(result.scan.reader)]
        graph.append(subject)
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1) + "\n"


def _assertion(one: RuleOutcome) -> dict[str, Any]:
    return {
        "@type": "earl:Assertion",
        "assertedBy": _ASSERTOR,
        "mode": "earl:automatic",
        "test": {"@id": one.rule.address, "@type": "earl:TestCase", "title": f"{one.rule.id} {one.rule.name}"},
        "result": {"@type": "earl:TestResult", "outcome": f"earl:{one.outcome}", "info": _info(one)},
    }


def _info(one: RuleOutcome) -> str:
    places = [target.element.position or (1, 0) for target in one.targets if target.outcome == one.outcome][:20]
    return ", ".join(f"line {line} column {column + 1}" for line, column in places)
