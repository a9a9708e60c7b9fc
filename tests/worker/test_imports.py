"""The worker's parent process knows its tasks, and only the process that captions loads torch."""

import subprocess
import sys

import pytest

SETTINGS = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
ALL = "import worker; worker.app.loader.import_default_modules(); worker.app.finalize()\n"


def printed(code):
    script = SETTINGS + ALL + code
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def test_all_tasks_and_chores_are_registered():
    code = "print(*worker.app.tasks, *(chore['task'] for chore in worker.app.conf.beat_schedule.values()))"
    assert {"worker.tasks.drain", "worker.tasks.sweep", "worker.tasks.prune"} <= set(printed(code))


@pytest.mark.parametrize(("code", "loaded"), [("", "False"), ("import captioner.captioner", "True")])
def test_torch_is_loaded_only_where_it_captions(code, loaded):
    assert printed(f"{code}\nimport sys; print('torch' in sys.modules)") == [loaded]
