"""The page that looks for pictures."""

from django.test import Client

from tests.pages.pictures import describe, hand_over
from webapp.library.decide import decide


def text_of(client, query=""):
    return client.get(f"/search/{query}").content.decode()


def test_words_lead_to_pictures_and_their_texts(visitor, owner):
    first, second = describe(hand_over(owner, "a.png", "b.png"), "A horse.")
    decide(first, "My dog Rex.", owner=owner)

    page = text_of(visitor, "?q=rex&state=")
    assert "<title>1 picture found" in page
    assert "My dog Rex." in page
    assert f'href="/images/{first.pk}/"' in page
    assert 'value="rex"' in page

    page = text_of(visitor, "?q=horse&state=suggested")
    assert 'Draft, not checked: <span lang="en">A horse.</span>' in page
    assert f'href="/images/{second.pk}/"' in page
    assert f'href="/images/{first.pk}/"' not in page


def test_nothing_is_asked_until_the_form_is_sent(visitor, owner):
    hand_over(owner, "a.png")
    assert "found" not in text_of(visitor)
    assert "1 picture found" in text_of(visitor, "?q=")


def test_nothing_found_says_so(visitor, stranger, owner):
    describe(hand_over(owner, "a.png"), "A horse.")
    for client in (stranger, Client()):
        page = text_of(client, "?q=horse")
        assert "Nothing found" in page
        assert "a.png" not in page
    assert "Nothing found" in text_of(visitor, "?q=zebra")


def test_what_cannot_be_looked_for_is_told_and_kept(visitor):
    answer = visitor.get("/search/", {"q": "x" * 201, "state": "lost"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Search" in page
    assert "x" * 201 in page
    assert page.count("field-error") == 2


def test_many_are_shown_page_by_page_and_the_words_stay(visitor, owner, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("webapp.pages.search.PICTURES_A_PAGE", 2)
    describe(hand_over(owner, "a.png", "b.png", "c.png"), "A horse.")
    page = text_of(visitor, "?q=horse")
    assert "<title>3 pictures found, page 1 of 2 " in page
    assert 'href="?q=horse&amp;page=2"' in page
    with django_assert_max_num_queries(8):
        page = text_of(visitor, "?q=horse&page=2")
    assert "Picture 3 of 3" in page
    assert 'href="?q=horse&amp;page=1"' in page


def test_it_is_linked_where_pictures_are(visitor):
    for page in ("/history/", "/review/"):
        assert 'href="/search/"' in visitor.get(page).content.decode()
