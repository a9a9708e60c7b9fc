"""The benchmark of pages: its pages are what it says, and its figures are made of the times."""

from benchmarks import pages
from webapp.scan import read, scan


def test_a_page_has_the_size_and_the_images_that_it_says():
    html = pages.page(seed=1, images=20, size=100_000)
    assert 100_000 < len(html) < 103_000
    uses = scan(read(html)).uses
    assert len(uses) in (19, 20)
    reasons = {one.decided.reason for one in uses}
    assert reasons == {"picture", "link-nameless", "author-text", "author-empty", "icon-in-sentence"}


def test_pages_differ_by_their_seed_alone():
    assert pages.page(1, 5, 20_000) == pages.page(1, 5, 20_000) != pages.page(2, 5, 20_000)


def test_the_bare_parse_and_the_rest_are_timed_apart(monkeypatch):
    monkeypatch.setattr(pages, "seconds", lambda work: (work() and 1.0) or 2.5)  # the rest returns nothing
    parse, rest, number = pages.measure(rounds=2, images=5, size=20_000)
    assert (parse, rest) == (1.0, 2.5)
    assert number in (4, 5)
