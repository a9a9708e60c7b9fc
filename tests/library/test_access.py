"""One's own and nothing else."""

import uuid

import pytest
from django.http import Http404

from tests.library.drafts import drafted
from tests.queue.pictures import hand_over
from webapp.accounts.models import Owner
from webapp.library.access import get_image_or_404, get_job_or_404, visible_images, visible_jobs


@pytest.fixture
def stranger(db):
    return Owner.objects.create(kind=Owner.Kind.KEY)


@pytest.fixture
def job(owner):
    return drafted(hand_over(1, 2, owner=owner))


def test_an_owner_sees_jobs_and_images(owner, job):
    assert list(visible_jobs(owner)) == [job]
    assert set(visible_images(owner)) == set(job.images.all())
    assert get_job_or_404(owner, job.pk) == job
    assert get_image_or_404(owner, job.images.first().pk) == job.images.first()


@pytest.mark.parametrize("nobody", [True, False])
def test_to_a_stranger_and_to_nobody_they_do_not_exist(job, stranger, nobody):
    who = None if nobody else stranger
    assert not visible_jobs(who).exists()
    assert not visible_images(who).exists()
    for get, pk in ((get_job_or_404, job.pk), (get_image_or_404, job.images.first().pk)):
        with pytest.raises(Http404):
            get(who, pk)
        with pytest.raises(Http404):
            get(who, uuid.uuid4())


def test_a_job_whose_images_went_while_it_was_read_is_gone(owner, job):
    job.images.all().delete()
    with pytest.raises(Http404):
        get_job_or_404(owner, job.pk)


def test_what_cards_show_takes_the_same_queries_for_one_image_and_for_many(owner, django_assert_num_queries):
    for seeds in ((1,), range(2, 12)):
        job = drafted(hand_over(*seeds, owner=owner))
        with django_assert_num_queries(4):  # the job, its images, their suggestions and decisions
            shown = get_job_or_404(owner, job.pk)
            for image in shown.images.all():
                assert image.suggestion.candidates
                assert image.blob.mime
                assert image.work.status == "done"
                assert image.job == shown
