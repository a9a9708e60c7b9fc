"""A worker that hangs, and does not die, misses its beat: it is killed, and its rows go again, none charged."""

import os
import signal
from pathlib import Path

import pytest

from tests.e2e_processes.installation import wait_until
from tests.queue.pictures import photograph

pytestmark = pytest.mark.model

SILENT = "The batch runs longer than"
KILLED = "The caption worker process gives no sign of life. Killing it."


def stop_in_mid_batch(installation):
    """Stops the worker's process, with all its threads, while it holds rows. Returns its number."""
    while True:
        process = wait_until(installation.worker_in_mid_batch, "a batch runs", every=0.02)
        os.kill(process, signal.SIGSTOP)
        if installation.worker_in_mid_batch() == process:
            return process
        os.kill(process, signal.SIGCONT)  # it had just written its results


def parent_of(process):
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("\nPPid:")[2].split(maxsplit=1)[0])


def test_a_worker_that_stands_still_is_killed_and_its_rows_go_again(install):
    installation = install("impatient_settings")
    installation.start()
    installation.hand_over(photograph(seed) for seed in range(16))
    process = stop_in_mid_batch(installation)
    assert parent_of(process) == installation.process.pid  # the supervisor kills what does the work, not its parent
    wait_until(lambda: KILLED in installation.log.read_text(), "the silence is noticed")
    wait_until(lambda: not installation.unfinished(), "all images are done")
    assert process not in installation.processes()
    assert installation.count("queue_work WHERE status = 'done' AND attempts = 0") == 16
    assert installation.count("queue_work WHERE alone") >= 2
    assert installation.stop() == 0
    assert installation.processes() == []


def test_a_batch_that_never_ends_falls_silent_and_its_rows_go_again(install):
    installation = install("impatient_settings")
    installation.start_without_worker()
    installation.hand_over(photograph(seed) for seed in range(3))
    ((name,),) = installation.rows("SELECT spool_name FROM library_image ORDER BY id LIMIT 1")
    original = installation.data_dir / "spool" / name
    kept = original.rename(installation.data_dir / "kept")
    os.mkfifo(original)  # whoever reads it waits for a writer, for ever; the thread that beats lives on
    with installation.worker():
        wait_until(lambda: SILENT in installation.log.read_text(), "the batch is seen to hang")
        kept.replace(original)  # the hanging process does not see it, the next one does
        wait_until(lambda: not installation.unfinished(), "all images are done")
    said = installation.log.read_text()
    assert said.index(SILENT) < said.index(KILLED)
    assert installation.count("queue_work WHERE status = 'done' AND alone AND attempts = 0") == 3
    assert installation.stop() == 0
    assert installation.processes() == []
