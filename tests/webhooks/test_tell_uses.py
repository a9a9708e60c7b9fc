"""Decisions for single places are told as those on pictures are."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.uses.decide import call_decorative, decide_use
from webapp.uses.delete import delete_expired_uses
from webapp.uses.models import DecidedUse
from webapp.uses.place import place_at
from webapp.uses.undo import undo_use
from webapp.webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, TULIP = "https://example.org/shop/", "https://example.org/tulip.jpg"


@pytest.fixture
def place(site, alice):
    return place_at(site, alice, PAGE, TULIP, 2, is_sole=False)


def told():
    """What is said of places, the oldest first."""
    bodies = [json.loads(delivery.body) for delivery in Delivery.objects.order_by("created_at", "pk")]
    assert {body["type"] for body in bodies} <= {"use.decided"}
    return [body["data"] for body in bodies]


def test_a_decision_for_a_place_is_told_with_its_text(site, alice, webhook, place):
    decide_use(place, "Ein Rädchen & “mehr”.", owner=alice)
    assert told() == [
        {
            "site_id": str(site.pk), "page": PAGE, "address": TULIP, "position": 2, "state": "edited",
            "alt_text": "Ein Rädchen & “mehr”.", "lang": "en", "version": 1,
        }
    ]  # fmt: skip


def test_every_way_to_decide_is_told_and_saying_the_same_again_is_not(alice, webhook, place):
    for _ in range(2):
        decide_use(place, "Tulips.", owner=alice, suggested="Tulips.")
    decision = decide_use(place, "A basket.", owner=alice)
    undo_use(decision, owner=alice)
    undo_use(decision, owner=alice)
    undo_use(call_decorative(place, owner=alice), owner=alice)
    states = [(data["state"], data["alt_text"], data["version"]) for data in told()]
    assert states[:3] == [("approved", "Tulips.", 1), ("edited", "A basket.", 2), ("approved", "Tulips.", 3)]
    assert states[3:] == [("decorative", "", 4), ("approved", "Tulips.", 5)]


def test_a_decision_taken_back_leaves_nothing(alice, webhook, place):
    undo_use(decide_use(place, "Tulips.", owner=alice), owner=alice)
    assert (told()[-1]["state"], told()[-1]["alt_text"], told()[-1]["version"]) == ("undecided", None, 2)


def test_what_is_rolled_back_is_told_to_nobody(alice, webhook, place):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        decide_use(place, "Tulips.", owner=alice)
        assert Delivery.objects.count() == 1
        raise ZeroDivisionError
    assert told() == []


def test_only_who_listens_is_told(alice, webhook, place):
    Webhook.objects.update(events=["image.decided"])
    decide_use(place, "Tulips.", owner=alice)
    assert told() == []


def test_a_deleted_place_is_told_no_more_and_its_text_stays_nowhere(site, alice, webhook, place):
    decide_use(place, "Tulips.", owner=alice)
    decide_use(place_at(site, alice, PAGE, TULIP, 1, is_sole=False), "More tulips.", owner=alice)
    site.keeps_texts = False
    site.save()
    old = timezone.now() - settings.RETENTION - timedelta(seconds=1)
    DecidedUse.objects.filter(position=2).update(updated_at=old)
    assert delete_expired_uses() == 1
    assert [data["alt_text"] for data in told()] == ["More tulips."]
