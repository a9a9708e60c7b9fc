"""What stands around an image, and whether anybody gets it."""

import pytest

from tests.scan.pages import use, uses
from webapp.scan.context import MOST


def test_the_link_is_told():
    link = use("<a href='/roses?x=1' title=More><img> Our\n roses</a>").context.link
    assert (link.address, link.text, link.title) == ("https://www.example.org/roses?x=1", "Our roses", "More")
    assert link.name == "Our roses"


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<button><img alt=Search></button>", "Search"),
        ("<button aria-label=Find><img alt=Search></button>", "Find"),
        ("<button title=Find><img></button>", "Find"),
        ("<span role=button><img alt=Search> it</span>", "Search it"),
        ("<button><svg><title>Search</title></svg></button>", "Search"),
        ("<button><img alt=''></button>", ""),
        ("<button><img alt=Search aria-hidden=true></button>", ""),
        ("<button><span style='display:none'>x</span><img></button>", ""),
        ("<p id=n>Find</p><button aria-labelledby=n><img></button>", "Find"),
    ],
)
def test_the_button_has_the_name_that_is_read(html, name):
    assert use(html).context.button.name == name


def test_an_a_without_address_is_no_link():
    assert use("<a><img></a>").context.link is None


def test_the_caption_is_that_of_its_own_figure():
    first, second = uses("<figure><img><figcaption> A rose </figcaption></figure><figure><img></figure>")
    assert (first.context.figcaption, second.context.figcaption) == ("A rose", "")


def test_the_label_is_told():
    assert use("<label>Send <input type=image></label>").context.label == "Send"


def test_the_heading_above_is_the_nearest():
    html = "<h1>Garden</h1><h2>Roses <b>red</b></h2><p>x</p><img><h3>Below</h3>"
    assert use(html).context.heading == "Roses red"


def test_the_heading_of_a_card_belongs_to_its_image():
    card = "<article><div><img></div><h3>{0}</h3><p>{0} text</p></article>"
    first, second = uses("<h2>All</h2>" + card.format("One") + card.format("Two"))
    assert [one.context.own_heading for one in (first, second)] == ["One", "Two"]
    assert first.context.after == "One One text"
    assert use("<section><h3>One</h3><img></section><section><h3>Two</h3></section>").context.own_heading == ""


def test_texts_before_and_after_end_at_headings_and_leave_out_what_is_not_shown():
    context = use(
        "<p>Far</p><h2>Heading</h2><p>Just <b>be</b>fore.</p><script>no</script><p hidden>no</p><img>"
        "<p style='display:none'>no</p><p>Just after.</p><h2>Next</h2><p>Far</p>"
    ).context
    assert context.before == "Just before."
    assert context.after == "Just after."


def test_words_of_neighbours_do_not_run_together():
    assert use("<img><ul><li><a href=a>Home</a></li><li><a href=b>Roses</a></li></ul>").context.after == "Home Roses"


def test_texts_are_bounded_and_cut_between_words():
    context = use("<p>" + "before " * 200 + "</p><img><p>" + "after " * 200).context
    for text, word in ((context.before, "before"), (context.after, "after")):
        assert MOST - 10 < len(text) <= MOST
        assert set(text.split()) == {word}


@pytest.mark.parametrize(
    ("html", "lang"),
    [
        ("<html lang=de><img>", "de"),
        ("<html lang=de><p lang=fr><img>", "fr"),
        ("<html lang=de><p lang=fr><img lang=it>", "it"),
        ("<html lang=de><p lang=''><img>", ""),
        ("<img>", ""),
    ],
)
def test_the_language_is_that_of_the_nearest_element_that_says_one(html, lang):
    assert use(html).context.lang == lang


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("<div hidden><img></div>", "hidden"),
        ("<div style='display: none'><img></div>", "display: none"),
        ("<div style='VISIBILITY:hidden'><img></div>", "visibility: hidden"),
        ("<style>.x{display:none}</style><div class=x><img></div>", "display: none"),
        ("<style>p .x > img{display:none}</style><p><b class=x><img></b></p>", "display: none"),
        ("<style>.x{display:none} #y{display:block}</style><div class=x id=y><img></div>", ""),
        ("<style>#y{display:block} .x{display:none}</style><div class=x id=y><img></div>", ""),
        ("<style>.x{display:block} .x{display:none}</style><div class=x><img></div>", "display: none"),
        ("<style>.x{display:none!important}</style><div class=x style='display:block'><img></div>", "display: none"),
        ("<style>.x{display:none}</style><div class=x style='display:block'><img></div>", ""),
        ("<style>@media print{img{display:none}}</style><img>", ""),
        ("<style>img:hover{display:none}</style><img>", ""),
        ("<style>img:unheard(x){display:none}</style><img>", ""),
        ("<div style='visibility:hidden'><img style='visibility:visible'></div>", ""),
        ("<div hidden style='display:block'><img></div>", ""),
    ],
)
def test_what_the_page_itself_hides_is_known(html, hidden):
    found = use(html)
    assert found.hidden == hidden
    assert found.exposed is not bool(hidden)


@pytest.mark.parametrize("html", ["<p aria-hidden=true><img>", "<img aria-hidden=TRUE>", "<p inert><img>"])
def test_what_ears_do_not_get_is_known(html):
    found = use(html)
    assert not found.exposed
    assert found.hidden == ""


@pytest.mark.parametrize(
    "style", ["opacity: 0", "position:absolute; left:-9999px", "position: fixed; top: -1000em", "opacity:0.0"]
)
def test_what_eyes_do_not_get_is_known(style):
    found = use(f"<p style='{style}'><img>")
    assert found.unseen
    assert found.exposed
    assert not use("<p style='opacity:0.5; left:-9999px'><img>").unseen
