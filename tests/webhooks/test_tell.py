"""What happens is told in the transaction in which it happens, to who listens, and to nobody else."""

import json

import pytest
from django.db import transaction

from tests.pages.scene import account_of
from tests.webhooks.happenings import describe_all, drafted, job_of
from webapp.accounts.sites import delete_site, make_site
from webapp.library.decide import decide, reject
from webapp.library.delete import delete_image
from webapp.library.models import Image
from webapp.library.undo import undo
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.review.bulk import approve_several
from webapp.webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db(transaction=True)


def told():
    """The events and what is said of them, the oldest first."""
    bodies = [json.loads(delivery.body) for delivery in Delivery.objects.order_by("created_at", "pk")]
    return [(body["type"], body["data"]) for body in bodies]


def test_a_decision_is_told_with_its_text(site, alice, webhook):
    image = drafted(site, alice)
    decide(image, "Ein Rädchen & “mehr”.", owner=alice)
    ((event, data),) = told()
    assert event == "image.decided"
    assert data == {
        "id": str(image.pk), "job_id": str(image.job_id), "site_id": str(site.pk), "name": "1.jpg", "source_url": None,
        "state": "edited", "alt_text": "Ein Rädchen & “mehr”.", "lang": "en", "version": 1,
    }  # fmt: skip
    delivery = Delivery.objects.get()
    assert (delivery.about, delivery.state, delivery.attempts) == (image.pk, "waiting", 0)


def test_every_way_to_decide_is_told_and_saying_the_same_again_is_not(site, alice, webhook):
    image = drafted(site, alice)
    decision = decide(image, "A wheel.", owner=alice)
    decide(image, "A wheel.", owner=alice)
    undo(decision, owner=alice)
    undo(decision, owner=alice)
    reject(image, owner=alice)
    states = [(data["state"], data["alt_text"], data["version"]) for _, data in told()]
    assert states == [("edited", "A wheel.", 1), ("suggested", None, 2), ("rejected", None, 3)]


def test_each_of_several_that_are_approved_at_once_is_told(site, alice, webhook):
    images = [drafted(site, alice) for _ in range(2)]
    approve_several(alice, "likely", {image.pk: 0 for image in images})
    assert [(event, data["state"]) for event, data in told()] == [("image.decided", "approved")] * 2


def test_what_is_rolled_back_is_told_to_nobody(site, alice, webhook):
    image = drafted(site, alice)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        decide(image, "A wheel.", owner=alice)
        assert Delivery.objects.count() == 1
        raise ZeroDivisionError
    assert told() == []
    assert Image.objects.get(pk=image.pk).alt_text is None


def test_a_decision_that_cannot_be_told_is_not_made(site, alice, webhook, monkeypatch):
    image = drafted(site, alice)
    monkeypatch.setattr("webapp.webhooks.tell.json.dumps", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        decide(image, "A wheel.", owner=alice)
    assert Image.objects.get(pk=image.pk).alt_text is None


def test_the_end_of_a_job_is_told_once(site, alice, webhook):
    job = job_of(site, alice, 1, 2)
    (bad, *_) = claim("caption", "b", 1, alone=False)
    fail(bad, "not_an_image", "Broken.", fault_of_image=True)
    assert told() == []
    describe_all()
    expected = {"id": str(job.pk), "site_id": str(site.pk), "status": "succeeded", "images": 2, "failed": 1}
    assert told() == [("job.completed", expected)]


def test_a_job_of_which_nothing_is_left_failed(site, alice, webhook):
    job_of(site, alice, 1, 2)
    for work in claim("caption", "b", 2, alone=False):
        fail(work, "not_an_image", "Broken.", fault_of_image=True)
    ((event, data),) = told()
    assert (event, data["status"], data["images"], data["failed"]) == ("job.failed", "failed", 2, 2)


def test_only_what_is_listened_for_is_told(site, alice, webhook):
    Webhook.objects.update(events=["job.failed"])
    decide(drafted(site, alice), "A wheel.", owner=alice)
    Webhook.objects.update(events=["image.decided"], active=False)
    decide(drafted(site, alice), "Another wheel.", owner=alice)
    assert told() == []


def test_another_site_is_told_nothing(alice, webhook):
    bob = account_of("bob")
    theirs = make_site("Bob's own", bob.user)
    decide(drafted(theirs, bob), "A wheel.", owner=bob)
    assert told() == []


def test_each_webhook_has_a_delivery_of_its_own(site, alice, webhook):
    another = Webhook.objects.create(site=site, url="https://example.org/", events=["image.decided"])
    decide(drafted(site, alice), "A wheel.", owner=alice)
    assert {delivery.webhook for delivery in Delivery.objects.all()} == {webhook, another}
    assert len({delivery.body for delivery in Delivery.objects.all()}) == 1


def test_a_deleted_picture_is_told_no_more_and_its_text_stays_nowhere(site, alice, webhook):
    kept, deleted = drafted(site, alice), drafted(site, alice)
    for image in (kept, deleted):
        decide(image, "A wheel.", owner=alice)
    delete_image(deleted)
    assert [delivery.about for delivery in Delivery.objects.all()] == [kept.pk]


def test_a_deleted_site_takes_its_webhooks_along(site, alice, webhook):
    decide(drafted(site, alice), "A wheel.", owner=alice)
    delete_site(site)
    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()
