"""Our findings beside those of the real axe, on pages of our own and, where AXE_EXAMPLES names them, on axe's.

Every difference is written down in docs/pages.md. AXE_EXAMPLES names a folder with a folder and a page for each rule.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from webapp.scan import read, scan

# axe's rule: the kinds of images that it looks at, and the rules of ours that say the same.
RULES = {
    "image-alt": ({"img"}, {"L1", "L2"}),
    "input-image-alt": ({"input"}, {"L1", "L2", "L10"}),
    "area-alt": ({"area"}, {"L1", "L2", "L10"}),
    "svg-img-alt": ({"svg"}, {"L1"}),
    "role-img-alt": ({"role-img"}, {"L1"}),
    "object-alt": ({"object"}, {"L1"}),
    "image-redundant-alt": ({"img"}, {"L6"}),
}
OWN = {
    "image-alt": """
        <p id=name>Rose</p><img id=a1 src=r><img id=a2 src=r alt=""><img id=a3 src=r alt=" "><img id=a4 src=r alt=Rose>
        <img id=a5 src=r aria-labelledby=name><img id=a6 src=r aria-labelledby=gone><img id=a7 src=r title=Rose>
        <img id=a8 src=r role=none><img id=a9 src=r role=none tabindex=0><img id=a10 src=r aria-hidden=true>
        <div hidden><img id=a11 src=r></div><div style="display:none"><img id=a12 src=r></div>
        <style>.gone{visibility:hidden}</style><div class=gone><img id=a13 src=r></div>
        <div style="opacity:0"><img id=a14 src=r></div><img id=a15 src=r role=button><img id=a16 src=r role=separator>
        <a href=x><img id=a17 src=r></a><a href=x><img id=a18 src=r> Rose</a><div inert><img id=a19 src=r></div>
        <details><summary>More</summary><img id=closed src=r></details>
        <noscript><img id=noscript src=only></noscript><img id=a20 src=r width=1 height=1>
        <img id=a21 src=r alt="" aria-label=Rose><img id=a22 src=r alt>""",
    "input-image-alt": """
        <input id=b1 type=image src=r><input id=b2 type=image src=r alt=""><input id=b3 type=image src=r alt=Send>
        <label>Send<input id=b4 type=image src=r></label><label for=b5>Send</label><input id=b5 type=image src=r>
        <input id=b6 type=image src=r title=Send><input id=b7 type=image src=r value=Send name=send>
        <input id=b8 type=image src=r hidden><input id=b9 type=image src=r disabled>
        <input id=disabled-cell type=image src=r role=gridcell disabled><input id=b10 type=image src=r alt=" ">""",
    "area-alt": """
        <img src=r alt="The garden" usemap="#m"><map name=m><area id=c1 href=x><area id=c2 href=x alt="">
        <area id=c3 href=x alt=Roses><area id=c4><area id=c5 href=x aria-label=Roses><area id=c6 href=x title=Roses>
        <area id=c7 href=x alt=" "></map>""",
    "svg-img-alt": """
        <svg id=d1 role=img><path d="M0 0"/></svg><svg id=d2 role=img><title>Rose</title></svg>
        <svg id=d3 role=img><g><title>Rose</title></g></svg><svg id=d4 role=img aria-label=Rose></svg><svg id=d5></svg>
        <svg id=d6 role=graphics-document></svg><svg><circle id=d7 role=graphics-symbol r=9 /></svg>
        <svg id=d8 role=img aria-hidden=true></svg><svg id=d9 role=img><text>Rose</text></svg>
        <svg id=d10 role=img><desc>Rose</desc></svg>""",
    "role-img-alt": """
        <div id=e1 role=img>Rose</div><div id=e2 role=img aria-label=Rose></div><i id=e3 role=img title=Rose></i>
        <div id=e4 role=img alt=Rose></div><div id=e5 role=img aria-hidden=true></div><div id=e6 role=none></div>
        <div hidden><i id=e7 role=img></i></div>""",
    "object-alt": """
        <object id=f1 data="data:text/html,x"></object><object id=f2 data="data:text/html,x" title=Plan></object>
        <object id=f3 data="data:text/html,x">Plan</object><object id=f4></object>
        <object id=f5 data="data:text/html,x" role=none></object>
        <object id=f6 data="data:text/html,x" role=none tabindex=0></object>
        <object id=f7 data="data:text/html,x" aria-label=" "></object>
        <object id=f8 data="data:text/html,x" aria-hidden=true></object>""",
    "image-redundant-alt": """
        <a href=x><img id=g1 src=r alt="Our roses"> Our roses</a><a href=x><img id=g2 src=r alt="Red"> Our roses</a>
        <button><img id=g3 src=r alt="our roses">Our Roses</button><p><img id=g4 src=r alt="Our roses"> Our roses</p>
        <p><img id=g5 src=r alt="Our roses"> and more of our roses</p><a href=x><img id=g6 src=r alt=""> Our roses</a>
        <figure><img id=caption src=r alt="Our roses"><figcaption>Our roses</figcaption></figure>
        <p><img id=stop src=r alt="Our roses"> Our roses.</p>
        <a href=x><img id=g7 src=r alt="Our roses" role=none> Our roses</a>
        <ul><li><img id=g8 src=r alt="Our roses"> Our roses</ul>""",
}
# Ids of the elements above on which the two differ, each with who reports it. The reasons stand in docs/pages.md.
DIFFERENCES = {
    "closed": "ours",
    "noscript": "ours",
    "disabled-cell": "ours",
    "caption": "ours",
    "stop": "ours",
}
AXE_DIFFERENCES = {("input-image-alt", "inapplicable1")}


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def of_axe(page, rule, html):
    """The ids of the elements that axe reports."""
    page.set_content(html)
    options = {"runOnly": {"type": "rule", "values": [rule]}}
    found = Axe().run(page, options=options).response["violations"]
    return {node["target"][0].removeprefix("#") for one in found for node in one["nodes"]}


def of_ours(rule, html):
    """The ids of the elements that we report for the same reason."""
    kinds, numbers = RULES[rule]
    return {
        one.use.attributes["id"]
        for one in scan(read(html)).uses
        if one.use.kind in kinds and numbers & {finding.rule.number for finding in one.findings}
    }


@pytest.mark.parametrize("rule", RULES)
def test_we_find_what_axe_finds(page, rule):
    html = f"<!doctype html><html lang=en><title>Roses</title><body>{OWN[rule]}"
    axe, ours = of_axe(page, rule, html), of_ours(rule, html)
    assert axe  # the page has something to find
    differences = dict.fromkeys(axe - ours, "axe") | dict.fromkeys(ours - axe, "ours")
    assert differences == {name: who for name, who in DIFFERENCES.items() if f"id={name} " in html}


def test_every_difference_is_explained():
    text = (Path(__file__).parent.parent.parent / "docs" / "pages.md").read_text()
    for name in [*DIFFERENCES, *(name for _, name in AXE_DIFFERENCES)]:
        assert f"`{name}`" in text


def axe_pages():
    folder = os.environ.get("AXE_EXAMPLES")
    if not folder:
        return [pytest.param(None, None, marks=pytest.mark.skip("AXE_EXAMPLES names no folder of pages"))]
    return [pytest.param(rule, Path(folder) / rule / f"{rule}.html", id=rule) for rule in RULES]


@pytest.mark.parametrize(("rule", "file"), axe_pages())
def test_we_agree_with_axe_on_its_own_pages(page, rule, file):
    html = file.read_text()
    axe, ours = of_axe(page, rule, html), of_ours(rule, html)
    assert {(rule, name) for name in axe ^ ours} == {one for one in AXE_DIFFERENCES if one[0] == rule}
