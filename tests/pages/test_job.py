"""A job's page: how far it is, and a card for each picture."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.pages.pictures import describe, fail, hand_over, png
from webapp.library.access import visible_jobs
from webapp.library.decide import decide
from webapp.library.models import Blob
from webapp.library.near import columns_of
from webapp.library.submit import Upload, examine, submit
from webapp.pages.progress import JobProgress
from webapp.queue.models import Work, WorkerBeat


def page_of(visitor, job):
    return visitor.get(f"/jobs/{job.pk}/").content.decode()


def beat(age: float = 0):
    now = timezone.now()
    beat_at = now - timedelta(seconds=age)
    WorkerBeat.objects.create(worker="w", queue=Work.Queue.CAPTION, started_at=now, beat_at=beat_at)


def test_headings_count_what_is_done_waiting_and_failed(owner):
    job = hand_over(owner, "a.png", "b.png", "c.png")
    assert JobProgress.of(job).heading == "3 images: 3 waiting"
    fail(job.images.get(position=1))
    assert JobProgress.of(job).heading == "3 images: 2 waiting, 1 failed"
    describe(job)
    assert JobProgress.of(job).heading == "3 images: 2 done, 1 failed"


def test_a_single_image_has_a_word_for_its_state(owner):
    job = hand_over(owner, "a.png")
    assert JobProgress.of(job).heading == "1 image: waiting"
    describe(job)
    assert JobProgress.of(job).heading == "1 image: done"


def test_the_title_carries_the_state_and_the_job(visitor, owner):
    job = hand_over(owner, "a.png", "b.png")

    assert f"<title>2 images: 2 waiting, job {job.pk.hex[:6]}" in page_of(visitor, job)


def test_when_nothing_waits_the_title_counts_what_a_person_has_reviewed(visitor, owner):
    job = hand_over(owner, "a.png", "b.png")
    describe(job)
    decide(job.images.first(), "A dog.", owner=owner)

    assert f"<title>1 of 2 reviewed, job {job.pk.hex[:6]}" in page_of(visitor, job)


def test_a_look_at_the_progress_costs_the_same_however_many_wait(owner, django_assert_max_num_queries):
    beat()
    job = hand_over(owner, *(f"{number}.png" for number in range(12)))
    shown = visible_jobs(owner).get(pk=job.pk)

    with django_assert_max_num_queries(4):
        assert JobProgress.of(shown).queue


@pytest.mark.parametrize("count", [2, 12])
def test_the_page_costs_as_many_queries_however_many_cards_it_has(visitor, owner, count, django_assert_max_num_queries):
    job = hand_over(owner, *(f"{number}.png" for number in range(count)))
    describe(job)
    for number in range(count):
        Blob.objects.filter(images__job=job, images__position=number + 1).update(**columns_of(f"{number:016x}"))
    (decided,) = describe(submit(owner, [examine(Upload("decided.png", png(99)))]))
    Blob.objects.filter(pk=decided.blob_id).update(**columns_of("0" * 16))
    decide(decided, "A wall.", owner=owner)

    with django_assert_max_num_queries(11):
        page = page_of(visitor, job)
    assert page.count("Use that text") == count


def test_while_pictures_wait_there_is_a_way_to_check_without_scripts(visitor, owner):
    job = hand_over(owner, "a.png")
    page = page_of(visitor, job)
    assert f'<a class="button" href="/jobs/{job.pk}/">Check progress</a>' in page
    assert "Keep what I typed" not in page, "there is no field yet"
    assert '<progress id="progress-bar" value="0" max="1">' in page
    assert 'http-equiv="refresh"' not in page

    describe(job)
    assert "Check progress" not in page_of(visitor, job)


def test_the_place_in_the_queue(visitor, owner):
    beat()
    hand_over(owner, "first.png", "second.png")
    job = hand_over(owner, "third.png")

    assert "2 pictures are ahead of yours in the queue." in page_of(visitor, job)


def test_the_first_in_the_queue_is_told_so(visitor, owner):
    beat()
    assert "It is your turn" in page_of(visitor, hand_over(owner, "a.png"))


def test_a_captioner_that_does_not_run_is_no_secret(visitor, owner):
    beat(age=60)
    assert "The captioner is not running at the moment." in page_of(visitor, hand_over(owner, "a.png"))


def test_progress_for_scripts(visitor, owner):
    job = hand_over(owner, "a.png", "b.png")
    fail(job.images.get(position=2))

    facts = visitor.get(f"/jobs/{job.pk}/progress").json()

    assert (facts["total"], facts["done"], facts["failed"], facts["waiting"]) == (2, 0, 1, 1)
    assert facts["heading"] == "2 images: 1 waiting, 1 failed"
    assert sorted(facts["states"].values()) == ["failed", "waiting"]


def test_the_colours_of_a_picture_are_told(visitor, owner):
    job = hand_over(owner, "dog.png")
    (image,) = describe(job)
    Blob.objects.filter(pk=image.blob_id).update(colours="mostly dark green and white")
    assert re.search(r"PNG, 64 by 48 pixels, [^,<]+, mostly dark green and white", page_of(visitor, job))


def test_each_card_has_its_own_heading_and_the_picture_has_the_same_name(visitor, owner):
    job = hand_over(owner, "dog.png", "banner.gif")
    images = describe(job)
    page = page_of(visitor, job)

    assert f'<h2 class="card-title" id="picture-{images[1].pk}" tabindex="-1">Picture 2 of 2, banner.gif</h2>' in page
    assert 'alt="Picture 2 of 2, banner.gif"' in page
    assert 'alt=""' not in page
    assert "PNG, 64 by 48 pixels, " in page


def test_the_draft_is_marked_and_not_chosen_for_the_person(visitor, owner):
    job = hand_over(owner, "dog.png")
    describe(job)
    page = page_of(visitor, job)

    assert page.count("Unchecked draft, may be wrong") == 1
    assert page.count("A dog runs across the grass.") == 1
    assert page.count('type="radio"') == 6
    assert " checked" not in page
    assert "%" not in page.split("<main")[1]
    assert "></textarea>" in page


def test_what_the_rules_changed_in_the_models_words_is_told(visitor, owner):
    job = hand_over(owner, "a.png")
    describe(job, "A young woman with her dog.", "A dog.")
    told = page_of(visitor, job).split("<details")[1].split("</details>")[0]

    assert "A young woman with her dog.</span>” became" in told
    assert "A person with their dog." in told
    assert "Does not guess at a person&#x27;s age" in told
    assert told.count("<li>") == 1


def test_an_unchanged_sentence_says_nothing_of_rules(visitor, owner):
    job = hand_over(owner, "a.png")
    describe(job, "A dog.")

    assert "<details" not in page_of(visitor, job)


def test_context_is_shown_beside_the_cards(visitor, owner):
    job = hand_over(owner, "a.png", context="For the <b>shop</b>")

    assert "For the &lt;b&gt;shop&lt;/b&gt;" in page_of(visitor, job)


def test_a_picture_that_waits_offers_no_text_field(visitor, owner):
    page = page_of(visitor, hand_over(owner, "a.png"))

    assert "<textarea" not in page
    assert "Waiting for its draft." in page


def test_texts_carry_their_language(visitor, owner):
    job = hand_over(owner, "a.png")
    (image,) = describe(job)
    decide(image, "Ein Hund.", owner=owner)
    job.images.update(lang="de")
    page = page_of(visitor, job)

    assert f'<p class="alt-text" id="alt-text-{image.pk}" lang="de">Ein Hund.</p>' in page
    assert 'rows="3" lang="de"' in page
    assert "alt=&quot;Ein Hund.&quot; lang=&quot;de&quot;" in page
