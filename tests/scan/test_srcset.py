"""The candidates of a srcset and the choice among them."""

import pytest

from webapp.scan.srcset import Candidate, best, parse, slot


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a.jpg", [("a.jpg", None, None)]),
        ("a.jpg 1x, b.jpg 2x", [("a.jpg", None, 1.0), ("b.jpg", None, 2.0)]),
        ("a.jpg 320w,b.jpg 640w", [("a.jpg", 320, None), ("b.jpg", 640, None)]),
        (" a,b.jpg 1.5x , c.jpg", [("a,b.jpg", None, 1.5), ("c.jpg", None, None)]),
        ("a.jpg,, b.jpg", [("a.jpg", None, None), ("b.jpg", None, None)]),
        ("a.jpg 100w 50h", [("a.jpg", 100, None)]),
        ("a.jpg big, b.jpg 2x", [("b.jpg", None, 2.0)]),
        ("data:image/png;base64,AAAA 1x", [("data:image/png;base64,AAAA", None, 1.0)]),
        ("a.jpg (1,2) x, b.jpg 2x", [("b.jpg", None, 2.0)]),
        ("a.jpg (1, b.jpg", []),
        ("", []),
        (" , ,", []),
    ],
)
def test_a_srcset_is_read_as_the_standard_says(text, found):
    assert parse(text) == found


@pytest.mark.parametrize(
    ("sizes", "wide"),
    [("300px", 300), ("(min-width: 600px) 50vw, 100vw", 1280), ("20em", 320), ("calc(100vw - 2px)", None), ("", None)],
)
def test_sizes_tell_how_wide_it_stands(sizes, wide):
    assert slot(sizes) == wide


def of(*pairs, **rest):
    return tuple(Candidate(address, "srcset", width, **rest) for address, width in pairs)


def test_the_smallest_that_is_large_enough_is_chosen():
    files = of(("s", 320), ("m", 800), ("l", 2000))
    assert best(files).address == "m"
    assert best(files, "1600px").address == "l"
    assert best(files, "4000px").address == "l"


def test_the_densest_up_to_two_is_chosen():
    files = tuple(Candidate(str(d), "srcset", density=d) for d in (1.0, 2.0, 4.0))
    assert best(files).address == "2.0"


def test_what_holds_for_every_window_goes_before_what_needs_one():
    files = (Candidate("wide", "source", media="(min-width: 1000px)"), Candidate("plain", "src"))
    assert best(files).address == "plain"


def test_data_is_taken_only_where_there_is_nothing_else():
    stand_in = Candidate("data:image/gif;base64,R0", "src")
    assert best((stand_in, Candidate("real", "srcset"))).address == "real"
    assert best((stand_in,)) == stand_in
    assert best(()) is None
