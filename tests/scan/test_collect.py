"""What counts as an image of a page, and which file it is."""

import pytest

from tests.scan.pages import collection, use, uses
from webapp.scan import ScanError, read
from webapp.scan import collect as collect_module
from webapp.scan.lazy import BACKGROUNDS, SETS, SOURCES


@pytest.mark.parametrize(
    ("html", "kind", "address"),
    [
        ("<img src=rose.jpg>", "img", "https://www.example.org/garden/rose.jpg"),
        ("<img src='/rose.jpg?w=3#top'>", "img", "https://www.example.org/rose.jpg?w=3#top"),
        ("<base href='https://cdn.example/x/'><img src=rose.jpg>", "img", "https://cdn.example/x/rose.jpg"),
        ("<img src='data:image/gif;base64,R0'>", "img", "data:image/gif;base64,R0"),
        ("<img src='http://[bad'>", "img", "http://[bad"),
        ("<img>", "img", ""),
        ("<input type=IMAGE src=go.png>", "input", "https://www.example.org/garden/go.png"),
        ("<map><area href=/roses></map>", "area", ""),
        ("<svg><path d=''/></svg>", "svg", ""),
        ("<object data=plan.png></object>", "object", "https://www.example.org/garden/plan.png"),
        ("<embed src=plan.png>", "embed", "https://www.example.org/garden/plan.png"),
        ("<div role=img></div>", "role-img", ""),
        ("<div role='unheard-of img'></div>", "role-img", ""),
        ("<video poster=still.jpg></video>", "poster", "https://www.example.org/garden/still.jpg"),
        ("<svg><circle role=graphics-symbol /></svg>", "svg", ""),
    ],
)
def test_an_image_is_found(html, kind, address):
    found = uses(html)
    assert (found[-1].kind, found[-1].address) == (kind, address)


@pytest.mark.parametrize(
    "html",
    [
        "<link rel=icon href=favicon.ico>",
        "<template><img src=a.jpg></template>",
        "<script>'<img src=a.jpg>'</script>",
        "<!-- <img src=a.jpg> -->",
        "<input type=text>",
        "<object></object>",
        "<video src=a.mp4></video>",
        "<textarea><img src=a.jpg></textarea>",
    ],
)
def test_what_is_no_image_is_left_out(html):
    assert uses(html) == []


def test_a_drawing_is_one_image_with_all_that_it_holds():
    assert [one.kind for one in uses("<svg><svg/><image href=a.png /><path/></svg>")] == ["svg"]


def test_every_file_of_a_picture_is_kept_and_a_good_one_chosen():
    found = use(
        "<picture><source media='(min-width: 900px)' srcset='wide.jpg' type=image/jpeg>"
        "<source srcset='n-400.webp 400w, n-800.webp 800w' type=image/webp><img src=n.jpg sizes=300px></picture>"
    )
    names = [one.address.rsplit("/")[-1] for one in found.candidates]
    assert names == ["n.jpg", "wide.jpg", "n-400.webp", "n-800.webp"]
    assert found.candidates[1].media == "(min-width: 900px)"
    assert found.candidates[2].type == "image/webp"
    assert found.address.endswith("n-800.webp")


@pytest.mark.parametrize(
    "attributes",
    [
        "data-src=late.jpg", "data-original=late.jpg", "data-lazy-src=late.jpg", "data-srcset='late.jpg 2x'",
        "src='data:image/gif;base64,R0' data-src=late.jpg", "src=blank.gif data-src=late.jpg", "srcset=late.jpg",
        "data-lazy=[] data-src=late.jpg", "data-image=12 data-url=late.jpg",
    ],
)  # fmt: skip
def test_a_file_that_scripts_load_later_is_the_one(attributes):
    assert use(f"<img {attributes}>").address == "https://www.example.org/garden/late.jpg"


@pytest.mark.parametrize("name", [*SOURCES, *SETS])
def test_every_lazy_attribute_is_read(name):
    assert use(f"<img src='data:image/gif;base64,R0' {name}='/late.jpg'>").address.endswith("/late.jpg")


@pytest.mark.parametrize("name", BACKGROUNDS)
def test_every_lazy_background_is_read(name):
    assert use(f"<a href=/x {name}='/late.jpg'></a>").address.endswith("/late.jpg")


@pytest.mark.parametrize(
    "html",
    [
        "<p><img data-src=a.jpg><noscript><img src=a.jpg></noscript></p>",
        "<p><img class=lazy src='data:,'> <noscript><img src=a.jpg></noscript></p>",
        "<p><noscript><img src=a.jpg></noscript><img data-src=a.jpg></p>",
        "<p><img src=a.jpg><b></b><noscript><img src=a.jpg></noscript></p>",
    ],
)
def test_an_image_and_its_twin_for_those_without_scripts_are_one(html):
    found = use(html)
    assert found.address.endswith("/a.jpg")
    assert len(found.twins) == 1
    assert not found.noscript


def test_an_image_in_noscript_alone_is_one_of_its_own():
    first, second = uses("<p><img src=a.jpg><noscript><img src=b.jpg></noscript></p>")
    assert (first.noscript, second.noscript) == (False, True)


def test_the_same_file_is_one_image_with_two_uses():
    found = collection(
        "<h2>One</h2><img src=a.jpg#x><h2>Two</h2><img src='HTTPS://www.EXAMPLE.org:443/garden/a.jpg'>"
        "<img src='a.jpg?b'>"
    )
    assert [len(image.uses) for image in found.images] == [2, 1]
    assert [one.context.heading for one in found.images[0].uses] == ["One", "Two"]


def test_drawings_without_a_file_are_not_joined():
    assert len(collection("<svg></svg><svg></svg>").images) == 2


def test_a_background_is_content_only_where_nothing_else_is():
    found = collection(
        "<style>.hero{background:url(hero.jpg);width:90px;height:90px} .print::before{background:url(no.png)}</style>"
        "<div class=hero></div><div class=hero>Words</div><div class=print></div>"
        "<div style='background-image:url(\"rose.jpg\")' title='Rose'></div>"
        "<div style='background:url(x.png)'></div><a href=/x style='background:url(logo.png)'></a>"
    )
    assert [one.address.rsplit("/")[-1] for one in found.uses] == ["hero.jpg", "rose.jpg", "logo.png"]
    assert found.decorative_backgrounds == 2


def test_a_background_belongs_to_the_element_that_is_said_to_be_an_image():
    found = use("<div role=img aria-label=Rose style='background:url(rose.jpg)'></div>")
    assert (found.kind, found.address) == ("role-img", "https://www.example.org/garden/rose.jpg")


def test_size_and_place_are_told():
    found = uses("<p>\n<img width=30 height='40px'><img style='width: 5px' width=9><img width=50%>")
    assert [(one.width, one.height) for one in found] == [(30, 40), (5, None), (None, None)]
    assert (found[0].line, found[0].column, found[0].order) == (2, 1, 0)


def test_keys_are_the_same_again_and_change_with_the_file():
    one, other = (uses(f"<img src={name}><img src=b.jpg>") for name in ("a.jpg", "c.jpg"))
    assert [use.key for use in one] == [use.key for use in uses("<img src=a.jpg><img src=b.jpg>")]
    assert one[0].key != other[0].key
    assert one[1].key == other[1].key


def test_what_is_not_seen_is_said():
    assert "outside" in collection("<link rel=stylesheet href=a.css>").notes[0]
    assert collection("<p>").notes == []


def test_too_many_images_are_refused(monkeypatch):
    monkeypatch.setattr(collect_module, "MOST_IMAGES", 2)
    with pytest.raises(ScanError) as refusal:
        uses("<img><img><img>")
    assert refusal.value.code == "too_many_images"


def test_the_page_is_named():
    found = collection("<html lang=de><title> Mein\nGarten </title><meta property=og:site_name content=Garten>")
    assert (found.title, found.lang, found.site_name) == ("Mein Garten", "de", "Garten")
    assert read("<p>").address == ""
