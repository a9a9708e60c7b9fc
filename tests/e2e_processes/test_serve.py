"""Starting, stopping and surviving: no process outlives the service, and no row stays behind."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from captioner.model_names import shipped_folder
from tests.e2e_processes.installation import PATIENCE, wait_until
from tests.queue.pictures import photograph

pytestmark = pytest.mark.model


def test_a_clean_stop_in_mid_batch_leaves_no_process_and_no_charge(install):
    installation = install()
    installation.start()
    assert f"Captioner is ready at http://127.0.0.1:{installation.port}" in installation.log.read_text()
    installation.hand_over(photograph(seed) for seed in range(60))
    wait_until(installation.worker_in_mid_batch, "a batch runs")
    assert installation.stop() == 0
    assert installation.processes() == []
    assert installation.count("queue_work WHERE status = 'running'") == 0
    assert installation.count("queue_work WHERE status = 'queued'") > 0
    assert installation.count("queue_work WHERE attempts > 0 OR alone") == 0
    assert installation.count("queue_workerbeat") == 0


def test_nothing_outlives_a_killed_service_and_the_next_one_goes_on_at_once(install):
    installation = install()
    installation.start()
    installation.hand_over(photograph(seed) for seed in range(30))
    wait_until(installation.worker_in_mid_batch, "a batch runs")
    installation.process.kill()
    installation.process.wait()
    wait_until(lambda: not installation.processes(), "all processes have ended")
    assert installation.count("queue_work WHERE status = 'running'") > 0
    installation.start(ready=False)
    wait_until(lambda: not installation.unfinished(), "all images are done")
    assert installation.count("queue_work WHERE status = 'done' AND attempts = 0") == 30
    assert installation.stop() == 0


def test_what_dies_is_started_again(install):
    installation = install()
    installation.start_without_worker()
    web = next(process for process in installation.processes() if b"gunicorn" in command_of(process))
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: "The web process ended (signal SIGKILL)" in installation.log.read_text(), "the death is seen")
    wait_until(installation.answers, "the pages answer again")
    assert installation.stop() == 0
    assert installation.processes() == []


def command_of(process):
    return Path(f"/proc/{process}/cmdline").read_bytes()


def refusal(installation, *arguments):
    """What the command says when it refuses to start."""
    process = installation.command(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    return errors.decode()


def test_a_port_in_use_is_said(install):
    installation = install()
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        assert f"Port {installation.port} is in use by another program." in refusal(installation, "serve")


def test_a_second_service_in_the_same_folder_is_refused(install):
    first, second = install(), install()
    first.start("--caption-workers", "0", ready=False)
    wait_until((first.data_dir / "serve.lock").exists, "the first one holds its folder")
    wait_until(lambda: "already runs" in refusal_or_nothing(second), "the second one is refused")
    assert first.stop() == 0


def refusal_or_nothing(installation):
    return refusal(installation, "serve", "--caption-workers", "0")


def test_a_model_that_cannot_be_loaded_ends_the_service_with_a_sentence(install, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(shipped_folder(), broken)
    (broken / "model.safetensors").write_bytes(b"not a model")
    installation = install(CAPTIONER_MODEL=str(broken))
    installation.start(ready=False)
    assert installation.process.wait(timeout=PATIENCE) == 1
    said = installation.log.read_text()
    assert "The caption worker process died 5 times in a row" in said
    assert "SHA-256 differs" in said
    assert installation.processes() == []


def test_a_missing_model_is_said_before_anything_starts(install, tmp_path):
    installation = install(CAPTIONER_MODEL=str(tmp_path / "nowhere"))
    assert "lacks manifest.json and model.safetensors" in refusal(installation, "serve")


def test_a_database_that_cannot_be_reached_is_said(install):
    installation = install(DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert "The database cannot be used" in refusal(installation, "serve")


def test_a_worker_of_its_own_serves_beside_a_service_without(install):
    installation = install()
    installation.start_without_worker()
    assert not installation.is_ready()
    with installation.worker():
        wait_until(installation.is_ready, "the worker has loaded its model")
        assert installation.rows("SELECT device FROM queue_workerbeat WHERE queue = 'caption'") == [("cpu",)]
        installation.hand_over([photograph(1)])
        wait_until(lambda: not installation.unfinished(), "the image is done")
    assert installation.stop() == 0
    assert installation.processes() == []
