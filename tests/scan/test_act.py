"""The W3C's ACT rules: examples of our own for each rule and outcome, and the W3C's where they are at hand.

ACT_EXAMPLES names a folder of the W3C's examples with an expected.json: a list of objects with `file`, `rule` and
`outcome`.
"""

import json
import os
import re
from pathlib import Path

import pytest

from tests.scan.pages import ADDRESS
from webapp.scan import read
from webapp.scan.act import RULES, of_page
from webapp.scan.act.outcome import Rule
from webapp.scan.collect import Reader
from webapp.scan.sources import pages_of

BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}
# Whether a picture is described, decorative or text can only be seen: here passed and failed may stay untold.
NEED_EYES = {"0va7u6", "e88epe", "qt1vmo", "9eb3f6"}
SVG = "<svg {}><rect width=9 height=9 /></svg>"

OWN = {
    ("23a2a8", "passed"): ["<img alt=Rose>", "<img alt=''>", "<img role=none>", "<i role=img aria-label=Rose></i>",
                           "<img title=Rose>", "<p style='margin-left:-9999px'><img alt=Rose></p>",
                           "<img role=button alt=Rose>"],
    ("23a2a8", "failed"): ["<img>", "<img alt=' '>", "<span role=img>Rose</span>", "<img role=none tabindex=0>",
                           "<img alt='' tabindex=-1>", "<img alt='' aria-describedby=x>", "<img alt=Rose><img>",
                           "<img aria-labelledby=gone>"],
    ("23a2a8", "inapplicable"): ["<p>Rose</p>", SVG.format(""), SVG.format("role=img"), "<img aria-hidden=true>",
                                 "<p hidden><img></p>", "<style>.x{visibility:hidden}</style><p class=x><img></p>",
                                 "<template><img></template>", "<input type=image>"],
    ("59796f", "passed"): ["<input type=image alt=Send>", "<label>Send<input type=image></label>",
                           "<input type=IMAGE title=Send>"],
    ("59796f", "failed"): ["<input type=image>", "<input type=image alt=''>", "<input type=image value=Send name=send>",
                           "<input type=image aria-labelledby=gone>"],
    ("59796f", "inapplicable"): ["<button><img></button>", "<input type=submit>", "<img>",
                                 "<input type=image hidden>", "<p aria-hidden=true><input type=image></p>"],
    ("7d6734", "passed"): [SVG.format("role=img aria-label=Rose"), "<svg role=img><title>Rose</title></svg>",
                           "<svg><rect role=graphics-symbol aria-label=Rose /></svg>"],
    ("7d6734", "failed"): [SVG.format("role=img"), "<svg role=img><title> </title></svg>",
                           "<svg role=graphics-document><text>Rose</text></svg>", "<svg><rect role=img /></svg>"],
    ("7d6734", "inapplicable"): [SVG.format(""), SVG.format("role=img aria-hidden=true"), "<img>",
                                 SVG.format("role=graphics-object"), "<div role=img></div>", SVG.format("role=none")],
    ("9eb3f6", "passed"): ["<a href=/f/plan.pdf.png download>Get <img src=/t/plan.pdf.png alt=plan.pdf.png></a>"],
    ("9eb3f6", "failed"): ["<img src=/a/rose.jpg?x=1 alt='Rose.JPG '>", "<input type=image src=go.gif alt=go.gif>",
                           "<img src=a.jpg srcset='/x/d41d8cd98f00b204e9800998ecf8427e 2x'"
                           " alt=d41d8cd98f00b204e9800998ecf8427e>"],
    ("9eb3f6", "cantTell"): ["<img src=/a/rose alt=Rose>", "<picture><source srcset=/a/rose><img src=b.jpg alt=rose>"],
    ("9eb3f6", "inapplicable"): ["<img src=/a/rose.jpg alt=Rose>", "<img src=rose alt=rose aria-label=Tulip>",
                                 "<img src=rose alt=rose hidden>", "<img src=rose alt=''>", "<img alt=''>",
                                 "<input type=text alt=rose src=rose>"],
    ("e88epe", "cantTell"): ["<img src=a.jpg alt=''>", "<img src=a.jpg aria-hidden=true alt=Rose>", SVG.format(""),
                             "<img src=a.jpg role=none>", "<canvas></canvas><script>draw()</script>"],
    ("e88epe", "failed"): ["<a href=/x><img src=a.jpg alt=''></a>", "<button><svg><path d='M0 0'/></svg></button>"],
    ("e88epe", "passed"): ["<img src=a.gif alt='' width=1 height=1>"],
    ("e88epe", "inapplicable"): ["<img src=a.jpg alt=Rose>", "<img src=a.jpg alt='' hidden>", "<img alt=''>",
                                 "<img src=gone.jpg alt=''>", "<a href=/x aria-label=Roses>" + SVG.format("") + "</a>",
                                 "<div style='position:fixed;left:-2000px'><img src=a.jpg alt=''></div>",
                                 "<canvas></canvas>", "<canvas role=img aria-label=Rose></canvas><script>1</script>",
                                 "<div style='background:url(a.jpg)'></div>", "<svg><symbol id=a></symbol></svg>",
                                 "<img src=a.jpg alt='' style='opacity:0'>", "<img src=a.jpg alt='' width=0>"],
    ("qt1vmo", "cantTell"): ["<img src=a.jpg alt=Rose>", SVG.format("aria-label=Rose"), "<img src=a.jpg title=x.jpg>",
                             "<canvas aria-label=Rose></canvas><script>draw()</script>"],
    ("qt1vmo", "inapplicable"): ["<img src=a.jpg alt=''>", "<img src=a.jpg>", "<img src=a.jpg alt=Rose hidden>",
                                 "<img src=gone.jpg alt=Rose>", "<img src=a.jpg alt=Rose role=none>",
                                 "<button aria-label=Find><img src=a.jpg alt=Rose></button>",
                                 "<canvas aria-label=Rose></canvas>", "<p aria-hidden=true><img src=a.jpg alt=Rose>"],
    ("0va7u6", "cantTell"): ["<img src=a.jpg>", "<input type=image src=a.jpg>", "<object data=a.jpg></object>",
                             "<p style='background:url(a.jpg)'>x</p>", "<svg><image href=a.jpg /></svg>",
                             "<style>p{background-image:url(a.jpg)}</style><p>x</p>"],
    ("0va7u6", "passed"): ["<img src=a.gif width=1 height=1>"],
    ("0va7u6", "inapplicable"): ["<p>Rose</p>", "<svg><text>Rose</text></svg>", "<img src=a.jpg hidden>",
                                 "<img src=gone.jpg>", "<object></object>", "<p style='color:red'>x</p>",
                                 "<p style='background:url(a.jpg);display:none'>x</p>"],
}  # fmt: skip


def exists(address):
    return "gone" not in address


@pytest.mark.parametrize(("rule", "outcome", "html"), [(*key, html) for key, htmls in OWN.items() for html in htmls])
def test_a_rule_has_this_outcome(rule, outcome, html):
    page = read("<!doctype html>" + html, address=ADDRESS, exists=exists)
    assert of_page(BY_ID[rule], Reader(page)).outcome == outcome


def test_every_rule_has_an_example_of_every_outcome_that_it_can_have():
    decided = {(rule, outcome) for rule in BY_ID for outcome in ("inapplicable", "passed", "failed")}
    assert decided - set(OWN) == {("qt1vmo", "passed"), ("qt1vmo", "failed"), ("0va7u6", "failed")}
    assert {rule for rule, outcome in OWN if outcome == "cantTell"} == NEED_EYES


def test_one_failed_target_fails_the_page():
    page = read("<img alt=Rose><img><img alt=''>")
    found = of_page(BY_ID["23a2a8"], Reader(page))
    assert [target.outcome for target in found.targets] == ["passed", "failed", "passed"]
    assert found.outcome == "failed"


def test_what_markup_cannot_tell_of_9eb3f6_has_the_same_markup_passed_and_failed():
    """Why it stays untold: only the words differ, and whether those are right only the picture says."""
    folder = os.environ.get("ACT_EXAMPLES")
    if not folder:
        pytest.skip("ACT_EXAMPLES names no folder of examples")
    shapes = {"passed": set(), "failed": set()}
    for one in json.loads((Path(folder) / "expected.json").read_text()):
        html = (Path(folder) / one["file"]).read_text()
        page = read(html, address=ADDRESS)
        if one["rule"] == "9eb3f6" and of_page(BY_ID["9eb3f6"], Reader(page)).outcome == "cantTell":
            shapes[one["outcome"]].add(re.sub(r'"[^"]*"', '""', " ".join(html.split())))
    assert shapes["failed"] and shapes["failed"] <= shapes["passed"]


def examples():
    folder = os.environ.get("ACT_EXAMPLES")
    if not folder:
        return [pytest.param(None, None, id="none", marks=pytest.mark.skip("ACT_EXAMPLES names no folder of examples"))]
    expected = {one["file"]: one for one in json.loads((Path(folder) / "expected.json").read_text())}
    return [
        pytest.param(loaded, expected[Path(loaded.name).name], id=Path(loaded.name).stem)
        for loaded in pages_of(folder)
        if Path(loaded.name).name in expected
    ]


@pytest.mark.parametrize(("loaded", "expected"), examples())
def test_it_agrees_with_the_w3c(loaded, expected):
    page = read(loaded.html, address=loaded.address, exists=loaded.exists)
    found = of_page(BY_ID[expected["rule"]], Reader(page)).outcome
    allowed = {expected["outcome"]}
    if expected["rule"] in NEED_EYES and expected["outcome"] != "inapplicable":
        allowed.add("cantTell")
    assert found in allowed
