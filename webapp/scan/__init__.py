"""Pages: which images a page of HTML has, what each is there for, and what is wrong with its text. No Django here."""

from webapp.scan.errors import ScanError
from webapp.scan.page import Page, read
from webapp.scan.put import put
from webapp.scan.scan import Finding, Scan, ScannedUse, scan

__all__ = ["Finding", "Page", "Scan", "ScanError", "ScannedUse", "put", "read", "scan"]
