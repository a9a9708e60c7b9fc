"""Processes that hand over and delete the same bytes at once lose nothing and leave nothing."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
HAMMERS, ROUNDS = 3, 8


def start(environment: dict[str, str], call: str) -> subprocess.Popen[str]:
    """A process that makes the call to ``tests.library.hammer``."""
    code = f"import django; django.setup(); from tests.library.hammer import audit, hammer; {call}"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


@pytest.fixture
def environment(tmp_path, transactional_db) -> dict[str, str]:
    """A database that processes can share: on PostgreSQL that of the tests, on SQLite a file (theirs is in memory)."""
    url = ""
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return {
        **os.environ,
        "TEST_DATA_DIR": str(tmp_path),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def test_handing_over_and_deleting_at_once(environment):
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    hammers = [start(environment, f"hammer({seed}, {ROUNDS})") for seed in range(HAMMERS)]
    for process in hammers:
        finish(process)
    finish(start(environment, f"audit({HAMMERS})"))
