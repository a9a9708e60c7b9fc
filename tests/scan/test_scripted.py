"""Pages that look empty without JavaScript are said to be so, and no others."""

import pytest

from tests.scan.pages import collection
from webapp.scan.scripted import FEW_WORDS, NOTE

SCRIPT = '<script src="app.js"></script>'
ROOT = '<div id="root"></div>'


@pytest.mark.parametrize(
    "html",
    [
        ROOT + SCRIPT,
        f"<title>Shop</title><body>{SCRIPT}<noscript>You need to enable JavaScript to run this app.</noscript>{ROOT}",
        f"<app-root>\n</app-root>{SCRIPT}",
        f"<p>Loading …</p>{ROOT}<script>start({'1, ' * 500}1)</script><style>p {{ color: red }}</style>",
        f'{ROOT}{SCRIPT}<noscript><img src="https://count.example/1.gif" alt=""></noscript>',
        ROOT + SCRIPT + "word " * FEW_WORDS,
    ],
)
def test_it_looks_empty(html):
    assert NOTE in collection(html).notes


@pytest.mark.parametrize(
    "html",
    [
        "",
        ROOT,
        SCRIPT,
        SCRIPT + "<p>A short page of a few words, with a script that counts its readers.</p>",
        ROOT + SCRIPT + "word " * (FEW_WORDS + 1),
        f'{ROOT}{SCRIPT}<img src="a.jpg">',
        f"<div><p>Something.</p></div>{SCRIPT}",
        f"<frameset><frame src=a></frameset>{SCRIPT}",
    ],
)
def test_it_does_not(html):
    assert NOTE not in collection(html).notes


def test_a_long_page_is_read_no_further_than_needed():
    assert NOTE not in collection(ROOT + SCRIPT + "<p>word</p>" * 100_000).notes
