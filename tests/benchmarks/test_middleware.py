"""The benchmark of the middleware: its page is what it says, and the middleware really works on it."""

from benchmarks import middleware


def test_a_page_has_a_hundred_images_half_of_them_without_an_alt():
    html = middleware.page(seed=1, size=100_000)
    assert 105_000 < len(html) < 125_000
    assert html.count("<img ") == 100
    assert html.count(" alt=") == 50


def test_both_passes_are_timed(settings):
    settings.ALTTEXT = {"SOURCE": "benchmarks.middleware.EveryText"}
    bare, ours = middleware.measure(size=20_000, rounds=2)  # asserts that every gap is filled
    assert 0 < bare < ours
