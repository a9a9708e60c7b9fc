"""The chores: what is past its time goes, whether the clock or a person asks."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from tests.queue.pictures import hand_over
from webapp.accounts.models import Site
from webapp.library.models import Image, Job
from webapp.queue.claim import claim
from webapp.queue.models import Work
from webapp.webhooks.change import send_test
from webapp.webhooks.models import Webhook
from worker import life, tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site():
    return Site.objects.create(name="Shop")


def age(job, days):
    Image.objects.filter(job=job).update(created_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize("prune", [lambda: call_command("prune"), tasks.prune])
def test_prune_deletes_what_is_past_its_retention(settings, prune, capsys):
    old, young = hand_over(1), hand_over(2)
    age(old, 31)
    age(young, 29)
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=1))
    prune()
    assert list(Job.objects.all()) == [young]
    assert len(list(settings.SPOOL_DIR.iterdir())) == 1
    assert not Session.objects.exists()
    assert "Deleted 1 images and 0 audits older than 30 days" in capsys.readouterr().out


def test_the_sweep_task_sweeps():
    hand_over(1)
    claim("caption", "a", 8, alone=False)
    Work.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    assert Work.objects.get().status == Work.Status.QUEUED


def test_the_delivery_task_tries_what_webhooks_are_owed(site):
    webhook = Webhook.objects.create(site=site, url="http://127.0.0.1/hooks")
    send_test(webhook)
    life.post.cache_clear()
    tasks.deliver()
    delivery = webhook.deliveries.get()
    assert (delivery.attempts, delivery.state, delivery.error_code) == (1, "failed", "unreachable")


def test_a_hint_for_a_queue_without_a_drain_does_no_harm(caplog):
    tasks.drain("elsewhere")
    assert "has no drain" in caplog.text
