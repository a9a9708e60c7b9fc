"""The worker knows its tasks, and only the process that captions loads torch."""

import subprocess
import sys

import pytest

SETTINGS = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
ALL = "import worker; worker.app.loader.import_default_modules(); worker.app.finalize()\n"


def printed(code):
    script = SETTINGS + ALL + code
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def test_all_tasks_are_registered():
    assert {"worker.tasks.drain", "worker.tasks.sweep", "worker.tasks.prune"} <= set(
        printed("print(*worker.app.tasks)")
    )


def test_the_clock_sends_the_chores_to_the_worker_that_has_no_model():
    code = "print(*((chore['task'], chore['options']['queue']) for chore in worker.app.conf.beat_schedule.values()))"
    chores = ("sweep", "deliver", "look_again", "learn_drafts", "prune")
    assert " ".join(printed(code)) == " ".join(f"('worker.tasks.{chore}', 'fetch')" for chore in chores)


@pytest.mark.parametrize(("code", "loaded"), [("", "False"), ("import captioner.captioner", "True")])
def test_torch_is_loaded_only_where_it_captions(code, loaded):
    assert printed(f"{code}\nimport sys; print('torch' in sys.modules)") == [loaded]
