import math
import os
import threading

import pytest

from captioner.cpus import available_cpus, cpu_quota, in_threads


@pytest.fixture
def groups(tmp_path):
    """Writes the files of control groups, and tells the quota that they amount to."""

    def quota(own: str, files: dict[str, str]) -> float:
        (tmp_path / "own").write_text(own)
        for name, text in files.items():
            path = tmp_path / "mounted" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return cpu_quota(tmp_path / "own", tmp_path / "mounted")

    return quota


def test_a_container_s_limit_is_read_in_version_2(groups):
    assert groups("0::/\n", {"cpu.max": "150000 100000\n"}) == 1.5


def test_no_limit_is_infinite(groups):
    assert groups("0::/\n", {"cpu.max": "max 100000\n"}) == math.inf


def test_the_smallest_limit_on_the_way_up_counts(groups):
    files = {"a/cpu.max": "400000 100000\n", "a/b/cpu.max": "max 100000\n", "c/cpu.max": "100000 100000\n"}
    assert groups("0::/a/b\n", files) == 4


def test_a_container_s_limit_is_read_in_version_1(groups):
    files = {"cpu/cpu.cfs_quota_us": "200000\n", "cpu/cpu.cfs_period_us": "100000\n"}
    own = "9:memory:/elsewhere\n2:cpu,cpuacct:/docker/1f\n0::/docker/1f\n"
    assert groups(own, files) == 2
    assert groups(own, {**files, "cpu/cpu.cfs_quota_us": "-1\n"}) == math.inf


def test_where_there_are_no_control_groups_there_is_no_limit(tmp_path):
    assert cpu_quota(tmp_path / "nothing", tmp_path) == math.inf


def test_a_part_of_a_processor_counts_as_one_and_affinity_as_it_is(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    for quota, cpus in ((math.inf, 4), (1.5, 2), (0.2, 1), (9, 4)):
        monkeypatch.setattr("captioner.cpus.cpu_quota", lambda quota=quota: quota)
        assert available_cpus() == cpus


def test_results_come_in_the_order_of_what_was_given_in_several_threads():
    together = threading.Barrier(2, timeout=30)  # passes only if two wait at once

    def work(number):
        together.wait()
        return number, threading.current_thread().name

    found = list(in_threads(work, [3, 1, 2, 0], threads=2))
    assert [number for number, _ in found] == [3, 1, 2, 0]
    assert len({name for _, name in found}) == 2


@pytest.mark.parametrize(("items", "threads"), [([1, 2], 1), ([1], 4), ([], 4)])
def test_one_thread_or_one_thing_needs_no_pool(items, threads):
    names = list(in_threads(lambda _: threading.current_thread().name, items, threads))
    assert names == [threading.current_thread().name] * len(items)


def test_an_error_in_a_thread_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(in_threads(lambda number: 1 / number, [1, 0], threads=2))
