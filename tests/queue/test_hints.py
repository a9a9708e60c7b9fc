"""Hints go out after the commit, through the built-in broker; one that cannot be sent is no error."""

import json
import shutil

import pytest
from django.db import transaction

from webapp.broker import app, broker_url, transport_options
from webapp.queue.hints import hint, hint_after_commit, hint_deliveries_after_commit


@pytest.fixture
def broker_folder(monkeypatch, tmp_path):
    """The built-in broker in a folder of its own."""
    folder = tmp_path / "broker"
    folder.mkdir()
    options = {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}
    monkeypatch.setitem(app.conf, "broker_transport_options", options)
    # Connections are kept by the application; with other options they are made anew.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    return folder


def messages(folder):
    return [json.loads(path.read_text()) for path in folder.glob("*.msg")]


def test_a_hint_names_the_task_and_expires(broker_folder):
    assert hint("caption") is True
    (message,) = messages(broker_folder)
    assert message["headers"]["task"] == "worker.tasks.drain"
    assert message["headers"]["expires"] is not None
    assert message["properties"]["delivery_info"]["routing_key"] == "caption"


@pytest.mark.django_db(transaction=True)
def test_a_hint_waits_for_the_commit(broker_folder):
    with transaction.atomic():
        hint_after_commit("caption")
        assert messages(broker_folder) == []
    assert len(messages(broker_folder)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_fetch_worker_hears_of_deliveries_after_the_commit(broker_folder):
    with transaction.atomic():
        hint_deliveries_after_commit()
        assert messages(broker_folder) == []
    (message,) = messages(broker_folder)
    assert (message["headers"]["task"], message["properties"]["delivery_info"]["routing_key"]) == (
        "worker.tasks.deliver",
        "fetch",
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_hinted(broker_folder):
    with pytest.raises(RuntimeError), transaction.atomic():
        hint_after_commit("caption")
        raise RuntimeError
    assert messages(broker_folder) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_never_answered_with_an_error_for_its_hint(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a fault of the broker's library")

    monkeypatch.setattr(app, "send_task", broken)
    with transaction.atomic():
        hint_after_commit("caption")


def test_a_broker_that_cannot_be_written_costs_only_the_hint(broker_folder):
    shutil.rmtree(broker_folder)
    assert hint("caption") is False


def test_the_built_in_broker_lives_in_a_private_folder_and_is_polled_often(settings, tmp_path):
    settings.BROKER_DIR = tmp_path / "private"
    options = transport_options("filesystem://")
    assert settings.BROKER_DIR.stat().st_mode & 0o077 == 0
    assert options["polling_interval"] <= 0.2
    assert all(str(tmp_path) in options[name] for name in ("data_folder_in", "data_folder_out", "control_folder"))


def test_a_redis_that_hangs_does_not_hang_a_request():
    options = transport_options("redis://localhost/0")
    assert options["socket_connect_timeout"] + options["socket_timeout"] <= 10
    assert broker_url("redis://localhost/0") == "redis://localhost/0"
