"""What holds on SQLite holds on PostgreSQL: the same tests again, and those of concurrency."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.service
ROOT = Path(__file__).resolve().parents[2]


TESTS = [
    "accounts", "queue", "worker", "library", "audit", "review", "feedback", "webhooks", "uses", "api",
    "services/concurrency.py",
]  # fmt: skip


@pytest.mark.parametrize("tests", TESTS)
def test_on_postgresql(postgresql, tmp_path, tests):
    environment = os.environ | {"DATABASE_URL": postgresql, "TEST_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{tests}"]
    command += ["--ignore=tests/queue/test_sqlite.py", "--ignore=tests/worker/test_imports.py"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
