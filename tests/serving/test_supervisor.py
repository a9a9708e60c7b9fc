"""The supervisor, with real small processes."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest

from webapp.serving import service as services
from webapp.serving.errors import ServingError
from webapp.serving.leaving import STOP_SIGNALS, Leaving
from webapp.serving.lock import exclusive
from webapp.serving.service import MAX_DEATHS, SHORT_LIFE, Service
from webapp.serving.supervisor import Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys\n"
    f"child = subprocess.Popen({SLEEP!r})\n"
    "open(sys.argv[1], 'a').write(f'{child.pid} ')\n"
    "child.wait()",
]


def service(command, **care):
    return Service("test", command, dict(os.environ), **care)


def alive(process_id):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    except OSError:
        return False


def wait_for_the_end_of(*processes):
    deadline = time.monotonic() + 60
    while any(map(alive, processes)):
        assert time.monotonic() < deadline, f"some of {processes} live on"
        time.sleep(0.02)


def stop_soon(condition):
    """Sends this process SIGTERM, as an operator would, once the condition holds."""

    def watch():
        deadline = time.monotonic() + 120
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def test_services_run_until_they_are_told_to_stop():
    ended = []
    sleeper = service(SLEEP, clean_up=lambda process_id, crashed: ended.append((process_id, crashed)) or 0)
    started = []
    stop_soon(lambda: sleeper.process and not started.append(sleeper.process.pid))
    Supervisor([sleeper]).run()
    assert ended == [(started[0], False)]
    assert not alive(started[0])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_signal_that_a_finalizer_swallowed_is_obeyed(number):
    class Thing:
        """Something that Python finalizes."""

    started = []
    thing = Thing()
    weakref.finalize(thing, os.kill, os.getpid(), number)
    stop_soon(lambda: started)
    with Leaving() as leaving:
        del thing
        gc.collect()
        Supervisor([service(SLEEP)], each_tick=lambda: started.append(True)).run(leaving)
    assert leaving.asked
    assert not started


def test_what_dies_is_started_again_after_its_rows_are_freed():
    pids, ended = [], []

    def clean_up(process_id, crashed):
        ended.append((process_id, crashed))
        return 0

    sleeper = service(SLEEP, clean_up=clean_up)

    def each_tick():
        if sleeper.process and sleeper.process.pid not in pids:
            pids.append(sleeper.process.pid)
            if len(pids) == 1:
                os.kill(pids[0], signal.SIGKILL)

    stop_soon(lambda: len(pids) == 2)
    Supervisor([sleeper], each_tick=each_tick).run()
    assert ended == [(pids[0], True), (pids[1], False)]


def test_what_a_dead_process_has_started_ends_with_it(tmp_path):
    note = tmp_path / "children"
    note.touch()
    parent = service([*PARENT, str(note)])
    killed = []

    def children():
        return [int(number) for number in note.read_text().split()]

    def each_tick():
        if len(children()) == 1 and not killed:
            killed.append(parent.process.pid)
            os.kill(parent.process.pid, signal.SIGKILL)

    stop_soon(lambda: len(children()) == 2)
    Supervisor([parent], each_tick=each_tick).run()
    assert len(children()) == 2
    wait_for_the_end_of(*children())


def test_a_service_that_cannot_live_ends_all_with_a_sentence(monkeypatch):
    monkeypatch.setattr(services, "_FIRST_PAUSE", 0.0)
    sleeper = service(SLEEP)
    with pytest.raises(ServingError, match="died 5 times in a row"):
        Supervisor([sleeper, service([sys.executable, "-c", "raise SystemExit(3)"])]).run()
    assert sleeper.process is None


def test_a_service_that_does_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr("webapp.serving.supervisor.GRACE", 0.5)
    stubborn = service(STUBBORN)
    pids = []
    stop_soon(lambda: stubborn.process and not pids.append(stubborn.process.pid))
    Supervisor([stubborn]).run()
    assert not alive(pids[0])


def test_a_service_without_a_sign_of_life_is_killed_and_started_again(monkeypatch):
    monkeypatch.setattr("webapp.serving.supervisor._LOOK_AFTER", 0.1)
    ended = []
    unwell = service(
        SLEEP,
        is_well=lambda process_id, age: bool(ended),
        clean_up=lambda process_id, crashed: ended.append(crashed) or 0,
    )
    stop_soon(lambda: ended and unwell.process)
    Supervisor([unwell]).run()
    assert ended == [True, False]


def bury_after(service, age, *, held=0):
    """Lets the service's process live for so many seconds; returns whether it may be started again."""
    service.process = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    service.process.wait()
    service.started_at = 1000.0
    service.clean_up = lambda process_id, crashed: held
    return service.bury(1000.0 + age, crashed=True)


def test_short_lives_are_counted_and_long_ones_forgive():
    mortal = service(SLEEP)
    assert [bury_after(mortal, 1) for _ in range(MAX_DEATHS - 1)] == [True] * (MAX_DEATHS - 1)
    assert bury_after(mortal, SHORT_LIFE)
    assert [bury_after(mortal, 1) for _ in range(MAX_DEATHS - 1)] == [True] * (MAX_DEATHS - 2) + [False]


def test_the_pause_before_a_restart_grows():
    mortal = service(SLEEP)
    pauses = []
    for _ in range(4):
        bury_after(mortal, 1)
        pauses.append(mortal.start_at - 1001)
    assert pauses == [0.5, 1, 2, 4]


def test_deaths_in_mid_batch_are_charged_to_the_rows_and_not_to_the_service():
    mortal = service(SLEEP)
    assert all(bury_after(mortal, 1, held=1) for _ in range(3 * MAX_DEATHS))
    assert mortal.start_at == 1001.5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_children_do_not_outlive_a_killed_supervisor():
    script = (
        "import os, signal, sys, time\n"
        "from webapp.serving.process import spawn\n"
        f"child = spawn({STUBBORN!r}, environment=os.environ, orphan_signal=signal.SIGKILL)\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    wait_for_the_end_of(child)


def test_a_data_folder_is_held_by_one_service(tmp_path):
    path = tmp_path / "serve.lock"
    with exclusive(path), pytest.raises(ServingError, match="already runs with the data folder"), exclusive(path):
        pass
    with exclusive(path):
        pass
