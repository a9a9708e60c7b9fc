"""A mistake in the configuration ends every command with a sentence that names the variable, never with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def check(tmp_path, **variables):
    environment = os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "webapp.settings"} | variables
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "nonsense"),
        ("RETENTION_DAYS", "0"),
        ("CAPTIONER_BEAM", "twenty"),
        ("CAPTIONER_BEAM", "21"),
        ("DEBUG", "maybe"),
        ("API_KEYLESS", "everyone"),
        ("API_MAX_WAITERS", "7"),
        ("API_RATE", "-1"),
        ("LOOKUP_RATE", "often"),
        ("KEYS_PAGE", "sometimes"),
        ("CAPTIONER_FETCH_PRIVATE", "10.0.0.1/8"),
        ("CAPTIONER_FETCH_PRIVATE", "intranet"),
        ("CAPTIONER_FETCH_PORTS", "http"),
        ("CAPTIONER_FETCH_SECONDS", "0"),
        ("CAPTIONER_FETCH_DELAY", "-1"),
        ("CAPTIONER_BROWSER", "yes"),
        ("SECRET_KEY_FILE", "/nowhere/key"),
        ("DATA_DIR", "/proc/nowhere"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path, name, value):
    done = check(tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith("The configuration is wrong: ")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_narrow_beam_needs_no_second_setting(tmp_path):
    done = check(tmp_path, CAPTIONER_BEAM="3")
    assert done.returncode == 0, done.stderr


def test_more_alternatives_than_the_beam_has_are_a_mistake(tmp_path):
    done = check(tmp_path, CAPTIONER_BEAM="3", CAPTIONER_ALTERNATIVES="3")
    assert done.returncode == 1
    assert "Set CAPTIONER_ALTERNATIVES lower than CAPTIONER_BEAM." in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file, long enough to be a key of fifty characters\n")
    done = check(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "secret_key").exists()


def test_a_secret_key_is_made_once_for_its_owner_only(tmp_path):
    assert check(tmp_path, SECRET_KEY="").returncode == 0
    first = (tmp_path / "secret_key").read_text()
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert check(tmp_path, SECRET_KEY="").returncode == 0
    assert (tmp_path / "secret_key").read_text() == first
