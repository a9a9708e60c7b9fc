"""The middleware: which answers it touches, what it asks, and that nothing can go wrong with a page."""

import gzip

import pytest
from django.core.cache import cache
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from alttext.breaker import AskLater
from alttext.middleware import AltTextMiddleware
from tests.alttext.sources import TULIP, text

PAGE = b'<!doctype html><html lang="en"><p><img src="/tulip.jpg"><img src="rose.jpg"></html>'
FILLED = PAGE.replace(b'<img src="/t', f'<img alt="{TULIP}" data-alt-origin="edited" src="/t'.encode())


def served(response, path="/garden/", **extra):
    return AltTextMiddleware(lambda request: response)(RequestFactory().get(path, **extra))


def test_a_page_gets_its_texts(source):
    assert served(HttpResponse(PAGE)).content == FILLED
    assert source.asked == [["http://testserver/tulip.jpg", "http://testserver/garden/rose.jpg"]]


def test_what_is_known_is_not_asked_again_nor_what_is_known_to_be_unknown(source):
    served(HttpResponse(PAGE))
    assert served(HttpResponse(PAGE)).content == FILLED
    assert served(HttpResponse(PAGE + b"<img src=/tulip.jpg>"), "/other/").content.count(TULIP.encode()) == 2
    assert len(source.asked) == 2, "on another page rose.jpg is another picture"
    assert source.asked[1] == ["http://testserver/tulip.jpg", "http://testserver/other/rose.jpg"]
    served(HttpResponse(PAGE[:-1] + b"<img src=/tulip.jpg>"), "/other/")
    assert len(source.asked) == 2, "each of them is known by itself"


def test_a_base_element_is_heeded(source):
    source.known = {"https://cdn.example/x/rose.jpg": text("Rose")}
    page = b'<html lang=en><base href="//cdn.example/x/"><img src=rose.jpg>'
    answer = served(HttpResponse(page), secure=True)
    assert b'alt="Rose"' in answer.content


def test_pictures_are_known_by_the_address_of_the_site(source, settings):
    settings.ALTTEXT = {**settings.ALTTEXT, "SITE_URL": "https://www.example.org"}
    source.known = {"https://www.example.org/garden/rose.jpg": text("Rose")}
    assert b'alt="Rose"' in served(HttpResponse(PAGE)).content


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE, content_type="text/plain"),
        HttpResponse(PAGE, content_type="application/xhtml+xml"),
        HttpResponse(PAGE, status=206),
        HttpResponse(gzip.compress(PAGE), headers={"Content-Encoding": "gzip"}),
        HttpResponse(PAGE, content_type="text/html; charset=no-such-charset"),
        HttpResponse(PAGE + b" " * 2_000_000),
        HttpResponse(b""),
    ],
    ids=["text", "xhtml", "part", "compressed", "charset", "large", "empty"],
)
def test_other_answers_are_left_alone(source, response):
    before = response.content
    assert served(response).content == before
    assert source.asked == []


def test_so_are_streams(source):
    assert b"".join(served(StreamingHttpResponse([PAGE]))) == PAGE
    assert served(FileResponse(b"", content_type="text/html")).streaming


def test_so_are_paths_that_the_setting_names(source, settings):
    assert served(HttpResponse(PAGE), "/admin/x/").content == PAGE
    settings.ALTTEXT = {**settings.ALTTEXT, "SKIP": ["/shop/", "/api"]}
    assert served(HttpResponse(PAGE), "/api/x").content == PAGE
    assert served(HttpResponse(PAGE), "/admin/x/").content == FILLED


def test_the_headers_fit_the_new_bytes(source):
    response = HttpResponse(PAGE, headers={"Content-Length": str(len(PAGE)), "ETag": '"view"', "Repr-Digest": "x"})
    answer = served(response)
    assert answer["Content-Length"] == str(len(FILLED))
    assert answer["ETag"] not in ('"view"', "")
    assert "Repr-Digest" not in answer
    again = served(HttpResponse(PAGE, headers={"ETag": '"view"'}))
    assert again["ETag"] == answer["ETag"], "the same page has the same tag"
    assert "Content-Length" not in again


def test_without_a_change_the_headers_stay(source):
    source.known = {}
    answer = served(HttpResponse(PAGE, headers={"ETag": '"view"'}))
    assert (answer.content, answer["ETag"]) == (PAGE, '"view"')


def test_the_page_s_charset_is_honoured(source):
    source.known = {"http://testserver/tulip.jpg": text("Café Ω")}
    page = "<html lang=en>é<img src=/tulip.jpg>".encode("latin-1")
    answer = served(HttpResponse(page, content_type="text/html; charset=ISO-8859-1"))
    assert '<img alt="Café &#937;" data'.encode("latin-1") in answer.content


def test_a_source_that_fails_costs_the_page_nothing_but_its_texts(source, caplog):
    source.error = OSError("down")
    for _ in range(10):
        assert served(HttpResponse(PAGE)).content == PAGE
    assert len(source.asked) == 3, "then it is left alone for a while"
    assert len(caplog.records) == 1, "and the log hears of it once"


def test_while_it_rests_what_is_in_the_cache_is_used(source):
    served(HttpResponse(PAGE))
    source.error = OSError("down")
    page = PAGE + b"<img src=new.jpg>"
    assert served(HttpResponse(page)).content == FILLED + b"<img src=new.jpg>"


def test_texts_that_are_to_be_asked_for_anew_are_used_until_they_can_be(source, settings):
    settings.ALTTEXT = {**settings.ALTTEXT, "CACHE_SECONDS": 0}
    assert served(HttpResponse(PAGE)).content == FILLED
    source.error = OSError("down")
    assert served(HttpResponse(PAGE)).content == FILLED
    source.error, source.known = None, {}
    assert served(HttpResponse(PAGE)).content == PAGE, "a text that was taken back"
    source.error = OSError("down")
    assert served(HttpResponse(PAGE)).content == PAGE
    assert len(source.asked) == 4


def test_a_source_that_is_asked_too_often_is_left_alone_and_pictures_keep_their_texts(source):
    served(HttpResponse(PAGE))
    source.error = AskLater(30)
    for number in range(9):
        assert served(HttpResponse(PAGE), f"/garden/?x={number}").content == FILLED
    assert len(source.asked) == 2


def test_each_page_is_asked_about_unless_the_setting_says_which_parameters_make_one(source, settings):
    for number in range(5):
        served(HttpResponse(PAGE), f"/garden/?x={number}")
    assert len(source.asked) == 5
    settings.ALTTEXT = {**settings.ALTTEXT, "PAGE_PARAMETERS": ["id"]}
    source.pages.clear()
    source.known |= {("http://testserver/garden/rose.jpg", 1): text("Of the place.")}
    for query in ("?id=7&utm=1", "?x=2&id=7", "?id=7", "?x=3", "", "?idx=3"):
        served(HttpResponse(PAGE), f"/garden/{query}")
    assert source.pages == ["http://testserver/garden/?id=7", "http://testserver/garden/"]
    assert b"Of the place." in served(HttpResponse(PAGE + b"<img src=/x>"), "/garden/?id=7&x=9").content


def test_any_other_error_leaves_the_page_and_is_told_once(source, caplog, monkeypatch):
    monkeypatch.setattr(type(cache._connections[cache._alias]), "get", lambda *args, **options: 1 / 0)
    middleware = AltTextMiddleware(lambda request: HttpResponse(PAGE))
    for _ in range(3):
        assert middleware(RequestFactory().get("/")).content == PAGE
    assert len(caplog.records) == 1


def test_errors_of_the_view_go_through(source):
    def view(request):
        raise ValueError("the view's own")

    with pytest.raises(ValueError, match="own"):
        AltTextMiddleware(view)(RequestFactory().get("/"))
