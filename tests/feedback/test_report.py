"""Reports: kept with what they are about, joined where they say the same, and bounded."""

import pytest

from webapp.accounts.models import Attempts
from webapp.feedback.errors import NoText, TooManyReports
from webapp.feedback.models import Report
from webapp.feedback.report import FROM_ONE, OF_ONE, report
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.errors import TextTooLong
from webapp.library.models import Image

PICTURE, OTHER = Report.Kind.PICTURE, Report.Kind.OTHER
READER = "203.0.113.9"


def test_it_keeps_what_is_said_of_which_text_and_nothing_of_the_reader(image):
    kept = report(image, PICTURE, " It is\x00 a cat. ", address=READER)
    kept.refresh_from_db()
    assert (kept.kind, kept.words, kept.text, kept.times) == ("picture", "It is a cat.", image.alt_text, 1)
    assert kept.closed_at is None
    assert READER not in str([*Attempts.objects.values()])


def test_the_same_said_again_is_counted(image):
    for words in ("A cat!", "a  CAT!", "A cat!"):
        report(image, PICTURE, words)
    report(image, OTHER, "A cat!")
    report(image, PICTURE)
    assert list(Report.objects.order_by("pk").values_list("times", flat=True)) == [3, 1, 1]


def test_the_same_of_another_text_is_another_report(image, alice):
    report(image, PICTURE, "A cat!")
    decide(image, "Two dogs.", owner=alice)
    assert report(image, PICTURE, "A cat!").text == "Two dogs."
    assert [one.times for one in Report.objects.all()] == [1, 1]


def test_without_a_decided_text_there_is_nothing_to_report(drafted):
    with pytest.raises(NoText):
        report(drafted, PICTURE)


def test_a_text_that_was_taken_back_meanwhile(image):
    Image.objects.filter(pk=image.pk).update(alt_text=None)
    with pytest.raises(NoText):
        report(image, PICTURE)


def test_an_image_that_was_deleted_meanwhile(image):
    stale = Image.objects.get(pk=image.pk)
    delete_image(image)
    with pytest.raises(Image.DoesNotExist):
        report(stale, PICTURE)


def test_a_deleted_image_takes_its_reports_along(image, alice):
    report(image, PICTURE)
    decide(image, "Two dogs.", owner=alice)
    report(image, PICTURE)
    delete_image(image)
    assert not Report.objects.exists()


def test_words_that_are_too_long_are_refused_before_they_are_counted(image):
    counted = Attempts.objects.count()
    with pytest.raises(TextTooLong, match=r"1,001 .* 1,000"):
        report(image, OTHER, "x" * 1001, address=READER)
    assert Attempts.objects.count() == counted


def test_one_reader_is_stopped_and_others_are_not(image):
    for count in range(FROM_ONE.most):
        report(image, OTHER, str(count), address=READER)
    with pytest.raises(TooManyReports, match="Wait 60 minutes") as refused:
        report(image, OTHER, "once more", address=READER)
    assert 3500 < refused.value.seconds <= 3600
    report(image, OTHER, "once more", address="203.0.113.10")
    assert Report.objects.count() == FROM_ONE.most + 1


def test_one_picture_gets_so_many_from_all(image):
    for count in range(OF_ONE.most):
        report(image, OTHER, str(count))
    with pytest.raises(TooManyReports):
        report(image, OTHER, "once more", address=READER)
