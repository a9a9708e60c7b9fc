"""Hints travel through a real Redis; without it they are missed, and nothing else is."""

import json
import os
import subprocess
import sys

import pytest

from tests.services import servers

pytestmark = pytest.mark.service

HINT = """
import os, time, json
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django; django.setup()
from webapp.queue.hints import hint
from webapp.broker import app
started = time.monotonic()
took = hint("caption")
print(json.dumps({"took": took, "seconds": time.monotonic() - started}))
if took:
    with app.connection_for_read() as connection:
        message = connection.SimpleQueue("caption").get(timeout=5)
        message.ack()
        print(json.dumps(message.headers["task"]))
"""


def run(url, tmp_path):
    environment = os.environ | {"CELERY_BROKER_URL": url, "TEST_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", HINT], env=environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_hint_arrives(redis, tmp_path):
    sent, task = run(redis, tmp_path)
    assert sent["took"] is True
    assert task == "worker.tasks.drain"


def test_a_broker_that_is_down_costs_a_hint_and_little_time(tmp_path):
    (sent,) = run(f"redis://127.0.0.1:{servers.free_port()}/0", tmp_path)
    assert sent["took"] is False
    assert sent["seconds"] < 10
