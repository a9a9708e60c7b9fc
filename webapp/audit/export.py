"""An audit to take away: every use of every image as a line for spreadsheets, or all that is known for programs."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from webapp.audit.access import uses_of
from webapp.audit.models import Audit, Page, Use
from webapp.audit.places import decided_on
from webapp.audit.suggest import Suggestion, suggestion_for
from webapp.scan.report.csv_report import safe
from webapp.uses.models import DecidedUse

COLUMNS = (
    "page", "line", "column", "key", "kind", "address", "alt", "role", "reason", "todo", "suggestion",
    "suggestion_origin", "suggestion_reason", "rules", "errors", "warnings", "do", "image",
)  # fmt: skip
VERSION = 1
_AT_ONCE = 500


def as_csv(audit: Audit) -> str:
    """Comma-separated values with a heading, a line for each use."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for use, decided in _uses(audit):
        writer.writerow(safe(value) for value in _row(use, suggestion_for(use, decided)))
    return out.getvalue()


def as_json(audit: Audit) -> str:
    """One object: version, address, and the pages with their uses."""
    by_page = {pk: list(uses) for pk, uses in groupby(_uses(audit), lambda one: one[0].page_id)}
    pages = [_page(page, by_page.get(page.pk, [])) for page in audit.pages.all()]
    return json.dumps({"version": VERSION, "address": audit.address, "pages": pages}, indent=1, ensure_ascii=False)


def _uses(audit: Audit) -> Iterator[tuple[Use, DecidedUse | None]]:
    """The uses in their order, each with what was decided for its place."""
    coming = uses_of(audit).iterator(chunk_size=_AT_ONCE)
    while some := list(islice(coming, _AT_ONCE)):
        decided = decided_on(audit, some)
        yield from ((use, decided.get(use.pk)) for use in some)


def _row(use: Use, suggestion: Suggestion | None) -> tuple[str, ...]:
    facts, findings = use.facts, use.facts["findings"]
    severities = [finding["severity"] for finding in findings]
    return (
        use.page.final_address or use.page.address, str(facts["line"]), str(facts["column"]), use.key, facts["kind"],
        facts["address"], "(none)" if use.alt is None else use.alt, use.role, facts["says"], use.todo,
        *((suggestion.told or '(alt="")', suggestion.origin, suggestion.reason) if suggestion else ("",) * 3),
        " ".join(finding["rule"] for finding in findings), str(severities.count("error")),
        str(severities.count("warning")), " ".join(finding["do"] for finding in findings), str(use.image_id or ""),
    )  # fmt: skip


def _page(page: Page, uses: list[tuple[Use, DecidedUse | None]]) -> dict[str, Any]:
    return {
        "address": page.address,
        "final_address": page.final_address,
        "state": page.state,
        "title": page.title,
        "lang": page.lang,
        "notes": page.notes,
        "error": {"code": page.error_code, "message": page.error_message} if page.error_code else None,
        "uses": [_use(use, suggestion_for(use, decided)) for use, decided in uses],
    }


def _use(use: Use, suggestion: Suggestion | None) -> dict[str, Any]:
    told = {"text": suggestion.told, "origin": suggestion.origin, "reason": suggestion.reason} if suggestion else None
    return {**use.facts, "suggestion": told, "image": str(use.image_id) if use.image_id else None}
