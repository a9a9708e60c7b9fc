"""Whatever a page holds, there is an answer or a refusal with a code, and none takes more than linear work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scan.test_put import PIECES
from webapp.scan import ScanError, read, scan
from webapp.scan.page import LARGEST
from webapp.scan.report import FORMATS, results_of
from webapp.scan.sources import Loaded

PAGES = {
    "images": "<p>text</p><img src=a.jpg>" * 5000,
    "the same image among many": "<i></i> <img src=a.jpg>" * 19_000,
    "the same image in boxes": "<i></i> <b><img src=a.jpg></b>" * 19_000,
    "images in one link": "<a href=x>" + "word " * 10_000 + "<img src=a.jpg>" * 2000,
    "images in one figure": "<figure>" + "<img src=a.jpg>" * 2000,
    "images in one picture": "<picture>" + "<source srcset='a 1x, b 2x'>" * 500 + "<img src=a.jpg>" * 500,
    "twins": "<p>" + "".join(f"<img data-src=a{n}>" for n in range(1000)) + "<noscript><img src=b></noscript>" * 1000,
    "divs": "<div>" * 100_000 + "<img>",
    "links": "<a href=x>" * 10_000 + "<img>",
    "labels": "<label>" * 400 + "<input type=image>" * 1000 + "text " * 10_000,
    "drawings": "<svg>" * 30_000 + "<img>",
    "attributes": "<img " + " ".join(f"a{n}=x" for n in range(100_000)) + ">",
    "candidates": "<img srcset='" + "a 1x, " * 100_000 + "'>",
    "brackets": "<img srcset='" + "a (" * 100_000 + "'>",
    "commas": "<img srcset='" + "," * 1_000_000 + "'>",
    "braces": "<img alt='" + "{{" * 500_000 + "'>",
    "tags in alt": "<img alt='" + "<a" * 500_000 + "'>",
    "list in alt": "<img alt='" + "a b," * 200_000 + "'>",
    "labelled by": "<p id=q>" + "w " * 1000 + "</p>" + ("<img aria-labelledby='" + "q " * 100 + "'>") * 300,
    "labelled in a row": "".join(
        f"<p id=q{n} aria-labelledby=q{n + 1}><img aria-labelledby=q{n}>" for n in range(2000)
    ),
    "rules": "<style>" + "".join(f".a{n}{{display:none}}" for n in range(20_000)) + "</style>" + "<img>" * 100,
    "rules of a large page": "<style>"
    + "".join(f".x .a{n}{{display:none}}" for n in range(300))
    + "</style>"
    + "<p><i></i></p>" * 100_000,
    "selectors": "<style>" + "a " * 50_000 + "b{display:none}</style><b><img></b>",
    "not css": "<style>" + "{display:" * 50_000 + "</style><img style='" + "display:" * 50_000 + "'>",
    "data": "<img src='data:image/png;base64," + "A" * 2_000_000 + "'>",
    "nuls": "\0" * 1_000_000 + "<img alt='\0'>",
    "backgrounds": "<div title=x style='background:url(a.png)'></div>" * 2000,
    "bad addresses": "<base href='http://[::bad'><a href='http://[q'><img src='//[x'></a><img src='http://a:b:c/'>",
    "nothing": "",
}


@pytest.mark.parametrize("name", PAGES)
def test_there_is_an_answer(name):
    results = list(results_of([Loaded("a.html", PAGES[name].encode())]))
    assert results[0].scan is not None
    for write in FORMATS.values():
        assert write(results, "error")


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (b"x" * (LARGEST + 1), "page_too_large"),
        (b"<img>" * 30_000, "too_many_images"),
        (b"<b title=x style='background:url(a)'></b>" * 30_000, "too_many_images"),
        (b"\x89PNG\r\n\x1a\n", "not_a_page"),
        (b"GIF89a", "not_a_page"),
    ],
)
def test_a_refusal_has_a_code_and_says_what_to_do(html, code):
    with pytest.raises(ScanError) as refusal:
        scan(read(html))
    assert refusal.value.code == code
    assert refusal.value.message.count(". ") >= 1


def test_every_refusal_has_a_code_of_its_own():
    kinds = ScanError.__subclasses__()
    assert len({kind.code for kind in kinds} | {ScanError.code}) == len(kinds) + 1


ODD = st.sampled_from([
    "<a href=x>", "<button>", "<figure>", "<figcaption>", "<label for=i>", "<img id=i aria-labelledby='i j'>",
    "<p id=j>",
    "<img role=none>", "<div role=img style='background:url(a)'>", "<style>.a{display:none}</style>", "<b class=a>",
    "<img srcset='a 1x,'>", "<picture><source srcset=a><img>", "<object data=a>", "<embed src=a>", "<video poster=a>",
    "<base href='//['>", "<h1>", "<h2>", "<canvas>", "<img alt=a.jpg>", "<map><area href=x>", "<meta charset=x>",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | ODD | st.text(max_size=5), max_size=40).map("".join))
def test_no_page_is_a_crash(html):
    results = list(results_of([Loaded("a.html", html.encode("utf-8", "replace"), "/a.html")]))
    for write in FORMATS.values():
        write(results, "warning")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "iso-2022-jp", "gb18030", "no"]))
def test_no_bytes_are_a_crash(data, charset):
    try:
        scan(read(b"<p>" + data + b"<img>", charset=charset))
    except ScanError as refusal:
        assert refusal.code
