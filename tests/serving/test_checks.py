"""Each system check finds what it is for, says what to do, and is quiet otherwise."""

from datetime import timedelta

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.utils import ConnectionHandler

from webapp import checks
from webapp.databases import build_databases


@pytest.fixture(autouse=True)
def sound(settings, tmp_path):
    """An installation without a fault."""
    settings.DATA_DIR = tmp_path
    settings.BROKER_DIR = tmp_path / "broker"
    settings.BROKER_DIR.mkdir(mode=0o700)
    settings.CAPTIONER_MODEL = str(tmp_path / "model")
    (tmp_path / "model").mkdir()
    for name in checks.MODEL_FILES:
        (tmp_path / "model" / name).touch()


def found():
    messages = [*checks.check_data_folder(None), *checks.check_model(None), *checks.check_queue(None)]
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_a_sound_installation_is_quiet():
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("CAPTIONER_MODEL", "/nowhere", "captioner.W003"),
        ("CAPTIONER_DEVICE", "gpu", "captioner.E004"),
        ("CAPTIONER_ALTERNATIVES", 5, "captioner.E005"),
        ("CELERY_BROKER_URL", "memory://", "captioner.E006"),
        ("QUEUE_BATCH_LIMIT", timedelta(hours=1), "captioner.E007"),
    ],
)
def test_a_setting_that_cannot_work_is_found(settings, name, value, code):
    setattr(settings, name, value)
    assert found() == [code]


@pytest.mark.parametrize("device", ["auto", "cpu", "cuda", "cuda:3"])
@pytest.mark.parametrize("broker", ["filesystem://", "redis://localhost/0", "rediss://localhost/0"])
def test_settings_that_work_are_let_be(settings, device, broker):
    settings.CAPTIONER_DEVICE, settings.CELERY_BROKER_URL = device, broker
    assert found() == []


def test_a_model_of_transformers_is_named_by_the_hub_s_name_or_its_folder(settings, tmp_path):
    for name in ("owner/model", "model", tmp_path / "model"):
        settings.CAPTIONER_MODEL = f"transformers:{name}"
        assert found() == []


@pytest.mark.parametrize("name", ["", "/nowhere/model", "./model", "~/nowhere/model"])
def test_a_model_of_transformers_that_is_not_there_is_found(settings, name):
    settings.CAPTIONER_MODEL = f"transformers:{name}"
    assert found() == ["captioner.W003"]
    assert "checkpoint" not in checks.missing_model_files()


def test_the_missing_library_of_a_model_is_found(settings, monkeypatch):
    settings.CAPTIONER_MODEL = "transformers:owner/model"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert found() == ["captioner.W003"]
    assert "requirements-transformers.txt" in checks.missing_model_files()


def test_a_data_folder_that_cannot_be_written_is_found(monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert found() == ["captioner.E001"]


def test_a_broker_folder_open_to_others_is_found(settings):
    settings.BROKER_DIR.chmod(0o755)
    assert found() == ["captioner.W002"]


def test_sqlite_without_its_log_is_found(monkeypatch, tmp_path, django_db_blocker):
    databases = build_databases("", tmp_path)
    with django_db_blocker.unblock():
        handler = ConnectionHandler(databases)
        monkeypatch.setattr(checks, "connections", handler)
        assert checks.check_database(None, ["default"]) == []
        handler["default"].cursor().execute("PRAGMA journal_mode=DELETE")
        (problem,) = checks.check_database(None, ["default"])
        handler.close_all()
    assert isinstance(problem, Error) and problem.id == "captioner.E009"
    assert "local disk" in problem.hint


def test_the_checks_are_run_by_the_command(settings):
    settings.CAPTIONER_DEVICE = "gpu"
    with pytest.raises(SystemCheckError, match=r"captioner\.E004"):
        call_command("check")
