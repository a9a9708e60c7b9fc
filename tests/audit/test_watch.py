"""Another picture under the same address: it is noticed, and never told of in the words of the one before."""

import pytest

from tests.pages.pictures import fail
from tests.queue.pictures import photograph
from webapp.audit.access import uses_of
from webapp.audit.changes import changes_of
from webapp.audit.delete import delete_audit
from webapp.audit.describe import count_describable, describable, describe
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit, Use, Watch
from webapp.audit.places import decide_on, decided_on
from webapp.audit.put_in import decided_alts
from webapp.audit.queueing import cancel, pause, resume
from webapp.audit.start import start_page
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.queue.models import Work

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = b"<h2>One</h2><p>Text.</p><img src=one.jpg width=640><h2>Two</h2><p>Text.</p><img src=two.jpg width=640>"
OLD, NEW = photograph(1), photograph(2)


@pytest.fixture
def described(owner, site, drain):
    """An audit of a page with two pictures that were described; the text of the first one is decided."""
    site.pages |= {"/a": PAGE, "/one.jpg": OLD, "/two.jpg": OLD}
    audit = start_page(owner, site.url("/a"))
    drain()
    (job,) = describe(audit, describable(audit))
    drain()
    first = job.images.get(position=1)
    fail(first)  # there is no draft, so that its text is written by hand
    decide(first, "The first one.", owner=owner)
    return audit


def use_of(audit, name):
    return uses_of(audit).get(address__endswith=name)


def look(audit, drain):
    look_again(audit)
    drain()
    return changes_of(audit)


def test_the_same_picture_keeps_its_words(described, site, drain):
    before = {use.address: use.image_id for use in uses_of(described)}
    site.pages["/a"] = PAGE + b"<p>Changed.</p>"
    changes = look(described, drain)
    assert (changes.pictures, changes.pictures_waiting) == (0, 0)
    assert {use.address: use.image_id for use in uses_of(described)} == before
    assert Image.objects.count() == 2, "nothing is described twice"
    assert decided_alts(use_of(described, "one.jpg").page)[use_of(described, "one.jpg").key] == "The first one."


@pytest.mark.parametrize("page", [PAGE, PAGE + b"<p>Changed.</p>"], ids=["same page", "changed page"])
def test_another_picture_is_described_afresh(described, site, drain, page):
    old = use_of(described, "one.jpg").image
    site.pages |= {"/a": page, "/one.jpg": NEW}
    changes = look(described, drain)
    use = use_of(described, "one.jpg")
    assert changes.pictures == 1
    assert use.image not in (None, old)
    assert (use.image.alt_text, use.image.blob_id == old.blob_id) == (None, False)
    assert decided_alts(use.page) == {}, "the old words are put into no page"
    assert use_of(described, "two.jpg").image_id, "the other one keeps its own"
    old.refresh_from_db()
    assert old.alt_text == "The first one.", "what was decided for the picture before stays with it"
    assert look(described, drain).pictures == 0, "that is no news at the next look"


def test_what_was_decided_for_the_place_holds_for_the_new_picture_only_when_decided_anew(described, owner, site, drain):
    use = use_of(described, "two.jpg")
    decide_on(use, "Two at home.", owner=owner)
    site.pages["/two.jpg"] = NEW
    look(described, drain)
    use = use_of(described, "two.jpg")
    told = decided_on(described, [use])[use.pk]
    assert (told.is_decided, told.version, use.key in decided_alts(use.page)) == (False, 1, False)
    decide_on(use, "Two abroad.", owner=owner, version=told.version)
    assert decided_alts(use.page)[use.key] == "Two abroad."


def test_a_place_that_was_decided_without_a_description_is_watched_from_the_next_look_on(owner, site, drain):
    site.pages |= {"/a": PAGE, "/one.jpg": OLD, "/two.jpg": OLD}
    audit = start_page(owner, site.url("/a"))
    drain()
    decide_on(use_of(audit, "one.jpg"), "One.", owner=owner)
    look(audit, drain)
    site.pages["/one.jpg"] = NEW
    assert look(audit, drain).pictures == 1
    assert not Image.objects.exists(), "nobody asked for a description"
    use = use_of(audit, "one.jpg")
    assert not decided_on(audit, [use])[use.pk].is_decided


def test_a_picture_that_its_server_calls_unmodified_is_not_fetched_again(described, site, drain):
    site.tags["/one.jpg"] = '"1"'
    look(described, drain)
    asked = len(site.requests)
    look(described, drain)
    again = [one for one in site.requests[asked:] if one.path == "/one.jpg"]
    assert [one.headers["if-none-match"] for one in again] == ['"1"']
    assert changes_of(described).pictures == 0


@pytest.mark.parametrize("body", [b"<p>Log in first.</p>", None], ids=["no picture", "gone"])
def test_what_is_no_picture_takes_no_words_away(described, site, drain, body):
    if body is None:
        del site.pages["/one.jpg"]
    else:
        site.pages["/one.jpg"] = body
    look(described, drain)
    assert changes_of(described).pictures == 0
    assert use_of(described, "one.jpg").image.alt_text == "The first one."
    watch = Work.objects.get(watch__address__endswith="one.jpg")
    assert watch.error_message or watch.attempts


def test_where_the_queue_is_full_the_report_offers_the_description(described, site, drain, settings):
    site.pages["/one.jpg"] = NEW
    settings.MAX_QUEUED_IMAGES = 0
    look(described, drain)
    assert use_of(described, "one.jpg").image is None
    assert count_describable(described) == 1


def test_pictures_follow_their_audit(described, drain):
    look_again(described)
    pause(described)
    assert drain() == 0
    resume(described)
    cancel(described)
    assert not Work.objects.filter(watch__isnull=False).exists()
    assert drain() == 0
    look_again(described)
    delete_audit(described)
    assert (Watch.objects.count(), Work.objects.filter(watch__isnull=False).count()) == (0, 0)


def test_an_audit_that_was_deleted_meanwhile_takes_nothing(described, site, drain):
    look_again(described)
    Audit.objects.all().delete()
    assert drain() == 0
    assert not Use.objects.exists()
