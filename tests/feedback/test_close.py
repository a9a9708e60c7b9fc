"""Reports are answered by decisions or dismissed, and open again with what answered them."""

import pytest

from tests.pages.pictures import describe, png
from webapp.feedback.close import dismiss, open_reports, take_back_dismissal
from webapp.feedback.models import Report
from webapp.feedback.report import report
from webapp.library.decide import decide, reject
from webapp.library.submit import Upload, examine, submit
from webapp.library.undo import undo

PICTURE = Report.Kind.PICTURE


@pytest.fixture
def told(image):
    return report(image, PICTURE, "A cat!")


def words(image):
    return [one.words for one in open_reports(image)]


def test_a_decision_answers_all_and_undoing_it_opens_them(image, told, alice):
    report(image, PICTURE, "No gate.")
    decision = decide(image, "Two dogs.", owner=alice)
    assert words(image) == []
    assert {one.decision for one in Report.objects.all()} == {decision}
    undo(decision, owner=alice)
    assert words(image) == ["A cat!", "No gate."]


def test_so_does_a_rejection(image, told, alice):
    reject(image, owner=alice)
    assert words(image) == []


def test_saying_the_same_text_again_answers_nothing(image, told, alice):
    decide(image, image.alt_text, owner=alice)
    assert words(image) == ["A cat!"]


def test_taking_the_text_back_leaves_the_report_open(image, told, alice):
    undo(image.decisions.get(), owner=alice)
    assert words(image) == ["A cat!"]


def test_another_pictures_decision_answers_nothing(image, told, alice, site):
    (other,) = describe(submit(alice, [examine(Upload("same.png", png(3)))], site=site))
    decide(other, "Something else.", owner=alice)
    assert words(image) == ["A cat!"]


def test_a_dismissal_leaves_the_text_and_can_be_taken_back(image, told):
    dismiss(told)
    dismiss(told)
    assert words(image) == []
    assert Report.objects.get().decision is None
    take_back_dismissal(told)
    take_back_dismissal(told)
    assert words(image) == ["A cat!"]
    image.refresh_from_db()
    assert image.alt_text


def test_what_a_decision_answered_is_not_opened_as_if_it_was_dismissed(image, told, alice):
    decide(image, "Two dogs.", owner=alice)
    take_back_dismissal(told)
    assert words(image) == []


def test_what_was_reported_anew_meanwhile_takes_the_old_one_in(image, told):
    dismiss(told)
    report(image, PICTURE, "a cat!")
    take_back_dismissal(told)
    assert [(one.words, one.times) for one in Report.objects.all()] == [("a cat!", 2)]
