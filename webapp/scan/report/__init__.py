"""Reports: what was found, in the formats that people, spreadsheets, CI servers and code hosts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webapp.scan.report import csv_report, earl, json_report, junit, sarif, text
from webapp.scan.report.results import FailOn, Result, exit_status, results_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "FailOn", "Result", "exit_status", "results_of"]

FORMATS: Final[dict[str, Callable[[list[Result], FailOn], str]]] = {
    "text": text.write,
    "json": json_report.write,
    "csv": csv_report.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "earl": earl.write,
}
