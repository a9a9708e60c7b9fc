"""The report for programs: everything that is known, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from webapp.scan.report.results import counts

if TYPE_CHECKING:
    from webapp.scan.images import Target
    from webapp.scan.report.results import FailOn, Result
    from webapp.scan.scan import Finding, Scan, ScannedUse

VERSION: Final = 1
_LONGEST_ADDRESS = 2000  # characters; longer ones are data


def write(results: list[Result], fail_on: FailOn) -> str:
    """One object: version, pages, summary."""
    pages = [
        {"page": result.name, "error": {"code": result.error.code, "message": result.error.message}}
        if result.error is not None
        else _page(result.name, result.scan)
        for result in results
    ]
    return json.dumps({"version": VERSION, "pages": pages, "summary": counts(results)}, indent=1) + "\n"


def _page(name: str, scan: Scan | None) -> dict[str, Any]:
    assert scan is not None
    collection = scan.collection
    return {
        "page": name,
        "charset": scan.page.charset,
        "title": collection.title,
        "lang": collection.lang,
        "base": collection.base,
        "notes": collection.notes,
        "decorative_backgrounds": collection.decorative_backgrounds,
        "images": [
            {"address": _short(image.address), "uses": [use.key for use in image.uses]} for image in collection.images
        ],
        "uses": [use_as_dict(one) for one in scan.uses],
    }


def use_as_dict(one: ScannedUse) -> dict[str, Any]:
    """One use with its context, its role and its findings."""
    use, decided, context = one.use, one.decided, one.use.context
    proposal = decided.proposal
    return {
        "key": use.key,
        "kind": use.kind,
        "line": use.line,
        "column": use.column,
        "address": _short(use.address),
        "candidates": [
            {
                "address": _short(file.address),
                "via": file.via,
                "width": file.width,
                "density": file.density,
                "media": file.media,
                "type": file.type,
            }
            for file in use.candidates
        ],
        "alt": use.alt,
        "title": use.title,
        "name": {"text": use.name.text, "source": use.name.source},
        "exposed": use.exposed,
        "hidden": use.hidden or use.aria_hidden or use.unseen,
        "width": use.width,
        "height": use.height,
        "lazy": use.lazy,
        "noscript": use.noscript,
        "group": list(use.group),
        "context": {
            "link": _target(context.link),
            "button": _target(context.button),
            "label": context.label or "",
            "figcaption": context.figcaption,
            "heading": context.heading,
            "own_heading": context.own_heading,
            "before": context.before,
            "after": context.after,
            "lang": context.lang,
        },
        "role": decided.role,
        "reason": decided.reason,
        "says": decided.says,
        "todo": decided.todo,
        "proposal": {"text": proposal.text, "source": proposal.source} if proposal else None,
        "findings": [_finding(finding) for finding in one.findings],
    }


def _target(target: Target | None) -> dict[str, str] | None:
    if target is None:
        return None
    return {"address": _short(target.address), "name": target.name, "text": target.text, "title": target.title}


def _finding(finding: Finding) -> dict[str, str]:
    rule = finding.rule
    return {
        "rule": rule.number,
        "id": rule.id,
        "severity": rule.severity,
        "says": rule.says,
        "do": rule.do,
        "criterion": rule.criterion,
        "source": rule.source,
    }


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST_ADDRESS else f"{address[:60]}… ({len(address):,} characters)"
