"""The same file again: it gets the decision that stands for its bytes, once and only among the same people."""

import pytest
from django.conf import settings

from tests.library.drafts import SENTENCES, draft_all
from tests.pages.pictures import describe, png
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.models import Owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.library.decide import decide, reject
from webapp.library.delete import delete_image
from webapp.library.models import Decision, Image, UnsavedText
from webapp.library.reuse import reuse_of
from webapp.library.submit import Linked, Upload, examine, submit
from webapp.library.undo import undo
from webapp.queue.arrive import arrive
from webapp.queue.claim import claim
from webapp.queue.models import Work

pytestmark = pytest.mark.django_db
FILE = png(4)


def hand_over(owner, *contents, site=None):
    job = submit(owner, [examine(Upload(f"{n}.png", content)) for n, content in enumerate(contents, 1)], site=site)
    return list(job.images.order_by("position"))


def drafted(owner, content=FILE, site=None):
    (image,) = hand_over(owner, content, site=site)
    (image,) = describe(image.job)
    return image


@pytest.fixture
def decided(owner):
    image = drafted(owner)
    decide(image, "A wall.", owner=owner)
    return image


def facts(image):
    image.refresh_from_db()
    return image.state, image.alt_text


def test_the_text_is_there_at_once_and_no_work_is(owner, decided):
    again, other = hand_over(owner, FILE, png(5))
    assert facts(again) == (Image.State.EDITED, "A wall.")
    assert facts(other) == (Image.State.WAITING, None)
    assert list(Work.objects.filter(image__in=[again, other]).values_list("image", flat=True)) == [other.pk]
    assert not again.spool_name
    assert again.blob.has_copy
    decision = again.decisions.get()
    assert (decision.reuse, decision.reused_from, decision.decided_by) == ("same", decided, owner)
    assert reuse_of(again) == decision


@pytest.mark.django_db(transaction=True)
def test_the_original_goes_after_the_commit(owner):
    decide(drafted(owner), "A wall.", owner=owner)
    before = set(settings.SPOOL_DIR.glob("*"))
    hand_over(owner, FILE)
    assert set(settings.SPOOL_DIR.glob("*")) == before


def test_an_approved_draft_stays_one(owner):
    image = drafted(owner)
    decide(image, image.sentence("1"), owner=owner)
    (again,) = hand_over(owner, FILE)
    assert facts(again)[0] == Image.State.APPROVED
    assert again.decisions.get().chosen_rank == 1


def test_taken_back_it_leaves_the_drafts(owner, decided):
    (again,) = hand_over(owner, FILE)
    undo(again.decisions.get(), owner=owner)
    assert facts(again) == (Image.State.SUGGESTED, None)
    assert again.suggestion.candidates == decided.suggestion.candidates
    assert not UnsavedText.objects.exists(), "nobody wrote it here"
    assert facts(decided) == (Image.State.EDITED, "A wall.")
    assert reuse_of(again) is None


def test_another_decision_is_ones_own(owner, decided):
    (again,) = hand_over(owner, FILE)
    decide(again, "A red wall.", owner=owner)
    assert reuse_of(again) is None


@pytest.mark.parametrize("how", ["rejected", "undone", "drafted"])
def test_what_does_not_stand_gives_nothing(owner, how):
    image = drafted(owner)
    if how == "rejected":
        reject(image, owner=owner)
    if how == "undone":
        undo(decide(image, "A wall.", owner=owner), owner=owner)
    (again,) = hand_over(owner, FILE)
    assert facts(again) == (Image.State.WAITING, None)
    assert Work.objects.filter(image=again).exists()


def test_the_newest_decision_counts(owner, decided):
    (second,) = hand_over(owner, FILE)
    decide(second, "Second.", owner=owner)
    assert facts(hand_over(owner, FILE)[0])[1] == "Second."
    decide(decided, "Third.", owner=owner)
    assert facts(hand_over(owner, FILE)[0])[1] == "Third."


def test_a_newer_rejection_of_the_same_file_gives_nothing(owner, decided):
    (again,) = hand_over(owner, FILE)
    reject(again, owner=owner)
    (third,) = hand_over(owner, FILE)
    assert third.state == Image.State.WAITING


def test_it_stays_when_its_source_is_deleted(owner, decided):
    (again,) = hand_over(owner, FILE)
    delete_image(decided)
    decision = again.decisions.get()
    assert (decision.reuse, decision.reused_from) == ("same", None)
    assert facts(again) == (Image.State.EDITED, "A wall.")


def test_of_another_owner_nothing_is_taken_where_a_site_has_no_members(decided):
    other = Owner.objects.create(kind=Owner.Kind.SESSION)
    assert facts(hand_over(other, FILE)[0]) == (Image.State.WAITING, None)


def test_members_of_a_site_share_and_sites_do_not():
    alice, charlie = account_of("alice"), account_of("charlie")
    site, another = make_site("Shop", alice.user), make_site("Another", alice.user)
    add_member(site, "charlie", Role.REVIEWER)
    image = drafted(alice, site=site)
    decide(image, "A wall.", owner=alice)
    key, _ = make_key("server", charlie, site=site)
    for owner, where, text in [(charlie, site, "A wall."), (key.owner, site, "A wall."), (alice, another, None)]:
        assert facts(hand_over(owner, FILE, site=where)[0])[1] == text
    assert facts(hand_over(alice, FILE)[0])[1] is None


def test_a_text_in_another_language_is_not_taken(owner, decided):
    decided.site.lang = "de"
    decided.site.save()
    assert facts(hand_over(owner, FILE)[0])[1] is None


def test_a_picture_that_could_not_be_described_is_described(owner):
    """Its text was decided without draft or copy, so the new one needs a worker for them."""
    (image,) = hand_over(owner, FILE)
    Image.objects.filter(pk=image.pk).update(state=Image.State.FAILED, error_code="caption_failed")
    Work.objects.update(status=Work.Status.FAILED)
    image.refresh_from_db()
    decide(image, "A wall.", owner=owner)
    (again,) = hand_over(owner, FILE)
    assert facts(again) == (Image.State.WAITING, None)
    draft_all()
    assert again.suggestion.text == SENTENCES[0]


def test_a_fetched_file_too(owner, decided):
    (image,) = submit(owner, [Linked("https://example.org/wall.png")]).images.all()
    (work,) = claim("fetch", "test", 1, alone=False)
    assert arrive(work, examine(Upload("wall.png", FILE)))
    assert facts(image) == (Image.State.EDITED, "A wall.")
    assert (image.blob_id, image.spool_name) == (decided.blob_id, "")
    work.refresh_from_db()
    assert (work.status, work.lease_until) == (Work.Status.DONE, None)


def test_twice_in_one_hand_over_both_get_it(owner, decided):
    assert [facts(image)[1] for image in hand_over(owner, FILE, FILE)] == ["A wall."] * 2
    assert Decision.objects.filter(reuse="same").count() == 2
    assert not UnsavedText.objects.exists()
