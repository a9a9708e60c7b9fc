"""From the uses of an audit to pictures in the library, and back to what is suggested for each use."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from captioner.bands import Band
from tests.library.drafts import SENTENCES, draft_all
from tests.queue.pictures import photograph
from webapp.audit.describe import count_describable, describable, describe
from webapp.audit.errors import NothingToDescribe
from webapp.audit.models import Use
from webapp.audit.start import start_html
from webapp.audit.suggest import Suggestion, suggestion_for
from webapp.library.decide import decide
from webapp.library.errors import QueueFull
from webapp.library.models import Image, Job

pytestmark = pytest.mark.django_db(transaction=True)

DATA = "data:image/jpeg;base64," + base64.b64encode(photograph(7)).decode()
HTML = f"""<title>Shop</title><h1>Wheels</h1><p>Before.<img src="wheel.jpg">After.
<p><img src="wheel.jpg"><p><img src="{DATA}"><p><img src="other.jpg" alt="Another wheel, seen from the side">
<p><a href="/your-cart"><img src="cart.png"></a>
<p><a href="/x1"><img src="x.png"></a><p><img src="dot.gif" width=1 height=1>"""


@pytest.fixture
def audit(owner, drain):
    audit = start_html(owner, HTML.encode(), address="https://example.org/shop/")
    drain()
    return audit


def use(audit, name):
    return Use.objects.filter(page__audit=audit, address__contains=name).first()


def test_only_what_needs_words_is_described(audit):
    assert [one.address[:40] for one in describable(audit)] == [
        "https://example.org/shop/wheel.jpg",
        "https://example.org/shop/wheel.jpg",
        DATA[:40],
    ]


def test_each_picture_once_and_all_its_uses_know_it(audit):
    (job,) = describe(audit, describable(audit))
    assert [(image.source_url, image.blob is None) for image in job.images.order_by("position")] == [
        ("https://example.org/shop/wheel.jpg", True),
        ("", False),
    ]
    wheels = Use.objects.filter(address__contains="wheel.jpg")
    assert len({one.image_id for one in wheels}) == 1
    assert describable(audit) == []
    with pytest.raises(NothingToDescribe):
        describe(audit, describable(audit))
    assert Job.objects.count() == 1


def test_two_who_ask_at_once_describe_once(audit):
    seen_by_both = describable(audit)
    assert len(describe(audit, seen_by_both)) == 1
    assert describe(audit, seen_by_both) == []
    assert Image.objects.count() == 2


def test_what_fits_into_the_queue_is_done(audit, settings):
    settings.MAX_FILES_PER_UPLOAD = settings.MAX_QUEUED_IMAGES = 1
    assert len(describe(audit, describable(audit))) == 1
    assert len(describable(audit)) == 1


def test_many_pictures_make_several_jobs(audit, settings):
    settings.MAX_FILES_PER_UPLOAD = 1
    assert len(describe(audit, describable(audit))) == 2


def queries_of(number, owner, drain):
    """How many queries it takes to hand over so many pictures, each used twice."""
    html = "".join(f"<p>Number {at}: <img src=a{at}.jpg></p><p><img src=a{at}.jpg></p>" for at in range(number))
    audit = start_html(owner, html.encode(), address="https://example.org/")
    drain()
    uses = describable(audit)
    with CaptureQueriesContext(connection) as queries:
        describe(audit, uses)
    assert Use.objects.filter(page__audit=audit, image=None).count() == 0
    return len(queries)


def test_many_pictures_cost_no_more_queries_than_few(owner, drain, settings):
    queries_of(1, owner, drain)  # the first of a day and of a month makes their counts
    one_job = queries_of(2, owner, drain)
    assert queries_of(settings.MAX_FILES_PER_UPLOAD, owner, drain) == one_job
    assert queries_of(4 * settings.MAX_FILES_PER_UPLOAD, owner, drain) == 4 * one_job


def test_when_the_queue_is_full_nothing_is_lost(audit, settings):
    settings.MAX_QUEUED_IMAGES = 1
    with pytest.raises(QueueFull):
        describe(audit, describable(audit))
    assert len(describable(audit)) == 3


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,####", "data:,", "data:text/html,<b>", "data:image/png;base64," + "A" * 30]
)
def test_broken_data_is_a_picture_that_fails_with_its_reason(owner, drain, address):
    audit = start_html(owner, f'<p>x<img src="{address}">'.encode())
    drain()
    (use,) = describable(audit)
    (job,) = describe(audit, [use])
    assert job.images.get().error_code in ("empty_file", "not_an_image")


@pytest.mark.parametrize("address", ["wheel.jpg", "/wheel.jpg", "ftp://example.org/a.jpg", "blob:x", "cid:1"])
def test_what_cannot_be_had_is_not_asked_for(owner, drain, address):
    audit = start_html(owner, f'<p>x<img src="{address}">'.encode())
    drain()
    assert describable(audit) == []


def test_a_link_is_called_after_where_it_leads_and_never_after_its_picture(audit):
    suggestion = suggestion_for(use(audit, "cart.png"))
    assert suggestion == Suggestion("Your cart", "page", "From the address of the link.")
    describe(audit, [use(audit, "cart.png")])
    draft_all()
    assert suggestion_for(use(audit, "cart.png")) == suggestion


def test_where_the_page_gives_no_words_only_a_person_can_say(audit):
    assert suggestion_for(use(audit, "x.png")) is None


def test_what_has_a_text_has_no_suggestion(audit):
    assert suggestion_for(use(audit, "other.jpg")) is None


def test_a_sentence_comes_with_its_band_and_a_persons_text_before_it(audit, owner):
    describe(audit, [use(audit, "data:")])
    assert suggestion_for(use(audit, "data:")) is None, "it is not there yet"
    draft_all(confidence={"p": 0.6, "band": "unsure", "calibrated": True})
    assert suggestion_for(use(audit, "data:")) == Suggestion(SENTENCES[0], "picture", "Unsure.", Band.UNSURE)
    decide(use(audit, "data:").image, "A blue wheel.", owner=owner)
    assert suggestion_for(use(audit, "data:")).text == "A blue wheel."
    assert suggestion_for(use(audit, "data:")).origin == "person"


def test_the_words_around_it_choose_among_the_models_sentences(owner, drain):
    audit = start_html(owner, f'<h1>Our dog on a couch</h1><p><img src="{DATA}">'.encode())
    drain()
    describe(audit, describable(audit))
    draft_all("A cat lies.", "A dog lies.", confidence={"p": 0.9, "band": "likely", "calibrated": True})
    drafted = use(audit, "data:").image.suggestion
    drafted.candidates[1]["score"] = drafted.candidates[0]["score"] - 0.1
    drafted.save()
    found = suggestion_for(use(audit, "data:"))
    assert (found.text, found.origin, found.band) == ("A dog lies.", "picture", None)
    assert "“dog” stands in the heading above" in found.reason
    assert "not measured" in found.reason


def test_what_is_written_in_a_picture_is_no_description(owner, drain):
    audit = start_html(owner, f'<p>x<img class="logo" src="{DATA}">'.encode())
    drain()
    logo = use(audit, "data:")
    assert logo.todo == "text"
    describe(audit, [logo])
    draft_all(confidence={"p": 0.9, "band": "likely", "calibrated": True})
    assert suggestion_for(use(audit, "data:")) is None


def test_a_sentence_that_is_withheld_is_none(audit):
    describe(audit, [use(audit, "data:")])
    draft_all(withheld="too_unsure")
    assert suggestion_for(use(audit, "data:")) is None


def test_a_deleted_picture_leaves_its_use(audit):
    describe(audit, [use(audit, "data:")])
    Image.objects.all().delete()
    assert use(audit, "data:").image is None
    assert len(describable(audit)) == 3


def test_pictures_are_counted_once_and_only_those_that_can_be_had(audit, owner, drain):
    assert count_describable(audit) == 2
    loose = start_html(owner, b'<p>x<img src="wheel.jpg"><img src="https://example.org/a.jpg">')
    drain()
    assert count_describable(loose) == 1
    describe(audit, describable(audit))
    assert count_describable(audit) == 0
