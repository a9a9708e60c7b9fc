"""What a report is made of: pages that were scanned, and pages that could not be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from webapp.scan.errors import ScanError
from webapp.scan.page import read
from webapp.scan.scan import Scan, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from webapp.scan.sources import Loaded

FailOn = Literal["error", "warning", "never"]
CLEAN: Final = 0
FOUND: Final = 1
UNREADABLE: Final = 2


@dataclass(frozen=True, slots=True)
class Result:
    """A page by its name, with its scan or with the refusal."""

    name: str
    scan: Scan | None = None
    error: ScanError | None = None


def results_of(pages: Iterable[Loaded]) -> Iterator[Result]:
    """Scan each page; a page that cannot be scanned is a result too."""
    for page in pages:
        if page.error is not None:
            yield Result(page.name, error=page.error)
            continue
        try:
            found = scan(read(page.html, charset=page.charset, address=page.address, exists=page.exists))
        except ScanError as error:
            yield Result(page.name, error=error)
        else:
            yield Result(page.name, found)


def counts(results: list[Result]) -> dict[str, int]:
    """How many errors and warnings were found, and how many pages could not be read."""
    findings = [finding for result in results if result.scan for finding in result.scan.findings]
    errors = sum(finding.severity == "error" for finding in findings)
    return {
        "pages": len(results),
        "images": sum(len(result.scan.uses) for result in results if result.scan),
        "errors": errors,
        "warnings": len(findings) - errors,
        "unreadable": sum(result.error is not None for result in results),
    }


def exit_status(results: list[Result], fail_on: FailOn) -> int:
    """0 for clean, 1 for findings that count, 2 for a page that cannot be read."""
    found = counts(results)
    if found["unreadable"]:
        return UNREADABLE
    counted = {"error": found["errors"], "warning": found["errors"] + found["warnings"], "never": 0}[fail_on]
    return FOUND if counted else CLEAN
