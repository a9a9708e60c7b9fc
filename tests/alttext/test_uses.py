"""Texts of uses: which image of a page they go to, that they come first, and that a link is named by them alone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from alttext.fill import fill
from tests.alttext.sources import TULIP, text
from tests.alttext.test_middleware import served
from tests.alttext.test_tags import rendered, templates  # noqa: F401

PAGE = "https://example.org/shop/"
ROSE = text("A rose.")
BASKET = text("Your basket.")
DECORATION = {"alt_text": "", "lang": "en", "origin": "decorative"}


def said(answer, html):
    return f'<img alt="{answer["alt_text"]}" data-alt-origin="{answer["origin"]}"{html.removeprefix("<img")}'


def filled(html, texts):
    return fill(html.encode(), "utf-8", lambda base, written: texts, page=PAGE).decode()


@pytest.mark.parametrize(
    "link", ["<a href=x>|</a>", "<button>|</button>", "<div role=button tabindex=0>|</div>", "<summary> |</summary>"]
)
def test_what_a_link_or_button_holds_alone_takes_only_the_text_of_its_use(link):
    html = f"<html lang=en>{link}".replace("|", "<img src=a>")
    assert filled(html, {"a": ROSE}) == html
    assert filled(html, {"a": ROSE, ("a", 1): BASKET}) == html.replace("<img src=a>", said(BASKET, "<img src=a>"))
    assert filled(html, {"a": ROSE, ("a", 1): DECORATION}) == html, "a link needs a name"


def test_others_take_that_of_their_use_first_then_that_of_the_picture():
    html = "<html lang=en><img src=a><img src=a><img src=b>"
    after = filled(html, {"a": ROSE, ("a", 2): BASKET, ("b", 1): DECORATION})
    expected = [said(ROSE, "<img src=a>"), said(BASKET, "<img src=a>"), said(DECORATION, "<img src=b>")]
    assert after == "".join(["<html lang=en>", *expected])


def test_an_empty_text_that_nobody_called_decoration_is_none():
    assert filled("<html lang=en><img src=a>", {("a", 1): text("")}) == "<html lang=en><img src=a>"


@pytest.mark.parametrize(
    "before",
    [
        "<img src=a alt=''>",
        "<img src=a alt=Rose>",
        "<a href=x><img src='/shop/a' alt=x></a>",
        "<img src='../shop/a#top' alt=x>",
        "<img src='%61' alt=x>",
        "<img src='/shop/%61#top' alt=x>",
        "<img src='HTTPS://EXAMPLE.org:443/shop/./a' alt=x>",
        "<img src='/shop/b/../a' alt=x>",
        "<img src='\\shop\\a' alt=x>",
        "<img src=b data-src=a alt=x>",
        "<img src='data:,' srcset='a 1x, b 2x' alt=x>",
    ],
)
def test_each_image_with_the_same_address_counts(before):
    html = f"<html lang=en>{before}<img src=a>"
    after = filled(html, {"a": ROSE, ("a", 2): BASKET})
    assert after == f"<html lang=en>{before}{said(BASKET, '<img src=a>')}"


def test_sizes_of_a_picture_are_places_of_their_own():
    html = "<html lang=en><img src=a?w=10><a href=x><img src=a?w=640></a>"
    after = filled(html, {"a?w=10": ROSE, "a?w=640": ROSE, ("a?w=640", 1): BASKET})
    small, large = said(ROSE, "<img src=a?w=10>"), said(BASKET, "<img src=a?w=640>")
    assert after == f"<html lang=en>{small}<a href=x>{large}</a>"


@pytest.mark.parametrize("before", ["<img src=b alt=x>", "<p><noscript><img src=a alt=x></noscript>", "<img alt=x>"])
def test_no_other_image_counts(before):
    html = f"<html lang=en>{before}<img src=a>"
    assert filled(html, {("a", 1): BASKET}) == f"<html lang=en>{before}{said(BASKET, '<img src=a>')}"


def test_a_page_is_asked_for_with_its_query(source):
    served(HttpResponse(b"<html lang=en><img src=/tulip.jpg>"), "/garden/?id=7")
    assert source.pages == ["http://testserver/garden/?id=7"]


def test_the_middleware_fills_in_uses_of_this_page_alone_from_the_cache_too(source):
    source.known = {"http://testserver/tulip.jpg": text(), ("http://testserver/tulip.jpg", 2): BASKET}
    html = b'<html lang="en"><img src="/tulip.jpg"><a href="/x"><img src="tulip.jpg"></a>'
    for _ in range(2):
        content = served(HttpResponse(html), "/").content.decode()
        assert content.count(TULIP) == 1
        assert '<a href="/x"><img alt="Your basket."' in content
    served(HttpResponse(html + b"<img src=/rose.jpg>"), "/")
    assert source.asked[1] == ["http://testserver/rose.jpg"], "uses are known by themselves"


def test_the_tag_takes_that_of_its_place_first(source):
    request = RequestFactory().get("/garden/")
    source.known = {"http://testserver/tulip.jpg": text(), ("http://testserver/tulip.jpg", 2): BASKET}
    assert TULIP in rendered('{% alttext_img "/tulip.jpg" %}', request)
    assert "Your basket." in rendered('{% alttext_img "/tulip.jpg" nth=2 %}', request)
    assert rendered('{% alttext_img "/tulip.jpg" alone=True %}', request) == '<img src="/tulip.jpg">'
    assert "Your basket." in rendered('{% alttext_img "/tulip.jpg" nth=2 alone=True %}', request)
    assert set(source.pages) == {"http://testserver/garden/"}
