"""Scans a page: its images, what each is there for, and what is wrong with their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.scan.collect import Reader, collect
from webapp.scan.lint import Finding, find
from webapp.scan.roles import Decided, decide

if TYPE_CHECKING:
    from webapp.scan.images import Collection, Use
    from webapp.scan.page import Page

__all__ = ["Finding", "Scan", "ScannedUse", "scan"]


@dataclass(slots=True)
class ScannedUse:
    """One use of an image with its role and its findings."""

    use: Use
    decided: Decided
    findings: list[Finding]


@dataclass(slots=True)
class Scan:
    """A page that was scanned. reader: what was worked out for it, for the rules of the standards to go on with."""

    page: Page
    collection: Collection
    uses: list[ScannedUse]
    reader: Reader

    @property
    def findings(self) -> list[Finding]:
        """Every finding, in the order of the page."""
        return [finding for one in self.uses for finding in one.findings]


def scan(page: Page) -> Scan:
    """Scan a page.

    Raises:
        TooManyImages: more than can be looked at.
    """
    reader = Reader(page)
    collection = collect(page, reader)
    uses = collection.uses
    told = [use.name.text if use.exposed else "" for use in uses]
    scanned = []
    for at, use in enumerate(uses):
        page.check_budget()
        neighbours = tuple(text for text in (told[at - 1] if at else "", *told[at + 1 : at + 2]) if text)
        decided = decide(use, collection)
        scanned.append(ScannedUse(use, decided, find(use, decided, neighbours)))
    return Scan(page, collection, scanned, reader)
