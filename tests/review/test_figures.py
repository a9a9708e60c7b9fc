"""What became of the drafts: coverage, outcomes by band and week, and whether the bands told true."""

from datetime import UTC, date, datetime

import pytest

from captioner.bands import Band
from tests.pages.pictures import SENTENCES, describe, fail, hand_over
from webapp.accounts.models import Owner
from webapp.library.decide import decide, reject
from webapp.library.models import Decision
from webapp.library.undo import undo
from webapp.review.figures import Outcome, figures_of


def of_band(p, band):
    return {"p": p, "band": band, "calibrated": p is not None}


@pytest.fixture
def images(owner):
    job = hand_over(owner, "a", "b", "c", "d", "e", "f", "g")
    describe(job, first=2, confidence=of_band(0.9, "likely"))
    describe(job, first=2, confidence=of_band(0.8, "likely"))
    describe(job, first=1, confidence=of_band(None, "not_calibrated"))
    describe(job, first=1, withheld="too_unsure", confidence=of_band(0.1, "doubtful"))
    return list(job.images.order_by("position"))


def test_coverage_counts_what_has_a_text(owner, images):
    decide(images[0], "A.", owner=owner)
    reject(images[1], owner=owner)
    fail(images[6])
    found = figures_of(owner)
    assert (found.with_text, found.images) == (1, 6)


def test_a_failed_picture_with_a_text_counts(owner, images):
    fail(images[6])
    images[6].refresh_from_db()
    decide(images[6], "A.", owner=owner)
    assert (figures_of(owner).with_text, figures_of(owner).images) == (1, 7)


def test_what_became_of_the_drafts_by_band(owner, images):
    decide(images[0], SENTENCES[0], owner=owner)
    decide(images[1], SENTENCES[1], owner=owner)
    decide(images[2], "My own.", owner=owner)
    reject(images[3], owner=owner)
    decide(images[4], "My own.", owner=owner)
    decide(images[5], "There was no draft.", owner=owner)
    likely, unknown = figures_of(owner).bands
    assert (likely.band, likely.outcome) == (Band.LIKELY, Outcome(unchanged=2, edited=1, rejected=1))
    assert (likely.expected, likely.used) == (pytest.approx(0.85), 0.5)
    assert (unknown.band, unknown.outcome, unknown.expected) == (Band.UNKNOWN, Outcome(edited=1), None)


def test_by_week_what_stands_counts_once(owner, images):
    decide(images[0], "First.", owner=owner)
    decide(images[0], "Second.", owner=owner)
    undo(decide(images[1], "Third.", owner=owner), owner=owner)
    reject(images[2], owner=owner)
    Decision.objects.filter(text="").update(decided_at=datetime(2026, 3, 4, tzinfo=UTC))
    Decision.objects.exclude(text="").update(decided_at=datetime(2026, 3, 15, 23, tzinfo=UTC))
    assert [(week.monday, week.outcome) for week in figures_of(owner).weeks] == [
        (date(2026, 3, 2), Outcome(rejected=1)),
        (date(2026, 3, 9), Outcome(edited=1)),
    ]


def test_others_have_figures_of_their_own(owner, images):
    decide(images[0], "A.", owner=owner)
    for stranger in (Owner.objects.create(kind=Owner.Kind.SESSION), None):
        found = figures_of(stranger)
        assert (found.images, found.bands, found.weeks) == (0, [], [])
