"""Visitors who give the machine too much work are asked to wait, and keep what they typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.pages.conftest import client_of
from tests.pages.scene import account_of
from tests.queue.pictures import photograph
from webapp.library.models import Job


@pytest.fixture(autouse=True)
def limits(settings, tmp_path):
    settings.RATES_FILE = tmp_path / "rates.sqlite3"
    settings.PAGES_RATE = 2


def hand_over(client, **fields):
    file = SimpleUploadedFile("cat.jpg", photograph(1), "image/jpeg")
    return client.post("/", {"images": file, "context": "My <cat>"} | fields)


def test_too_many_are_refused_and_nothing_typed_is_lost(db):
    client = Client()
    answers = [hand_over(client) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert Job.objects.count() == 2
    page = answers[-1]
    text = page.content.decode()
    assert "You sent more within a minute than the 2 that this service takes of one visitor." in text
    assert "Files cannot be kept here" in text
    assert "My &lt;cat&gt;</textarea>" in text
    assert 0 < int(page["Retry-After"]) <= 30
    assert page["RateLimit-Policy"] == '"visitor";q=2;w=60'
    assert "no-store" in page["Cache-Control"]


def test_a_new_session_is_no_new_bucket(db):
    assert [hand_over(Client()).status_code for _ in range(3)] == [303, 303, 429]
    assert hand_over(Client(REMOTE_ADDR="203.0.113.9")).status_code == 303


def test_an_account_has_a_bucket_wherever_it_is(db):
    alice = account_of("alice")
    assert [hand_over(client_of(alice)).status_code for _ in range(3)] == [303, 303, 429]
    assert hand_over(client_of(account_of("bob"))).status_code == 303


def test_looking_costs_nothing(db):
    client = Client()
    assert {client.get("/").status_code for _ in range(9)} == {200}


@pytest.mark.parametrize("name", ["image-retry", "audit-describe", "audit-change"])
def test_what_begins_work_counts(name, scene, visitor):
    pk = scene.failed.pk if name == "image-retry" else scene.audit.pk
    kind, verb = name.split("-")
    answers = [visitor.post(f"/{kind}s/{pk}/{verb}", {"action": "pause"}).status_code for _ in range(3)]
    assert answers[-1] == 429
    assert 429 not in answers[:2]
