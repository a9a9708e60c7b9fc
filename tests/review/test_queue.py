"""The review queue: what is seen most and trusted least comes first, and a walk through it misses nothing."""

import pytest

from captioner.bands import Band
from tests.pages.audited import look_at, start
from tests.pages.pictures import describe, fail, hand_over
from webapp.accounts.models import Owner
from webapp.feedback.models import Report
from webapp.feedback.report import report
from webapp.library.decide import decide, reject
from webapp.library.models import Image, Inference
from webapp.library.undo import undo
from webapp.review.queue import count_by_band, count_reported, place_in_queue, review_queue


def with_confidence(p: float | None, band: str = "unsure") -> dict[str, object]:
    return {"p": p, "band": band, "calibrated": p is not None}


def names(owner):
    return list(review_queue(owner).values_list("name", flat=True))


@pytest.fixture
def doubts(owner):
    """Five pictures, of whose drafts one is likely, one unsure, one not calibrated, one withheld, and one waits."""
    job = hand_over(owner, "likely", "unsure", "unmeasured", "withheld", "waits")
    describe(job, first=1, confidence=with_confidence(0.9, "likely"))
    describe(job, first=1, confidence=with_confidence(0.6))
    describe(job, first=1, confidence=with_confidence(None, "not_calibrated"))
    describe(job, first=1, withheld="too_unsure", confidence=with_confidence(0.1, "doubtful"))
    return {image.name: image for image in job.images.all()}


def test_the_least_sure_draft_comes_first(owner, doubts):
    assert names(owner) == ["withheld", "unmeasured", "unsure", "likely"]


def test_equals_come_in_the_order_of_handing_over(owner):
    describe(hand_over(owner, "a", "b", "c"))
    describe(hand_over(owner, "d"))
    assert names(owner) == ["a", "b", "c", "d"]


def test_a_picture_that_stands_on_many_places_comes_before_a_less_sure_one_on_one(owner, doubts):
    audit = look_at(start(owner, '<img src="https://example.org/1.png"><img src="https://example.org/2.png">'))
    audit.pages.get().uses.update(image=doubts["likely"])
    assert names(owner)[-1] == "likely", "three times a tenth is less than once 0.4"
    Inference.objects.filter(suggestions__image=doubts["likely"]).update(confidence=with_confidence(0.78, "likely"))
    assert names(owner) == ["withheld", "likely", "unmeasured", "unsure"]


def test_what_is_decided_is_not_in_it(owner, doubts):
    decide(doubts["unsure"], "A.", owner=owner)
    reject(doubts["withheld"], owner=owner)
    assert names(owner) == ["unmeasured", "likely"]


def test_what_failed_is_not_in_it(owner):
    job = hand_over(owner, "a")
    fail(job.images.get())
    assert names(owner) == []


def test_everybody_has_a_queue_of_their_own(owner, doubts):
    assert names(Owner.objects.create(kind=Owner.Kind.SESSION)) == []
    assert names(None) == []


def test_the_walk_meets_all_and_begins_anew(owner, doubts):
    seen = [review_queue(owner).first()]
    for _ in range(4):
        place = place_in_queue(owner, seen[-1])
        assert place.waiting == 4
        seen.append(Image.objects.get(pk=place.following))
    assert [image.name for image in seen] == ["withheld", "unmeasured", "unsure", "likely", "withheld"]


def test_after_what_is_not_in_it_the_first_comes(owner, doubts):
    decide(doubts["unsure"], "A.", owner=owner)
    assert place_in_queue(owner, doubts["unsure"]).following == doubts["withheld"].pk


def test_the_last_one_has_no_next(owner):
    (image,) = describe(hand_over(owner, "a"))
    assert (place_in_queue(owner, image).waiting, place_in_queue(owner, image).following) == (1, None)


def test_the_counts_by_band(owner, doubts):
    assert count_by_band(owner) == {Band.LIKELY: 1, Band.UNSURE: 1, Band.UNKNOWN: 1, None: 1}
    assert list(count_by_band(owner)) == [Band.LIKELY, Band.UNSURE, Band.UNKNOWN, None]


def test_what_was_read_in_a_picture_is_not_measured_by_the_sentence_beside_it(owner):
    job = hand_over(owner, "text", "text and likely", "likely")
    read = {"text": "Open daily", "words": 2, "share": 0.9, "confidence": 0.95}
    describe(job, first=1, withheld="not_a_photograph", confidence=with_confidence(0.05, "doubtful"), ocr=read)
    describe(job, first=1, confidence=with_confidence(0.9, "likely"), ocr=read)
    describe(job, first=1, confidence=with_confidence(0.9, "likely"))
    assert names(owner) == ["text", "text and likely", "likely"]
    assert count_by_band(owner) == {Band.LIKELY: 1, None: 2}
    assert [image.name for image in review_queue(owner, Band.LIKELY)] == ["likely"]


def test_what_readers_report_comes_first_until_it_is_answered(owner, doubts):
    decide(doubts["unsure"], "A.", owner=owner)
    report(doubts["unsure"], Report.Kind.PICTURE)
    assert names(owner) == ["unsure", "withheld", "unmeasured", "likely"]
    assert count_reported(owner) == 1
    assert sum(count_by_band(owner).values()) == 3
    decide(doubts["unsure"], "B.", owner=owner)
    assert names(owner) == ["withheld", "unmeasured", "likely"]
    assert count_reported(owner) == 0


def test_what_is_reported_is_not_approved_with_several(owner, doubts):
    decision = decide(doubts["unsure"], "A.", owner=owner)
    report(doubts["unsure"], Report.Kind.PICTURE)
    assert not review_queue(owner, Band.UNSURE).exists()
    undo(decision, owner=owner)
    assert names(owner)[0] == "unsure"
    assert not review_queue(owner, Band.UNSURE).exists()


def test_a_reported_picture_without_any_draft_comes_first_too(owner, doubts):
    fail(doubts["waits"])
    doubts["waits"].refresh_from_db()
    decide(doubts["waits"], "A.", owner=owner)
    report(doubts["waits"], Report.Kind.PICTURE)
    assert names(owner)[0] == "waits"
