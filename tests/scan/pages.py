"""Short ways to the images of a piece of HTML."""

from webapp.scan import read, scan
from webapp.scan.collect import collect

ADDRESS = "https://www.example.org/garden/index.html"


def collection(html, **options):
    return collect(read(html, address=ADDRESS, **options))


def uses(html, **options):
    return collection(html, **options).uses


def use(html, **options):
    (only,) = uses(html, **options)
    return only


def scanned(html, **options):
    return scan(read(html, address=ADDRESS, **options)).uses


def decided(html, at=0):
    return scanned(html)[at].decided


def broken(html):
    """The numbers of the rules that the images of a page break."""
    return {finding.rule.number for one in scanned(html) for finding in one.findings}
