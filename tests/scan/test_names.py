"""Accessible names of images."""

import pytest

from tests.scan.pages import uses


@pytest.mark.parametrize(
    ("html", "text", "source"),
    [
        ("<img alt=Rose title=x>", "Rose", "alt"),
        ("<img alt=' A\n  rose '>", "A rose", "alt"),
        ("<img title=Rose>", "Rose", "title"),
        ("<img alt='' title=Rose>", "", ""),
        ("<img alt=Rose aria-label=Tulip>", "Tulip", "aria-label"),
        ("<img alt=Rose aria-label=' '>", "Rose", "alt"),
        ("<img alt=Rose aria-labelledby=a aria-label=x><p id=a>Tulip</p>", "Tulip", "aria-labelledby"),
        ("<img alt=Rose aria-labelledby='b a'><p id=a>Tulip</p><p id=b>Red</p>", "Red Tulip", "aria-labelledby"),
        ("<img alt=Rose aria-labelledby=gone>", "Rose", "alt"),
        ("<img alt=Rose aria-labelledby=a><p id=a hidden>Tu<b>lip</b></p>", "Tulip", "aria-labelledby"),
        ("<img alt=Rose aria-labelledby=a><p id=a>Tulip <i hidden>not</i></p>", "Tulip", "aria-labelledby"),
        ("<img alt=Rose aria-labelledby=a><p id=a aria-label=Tulip>x</p>", "Tulip", "aria-labelledby"),
        ("<img alt=One aria-labelledby=a><p id=a>x</p><p id=a>y</p>", "x", "aria-labelledby"),
        ("<input type=image alt=Send>", "Send", "alt"),
        ("<input type=image alt='' title=Send>", "Send", "title"),
        ("<label>Send <input type=image alt=x></label>", "Send", "label"),
        ("<label for=i>Send</label><input id=i type=image>", "Send", "label"),
        ("<input type=image value=Send name=send>", "", ""),
        ("<map><area href=/x alt=Roses></map>", "Roses", "alt"),
        ("<svg><title>Rose</title></svg>", "Rose", "title element"),
        ("<svg><g><title>Rose</title></g><text>Rose</text><desc>Rose</desc></svg>", "", ""),
        ("<svg aria-label=Rose><title>x</title></svg>", "Rose", "aria-label"),
        ("<div role=img title=Rose alt=x>y</div>", "Rose", "title"),
        ("<div role=img>Rose</div>", "", ""),
        ("<object data=a.png title=Rose>x</object>", "Rose", "title"),
        ("<object data=a.png>Rose</object>", "", ""),
    ],
)
def test_a_name_comes_from_where_the_standard_says(html, text, source):
    found = uses(html)[0].name
    assert (found.text, found.source) == (text, source)


def test_labels_that_name_each_other_come_to_an_end():
    found = uses("<p id=a aria-labelledby=b>A</p><p id=b aria-labelledby=a>B</p><img id=c aria-labelledby='c a'>")
    assert found[0].name.text == "A"
