"""``/healthz`` and ``/readyz``."""

import pytest
from django.utils import timezone

from webapp.queue.models import WorkerBeat

pytestmark = pytest.mark.django_db


def test_the_process_answers(keyless):
    response = keyless.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


def test_without_a_worker_the_service_is_not_ready_and_says_why(keyless):
    response = keyless.get("/readyz")
    facts = response.json()
    assert response.status_code == 503
    assert facts["ready"] is False
    assert facts["checks"]["database"] == "ok"
    assert "worker" in facts["checks"]["worker"]


def test_with_a_worker_that_has_its_model_it_is_ready(keyless, settings, tmp_path):
    settings.BROKER_DIR = tmp_path
    now = timezone.now()
    WorkerBeat.objects.create(worker="w", queue="caption", model="nic-1", device="cpu", started_at=now, beat_at=now)
    response = keyless.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)


def test_a_model_that_still_loads_is_no_error_in_the_log(keyless, settings, tmp_path, caplog):
    settings.BROKER_DIR = tmp_path
    assert keyless.get("/readyz").status_code == 503
    assert caplog.records == []


def test_a_broker_that_does_not_work_is_an_error_in_the_log(keyless, settings, tmp_path, caplog):
    settings.BROKER_DIR = tmp_path / "gone"
    assert keyless.get("/readyz").status_code == 503
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert "The broker's folder in DATA_DIR cannot be written" in record.getMessage()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(keyless, path):
    assert keyless.post(path).status_code == 405
