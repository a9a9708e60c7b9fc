"""L1 to L13 on a page."""

import pytest

from tests.scan.pages import broken, scanned
from webapp.scan.lint import RULES

LONG = "a rose and a tulip " * 14


@pytest.mark.parametrize(
    ("rule", "html"),
    [
        ("L1", "<img src=a.jpg>"),
        ("L1", "<img aria-label=''>"),
        ("L1", "<img aria-labelledby=gone>"),
        ("L1", "<img role=none tabindex=0>"),
        ("L1", "<img role=presentation aria-live=polite>"),
        ("L1", "<img role=button>"),
        ("L1", "<input type=image>"),
        ("L1", "<map><area href=/x></map>"),
        ("L1", "<svg role=img></svg>"),
        ("L1", "<svg><path role=img /></svg>"),
        ("L1", "<div role=img></div>"),
        ("L1", "<object data=a.png></object>"),
        ("L1", "<embed src=a.png>"),
        ("L1", "<p><noscript><img src=a.jpg width=300></noscript>"),
        ("L2", "<img alt=' '>"),
        ("L2", "<input type=image alt=' '>"),
        ("L3", "<img alt=IMG_2031.JPG>"),
        ("L3", "<svg role=img aria-label=icon-3.svg></svg>"),
        ("L4", "<img alt=image>"),
        ("L5", "<img alt='Picture of a red rose'>"),
        ("L6", "<figure><img alt='A red rose.'><figcaption>A red rose</figcaption></figure>"),
        ("L6", "<a href=/x><img alt='Our roses'> Our roses</a>"),
        ("L6", "<table><td><img alt='Our roses'> Our roses</td></table>"),
        ("L7", "<img alt=Rose>"),
        ("L8", f"<img alt='{LONG}'>"),
        ("L9", "<img alt='A red rose'><p>x</p><img alt='A red rose'>"),
        ("L10", "<a href=/x><img alt=''></a>"),
        ("L10", "<button><img alt=''></button>"),
        ("L10", "<a href=/x><svg></svg></a>"),
        ("L10", "<a href=/x><svg aria-hidden=true></svg></a>"),
        ("L10", "<input type=image alt=''>"),
        ("L10", "<map><area href=/x alt=''></map>"),
        ("L11", "<img alt='' title=Rose>"),
        ("L12", "<img alt='roses, red roses, cheap roses, buy roses'>"),
        ("L13", "<img alt='{{ image.alt }} in the garden'>"),
    ],
)
def test_a_rule_is_broken(rule, html):
    assert rule in broken(html)


@pytest.mark.parametrize(
    "html",
    [
        "<img alt='A red rose in a pot'>",
        "<img alt=''>",
        "<img role=presentation>",
        "<img aria-hidden=true>",
        "<img aria-hidden=true alt=' '>",
        "<p hidden><img></p>",
        "<p hidden><a href=/x><img alt=''></a><img alt='' title=Rose></p>",
        "<p style='display:none'><img alt=image></p>",
        "<img aria-label='A red rose in a pot'>",
        "<img title='A red rose in a pot'>",
        "<img role=separator>",
        "<a href=/x><img alt=''> Roses</a>",
        "<a href=/x aria-label=Roses><img alt=''></a>",
        "<a href=/x title=Roses><img alt=''></a>",
        "<a href=/x><img alt=''><img alt=Roses></a>",
        "<a href=/x><svg aria-hidden=true></svg> Roses</a>",
        "<a href=/x><img alt=Roses></a>",
        "<label>Send it now <input type=image></label>",
        "<map><area></map>",
        "<svg></svg>",
        "<svg role=img><title>A red rose</title></svg>",
        "<video poster=a.jpg></video>",
        "<p><noscript><img src=a.gif width=1 height=1></noscript>",
        "<object data=a.png title='Plan of the garden'></object>",
    ],
)
def test_nothing_is_broken(html):
    assert broken(html) == set()


def test_the_rules_are_numbered_as_they_are_told():
    assert [rule.number for rule in RULES.values()] == [f"L{number}" for number in range(1, 14)]
    assert {rule.number for rule in RULES.values() if rule.severity == "error"} == {
        "L1",
        "L2",
        "L3",
        "L4",
        "L10",
        "L11",
    }
    for rule in RULES.values():
        assert rule.says.endswith(".")
        assert rule.do.endswith((".", '"'))


def test_a_finding_tells_where():
    (one,) = scanned("<p>\n  <img src=a.jpg>")
    (finding,) = one.findings
    assert (finding.line, finding.column, finding.key) == (2, 3, one.use.key)


def test_what_is_missing_is_said_of_what_it_is_missing_from():
    htmls = ("<img>", "<input type=image>", "<map><area href=/x></map>", "<div role=img></div>", "<embed src=a>")
    assert len({scanned(html)[0].findings[0].rule.says for html in htmls}) == 5


def test_a_missing_text_is_told_once():
    assert broken("<a href=/x><img></a>") == {"L1"}
