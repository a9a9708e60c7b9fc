"""Decided texts in the source of a page, and the lines that change by them."""

import pytest

from tests.library.drafts import draft_all
from webapp.audit.describe import describable, describe
from webapp.audit.models import Use
from webapp.audit.places import decide_on
from webapp.audit.put_in import Line, changes, decided_alts, put_in
from webapp.audit.start import start_html
from webapp.library.decide import decide
from webapp.library.models import Image

pytestmark = pytest.mark.django_db(transaction=True)

LINES = ["<title>Shop</title>", '<p>One<img src="a.jpg">', "<p>Two", '<p>Three<img src="b.jpg">', "<p>End"]


@pytest.fixture
def taken_in(owner, drain):
    def take(html):
        audit = start_html(owner, html.encode(), address="https://example.org/")
        drain()
        return audit.pages.get()

    return take


def decided(page, owner, text="A wheel."):
    describe(page.audit, describable(page.audit))
    Image.objects.update(state=Image.State.WITHHELD)
    for image in Image.objects.all():
        decide(image, text, owner=owner)
    return decided_alts(page)


def test_only_decided_texts_are_put_in(owner, taken_in):
    page = taken_in('<p>One<img src="a.jpg"><p><a href="/cart"><img src="cart.png"></a><img src=c.jpg alt="">')
    assert decided_alts(page) == {}
    alts = decided(page, owner)

    assert list(alts.values()) == ["A wheel."]
    before, after = put_in(page, alts)
    assert after == before.replace(b"<img src", b'<img alt="A wheel." src', 1)


def test_a_draft_is_no_decision(owner, taken_in):
    page = taken_in(LINES[1])
    describe(page.audit, describable(page.audit))
    draft_all()
    assert decided_alts(page) == {}


def test_what_is_decided_for_a_place_comes_first(owner, taken_in):
    page = taken_in(
        '<p>One<img src="a.jpg"><p>Two<img src="a.jpg"><p><a href="/cart"><img src="a.jpg"></a>'
        '<p>Three<img src="a.jpg"><p>Four<img src="a.jpg" alt="Its own">'
    )
    assert len(decided(page, owner)) == 3
    uses = list(page.uses.order_by("position"))
    decide_on(uses[1], "A wheel in use.", owner=owner)
    decide_on(uses[2], "Cart", owner=owner, role="functional")
    decide_on(uses[3], "", owner=owner, role="decorative")
    decide_on(uses[4], "A bell.", owner=owner)
    before, after = put_in(page, decided_alts(page))
    expected = before
    for text in (b"A wheel.", b"A wheel in use.", b"Cart", b""):
        expected = expected.replace(b"<img src", b'<img alt="%s" src' % text, 1)
    assert after == expected
    assert len(changes(page, before, after)) == 1


def test_what_is_all_of_a_link_by_now_is_no_decoration(owner, taken_in):
    page = taken_in('<p><a href="/cart"><img src="a.jpg"> Cart</a>')
    decide_on(page.uses.get(), "", owner=owner, role="decorative")
    assert list(decided_alts(page).values()) == [""]
    page = taken_in('<p><a href="/cart"><img src="a.jpg"></a>')
    assert decided_alts(page) == {}


def test_names_and_empties_are_never_put_in(owner, taken_in):
    page = taken_in(LINES[1])
    assert decided(page, owner)
    for todo in ("name", "empty", "person", "nothing"):
        Use.objects.update(todo=todo)
        assert decided_alts(page) == {}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_changes_have_the_lines_beside_them(owner, taken_in, end):
    page = taken_in(end.join(LINES))
    first, second = changes(page, *put_in(page, decided(page, owner)))

    assert (first.number, second.number) == (2, 4)
    assert first.lines == (
        Line("", "<title>Shop</title>"),
        Line("-", '<p>One<img src="a.jpg">'),
        Line("+", '<p>One<img alt="A wheel." src="a.jpg">'),
        Line("", "<p>Two"),
    )


def test_lines_that_follow_each_other_are_one_change(owner, taken_in):
    page = taken_in("\n".join((LINES[1], LINES[3])))
    (change,) = changes(page, *put_in(page, decided(page, owner)))

    assert [line.mark for line in change.lines] == ["-", "-", "+", "+"]


def test_a_long_line_is_shown_tag_by_tag(owner, taken_in):
    page = taken_in("<p>Word</p>" * 100 + '<p>x<img src="a.jpg"> beside it' + "<p>Word</p>" * 100)
    (change,) = changes(page, *put_in(page, decided(page, owner)))

    assert [line.text for line in change.lines] == [
        "<p>x",
        '<img src="a.jpg"> beside it',
        '<img alt="A wheel." src="a.jpg"> beside it',
        "<p>Word",
    ]


def test_nothing_decided_changes_nothing(taken_in):
    page = taken_in(LINES[1])
    before, after = put_in(page, {})
    assert before == after
    assert changes(page, before, after) == []
