"""How many processors this process may use, and work shared out among threads."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Given = TypeVar("Given")
Made = TypeVar("Made")

_CONTROL_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUPS = Path("/proc/self/cgroup")


def available_cpus() -> int:
    """Processors that this process may use: those of its affinity, or fewer if a control group (a container) allows
    less of their time; a part of one counts as one. At least 1.
    """
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min(affinity, cpu_quota())))


def cpu_quota(own_groups: Path = _OWN_GROUPS, mounted: Path = _CONTROL_GROUPS) -> float:
    """Processors' worth of time that the control groups of this process allow; infinite without a limit.

    own_groups: the list of the process's groups, as Linux writes it. mounted: where the groups' files are, of version 1
    or 2. A group is limited by all that it lies in, so the smallest limit counts.
    """
    try:
        lines = own_groups.read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux, or no control groups
        return math.inf
    quota = math.inf
    for line in lines:
        number, controllers, path = line.split(":", maxsplit=2)
        if number != "0" and "cpu" not in controllers.split(","):
            continue
        root = mounted if number == "0" else mounted / "cpu"
        group = root / path.lstrip("/")
        for folder in (group, *group.parents):
            quota = min(quota, _limit(folder))
            if folder == root:
                break
    return quota


def in_threads(work: Callable[[Given], Made], items: Sequence[Given], threads: int) -> Iterable[Made]:
    """`map`, in so many threads: for work that frees Python's lock, such as Pillow's. The results are in order."""
    if min(threads, len(items)) < 2:
        return map(work, items)
    with ThreadPoolExecutor(min(threads, len(items))) as pool:
        return pool.map(work, items)


def _limit(folder: Path) -> float:
    """The processors' worth of time that one control group says; infinite if it says none."""
    version_2, quota_1, period_1 = (folder / name for name in ("cpu.max", "cpu.cfs_quota_us", "cpu.cfs_period_us"))
    try:
        if version_2.is_file():
            quota, period = version_2.read_text(encoding="ascii").split()
        else:
            quota, period = (path.read_text(encoding="ascii").strip() for path in (quota_1, period_1))
    except OSError:  # a group without the controller, or one outside of what is mounted here
        return math.inf
    return math.inf if quota in ("max", "-1") else int(quota) / int(period)
