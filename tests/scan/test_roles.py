"""The decision table: each row by an example that only it decides, and what it must not take."""

from pathlib import Path

import pytest

from tests.scan.emitted import EMITTED
from tests.scan.pages import collection, decided, scanned
from webapp.scan import read, scan
from webapp.scan.roles import ROWS

# Pages as sites of many kinds have them: data-want holds the roles that a person gives an image, by the W3C's decision
# tree, written down before the table saw it; data-but what the table says instead, where it is known to be wrong.
SITES = sorted((Path(__file__).parent / "sites").glob("*.html"))

# Row: examples, of which the first image is meant.
EXAMPLES = {
    "area-dead": ["<map><area></map>"],
    "area-named": ["<map><area href=/x alt=Roses></map>"],
    "area-nameless": ["<map><area href=/x></map>", "<map><area href=/x alt=''></map>"],
    "button-named": ["<input type=image alt=Send>"],
    "button-nameless": ["<input type=image>", "<input type=image alt=''>"],
    "hidden-in-nameless-link": ["<a href=/x><svg aria-hidden=true></svg></a>",
                                "<button><img aria-hidden=true></button>"],
    "aria-hidden": ["<img aria-hidden=true>", "<p aria-hidden=true><img alt=Rose></p>",
                    "<a href=/x><svg aria-hidden=true></svg> Roses</a>"],
    "presentation": ["<img role=presentation>", "<img role=none alt=Rose>", "<a href=/x><img role=none>Roses</a>"],
    "link-labelled": ["<a href=/x aria-label=Roses><img alt=''></a>", "<button aria-label=Find><svg></svg></button>"],
    "link-labelled-alt-missing": ["<a href=/x aria-label=Roses><img></a>"],
    "link-named-by-image": ["<a href=/x><img alt=Roses></a>", "<button><svg><title>Find</title></svg></button>"],
    "link-named-otherwise": ["<a href=/x><img><img alt=Roses></a>"],
    "link-titled": ["<a href=/x title=Roses><img></a>", "<a href=/x title=Edit><svg></svg></a>",
                    "<button title=Find><img></button>"],
    "link-nameless-empty": ["<a href=/x><img alt=''></a>", "<button><img alt=''></button>"],
    "link-nameless": ["<a href=/x><img></a>", "<a href=/x><svg></svg></a>", "<a href=/x><img alt=' '></a>"],
    "scripted": ["<img src=calendar.gif onclick=open()>", "<p>When? <svg onclick=open()></svg></p>"],
    "author-empty": ["<img alt=''>", "<img alt='' width=900 src=chart.png>", "<a href=/x><img alt=''>Roses</a>"],
    "pixel": ["<img width=1 height=1 src=a.gif>", "<img height=1 src=a.gif>", "<img style='width:1px;height:0' src=a>"],
    "spacer": ["<img src=a.gif width=500 height=5>", "<img src=a.gif width=20 height=400>", "<img src=px.gif>",
               "<img src=/img/spacer.gif>", "<img src=clear_pixel.gif>", "<img src=1x1.gif>"],
    "counter": ["<img src=//stats.example/matomo.php?id=1>", "<img width=9 src=https://www.facebook.com/tr?id=1>"],
    "map-tile": ["<div><img class=leaflet-tile src=https://tile.example/12/2200/1343.png></div>"],
    "captcha": ["<img class=captcha src=a.png>", "<img src=/captcha/image/8f/>"],
    "label-with-text": ["<label><input type=radio><img src=blue.png width=24> Blue</label>"],
    "label-nameless": ["<label for=menu><svg><path/></svg></label>",
                       "<label><input type=radio><img src=blue.png width=24></label>"],
    "text-named": ["<img src=i.png alt='$\\\\alpha$'>", "<img src=logo.png alt='Mill Museum'>",
                   "<img class=math src=a.png alt='x squared'>"],
    "ornament": ["<img src=a.png style='position:absolute;z-index:-1'>", "<i class=-z-10><img src=a.png></i>",
                 "<div class=shape-divider><img src=wave.svg></div>", "<img class=hero-bg src=a.jpg>",
                 "<img src=corner_tl.gif width=12>", "<img src=bg-waves.jpg>"],
    "portrait-beside-name": ["<p><img class='h-12 rounded-full' src=kim.jpg> Kim Lee</p>",
                             "<p><img class=rounded-full width=40 src=kim.jpg> Kim Lee</p>",
                             "<figure>x<figcaption><img src=//gravatar.com/avatar/9 width=40> Kim</figure>",
                             "<p><img class=avatar width=48 src=a.jpg> Ann says:</p>",
                             "<div class=byline><img width=56 src=a.jpg> By Ann</div>"],
    "icon-in-sentence": ["<p>Press <img width=16 src=gear.png> to begin</p>",
                         "<p>Click the <b>round</b> <img src=icon-gear.png> button.</p>"],
    "icon-before-figures": ["<p><img src=phone.svg width=16> 030 1234</p>", "<li><img width=24 src=bed.svg> 2</li>"],
    "telling-icon": ["<p><img width=16 src=warning.png> Wet paint</p>",
                     "<p><a href=/m.pdf>Minutes</a> <img src=pdf-16.png width=16></p>"],
    "all-of-a-cell": ["<table><tr><th>SSO<td><svg class=tick><path/></svg></table>",
                      "<table><tr><th>SSO<td><img width=16 src=yes.svg></table>",
                      "<ul><li><span><img width=40 src=w.png></span></li></ul>"],
    "icon-beside-text": ["<p><img width=16 src=oak.svg><script>go()</script> Oak</p>",
                         "<li><img src=icon-oak.png> Oak</li>", "<p><img width=12 src=ball.gif> Oak<br>Elm</p>",
                         "<div><img src=van.svg width=48><h3>Delivery</h3><p>Free, and fast.</p></div>",
                         "<div><p><img src=icon-van.png width=64></p><h3>Delivery</h3></div>"],
    "picture-unusable": ["<img src=a.jpg alt=placeholder>", "<main><img src=a.png alt=' '></main>"],
    "author-unusable": ["<img alt=' '>", "<img alt=IMG_0001.jpg>", "<img src=a.png alt=image>"],
    "said-beside": ["<figure><img alt='A rose.'><figcaption>a rose</figcaption></figure>",
                    "<a href=/x><img alt='Our roses'> Our roses</a>", "<p><img alt=Roses>Roses</p>"],
    "link-with-text": ["<a href=/x><img> Roses</a>", "<button><img>Find</button>"],
    "link-text-and-image": ["<a href=/x><img alt='A red rose'> Roses</a>"],
    "drawing-beside-text": ["<a href=/x><svg></svg> Roses</a>"],
    "complex-described": ["<img alt='Rain by month' src=chart.png aria-describedby=d><p id=d>x",
                          "<img longdesc=a.html alt='Rain by month'>"],
    "complex": ["<img src=/maps/isobars_24.png>", "<img src=family_tree.jpg>", "<img src=org-structure.png>",
                "<img src=Lageplan.jpg>", "<img src=карта-города.png>",
                "<figure><img src=x1.png><figcaption>Figure 1: Mean rain per month</figcaption></figure>",
                "<figure><img src=x.png><figcaption>Where it rained. Map: The Herald</figcaption></figure>",
                "<figure><img src=x.png><figcaption>رسم بياني: عدد السيارات</figcaption></figure>",
                "<img src=rain-chart.png>", "<img class=diagram>",
                "<figure><img><figcaption>Figure 2: A bar chart of rain</figcaption></figure>", "<img usemap=#m>",
                "<svg class=flowchart></svg>"],
    "group-first": ["<p><img src=s1.png><img src=s1.png><img src=s0.png></p>",
                    "<img src=star.png> <img src=star.png>",
                    "<div><i><img src=star.png></i><i><img src=star.png></i></div>",
                    "<p><img src=star-on.png><img src=star-off.png></p>"],
    "author-text": ["<img alt='A red rose'>"],
    "named": ["<img title='A red rose'>", "<svg role=img><title>A rose</title></svg>", "<object data=a title=Rose>"],
    "text": ["<h3>With support from</h3><p><img src=a.jpg height=70>", "<ul class=brands><li><img src=a.svg></ul>",
             "<img src=/logo.png>", "<img class='latex'>", "<img src=company-wordmark.svg>", "<img src=visa.svg>",
             "<img src=https://img.shields.io/badge/a-b-blue.svg>", "<ul class=sponsors><li><img src=acme.svg></ul>"],
    "poster": ["<video poster=a.jpg></video>"],
    "background-content": ["<div title=' ' style='background:url(a.jpg);width:9px;height:9px'></div>"],
    "role-img-nameless": ["<div role=img></div>", "<svg role=img></svg>"],
    "sprite": ["<svg style='display:none'><path/></svg>", "<svg><symbol id=a></symbol><defs></defs></svg>"],
    "drawn-ornament": ["<svg class='absolute -z-10'></svg>", "<div class=shape-divider><svg></svg></div>"],
    "drawn-icon": ["<li><svg><path/></svg> Free of charge</li>",
                   "<div><div><svg viewBox='0 0 24 24'><path/></svg></div><h3>Fast</h3><p>Quite.</p></div>"],
    "drawing": ["<p><svg width=600><path/></svg> Rain</p>", "<p><svg><text>9</text></svg> Rain</p>",
                "<svg></svg>", "<svg><symbol id=a></symbol><use href=#a /></svg>"],
    "embedded": ["<object data=a.swf></object>", "<embed src=a.pdf>"],
    "icon": ["<div><img width=16 src=a.png><script>go()</script></div>",
             "<img width=16 height=16 src=a.png>", "<p>Trusted by <img width=30 src=a.png><img width=30 src=b.png></p>",
             "<table><tr><td>x<td><img width=12 src=a.png></table>"],
    "picture": ["<img width=300 height=200 src=a.jpg>", "<figure><img><figcaption>Spring</figcaption></figure>",
                "<main><img src=a.jpg></main>", "<img src=a.jpg srcset='b.jpg 2x'>",
                "<h1>A</h1><img src=a.png><p>b</p>"],
    "photograph": ["<img src=a.jpg>", "<main><nav><img src=A.JPEG?w=9></nav></main>", "<img src=decoration.jpg>",
                   "<img src=pixelart.jpg>", "<img src='data:image/jpeg;base64,AA'>"],
    "no-clue": ["<h1>A</h1><footer><img src=a.png>b</footer>",
                "<img src=a.png>", "<main><nav><img src=a.png></nav></main>", "<img src=decoration.svg>",
                "<img src=pixelart.webp>", "<img src=map-marker.png>", "<img src='data:image/png;base64,AA'>"],
}  # fmt: skip


@pytest.mark.parametrize(("row", "html"), [(row, html) for row, htmls in EXAMPLES.items() for html in htmls])
def test_a_row_decides(row, html):
    assert decided(html).reason == row


@pytest.mark.parametrize("one", EMITTED, ids=lambda one: one.name)
def test_what_systems_emit_gets_the_role_that_a_person_gives(one):
    found = scanned(f"<!DOCTYPE html><html lang=en><body>{one.html}")
    if one.roles:
        assert found[one.at].decided.role in one.roles
    else:
        assert found == [], "a background behind words is no image"


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_sites_of_many_kinds_get_the_roles_that_a_person_gives(path):
    page = read(path.read_bytes(), address="https://www.site.example/")
    found = {one.use.element: one.decided.role for one in scan(page).uses}
    wrong = []
    for element in page.document.select("[data-want]"):
        right = (element.attr("data-but") or element.attr("data-want")).split("|")
        if found.get(element, "none") not in right:
            wrong.append((found.get(element, "none"), element.attr("data-want"), element.attr("src")))
    assert wrong == []


def test_what_a_name_holds_beside_what_it_is_says_nothing():
    for name in (
        "bullet-train",
        "corner-shop",
        "hr-team",
        "clear-lake",
        "google-pixel",
        "blank-canvas",
        "pattern-book",
    ):
        for ending in ("png", "jpg"):
            assert decided(f"<main><img src={name}.{ending}></main>").role == "informative", name
    for said in ("bg-gray-50 rounded-full", "bg-white", "rounded-corner", "timeline-image"):
        assert decided(f"<main><img class='{said}' src=a.jpg width=400 height=300></main>").role == "informative", said


@pytest.mark.parametrize(
    ("alt", "role"),
    [
        ("Map of the campus", "complex"),
        ("A bar chart of rain by month", "complex"),
        ("Diagramm der Abläufe", "complex"),
        ("Map pin", "informative"),
        ("People reading a map of the campus", "informative"),
        ("Mill Museum logo", "text"),
        ("Logo of the Mill Museum", "text"),
        ("A van with our logo", "informative"),
        ("A woman holding a logo", "informative"),
        ("Logos and ethos in Greek drama", "informative"),
    ],
)
def test_what_its_author_calls_it_counts(alt, role):
    assert decided(f"<main><img src=x.png width=300 height=200 alt='{alt}'></main>").role == role


def test_a_photograph_is_no_writing_because_its_name_begins_so():
    for name in ("formula-one-car", "latex-gloves", "signature-dish"):
        assert decided(f"<main><img src={name}.jpg></main>").role == "informative", name
    assert decided("<main><img src=mayors-signature.jpg></main>").role == "text"


def test_a_figure_is_no_chart_because_it_has_a_number():
    html = "<figure><img src=x.jpg><figcaption>Figure 4. The gauge on the roof of the institute.</figcaption></figure>"
    assert decided(html).role == "informative"


def test_every_row_has_an_example_and_its_words():
    assert {row.id for row in ROWS} == {*EXAMPLES, "group-rest"}
    assert len({row.id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.says.endswith("."), row.id
        assert row.source, row.id


def test_the_rest_of_a_group_is_silent():
    found = [one.decided for one in scanned("<p><img src=star.png><img src=star.png><img src=star.png></p>")]
    assert [(one.reason, one.todo) for one in found] == [
        ("group-first", "person"), ("group-rest", "empty"), ("group-rest", "empty")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src=a.png></p><p>x</p><p><img src=a.png></p>",
        "<img src=a.png><img src=b.png>",
        "<img src=photo1.jpg><img src=photo2.jpg>",
        "<a href=/x><img src=a.png></a><a href=/y><img src=a.png></a>",
        "<img src=a.png alt=One><img src=a.png alt=Two>",
    ],
)
def test_what_only_looks_like_a_group_is_none(html):
    assert not any(one.decided.role == "group" for one in scanned(html))


@pytest.mark.parametrize("around", ["{}", "<figure>{}<figcaption>A rose</figcaption></figure>", "<main>{}</main>",
                                    "<a href=/x>{} text</a>"])  # fmt: skip
def test_an_empty_alt_is_never_to_be_overwritten(around):
    for image in ("<img alt='' src=chart.png width=900>", "<img alt='' src=logo.png>"):
        assert decided(around.format(image)).todo == "nothing"


def test_an_empty_alt_that_leaves_a_link_nameless_is_shown_to_a_person():
    found = decided("<a href=/our-roses><img alt=''></a>")
    assert (found.role, found.todo, found.proposal.text) == ("functional", "person", "Our roses")


def test_nothing_in_a_link_is_ever_described():
    for html in ("<a href=/x>{}</a>", "<a href=/x>{} text</a>", "<button>{}</button>", "<a href=/x title=T>{}</a>"):
        for image in ("<img width=900 src=photo.jpg>", "<img src=chart.png>", "<img srcset='a.jpg 900w'>"):
            assert decided(html.format(image)).todo in ("name", "empty", "person")


@pytest.mark.parametrize(
    ("html", "text", "source"),
    [
        ("<a href=/our-new-roses.html><img></a>", "Our new roses", "address of the link"),
        ("<a href='/p/SummerRoses/?id=3'><img></a>", "Summer Roses", "address of the link"),
        ("<a href=/x><img title='Our roses'></a>", None, None),  # the title is the image's name, and so the link's
        ("<a href=/q/8><img></a> <a href=/q/8>Red roses</a>", "Red roses", "another link to the same place"),
        ("<a href=https://www.roses.example/><img></a>", "roses.example", "address of the link"),
        ("<a href=https://roses.example/red-ones><img></a>", "Red ones (roses.example)", "address of the link"),
        ("<a href='mailto:ann%40x.example?subject=a'><img></a>", "ann@x.example", "mailto address"),
        ("<a href=tel:+4912><img></a>", "+4912", "tel address"),
        ("<a href=#opening-hours><img></a>", "Opening hours", "address of the link"),
        ("<input type=image value='Send it'>", "Send it", "value of the button"),
        ("<map><area href=/climbing-roses></map>", "Climbing roses", "address of the link"),
        ("<meta property=og:site_name content=Garden><a href=/><img></a>", "Garden home page", "address of the link"),
        ("<html lang=de><meta property=og:site_name content=Garten><a href=/><img></a>", "Garten",
         "address of the link"),
    ],
)  # fmt: skip
def test_a_name_is_proposed_from_the_destination(html, text, source):
    found = scanned(html)[0].decided.proposal
    assert (found and found.text, found and found.source) == (text, source)


@pytest.mark.parametrize(
    "href",
    ["/", "/8731", "/index.html", "#", "javascript:go()", "/p/3f2504e0-4f89", "/?id=3", "/d41d8cd98f00b204", "//["],
)
def test_where_the_page_gives_no_words_a_person_is_asked(href):
    found = decided(f"<a href='{href}'><img></a>")
    assert (found.todo, found.proposal) == ("person", None)


def test_roles_do_not_depend_on_what_the_picture_is_called_alone():
    assert decided("<img src=cat.png>").role == "unknown"
    assert collection("<img src=cat.png>").uses[0].name.text == ""
