"""How the model is run on this machine: in which precision and with how many threads, chosen by measuring.

Bfloat16 is twice to four times as fast as float32 where the processor multiplies matrices of it (AMX), and slower
elsewhere; a second thread helps on an idle machine and can harm on a busy one. No table of processors is as good as a
try. `CAPTIONER_DTYPE=auto|float32|bfloat16` and `CAPTIONER_THREADS=auto|N` overrule it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

DTYPE_VARIABLE = "CAPTIONER_DTYPE"
THREADS_VARIABLE = "CAPTIONER_THREADS"

_DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
# Less than this part of the time, or the change is not worth it: float32 and more threads win what is nearly a tie.
_CLEARLY_FASTER = 0.9
_ENOUGH_SECONDS = 0.6  # of measuring one way; a busy machine needs several tries for one that is not disturbed
_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Runtime:
    """A way to run the model: the precision of the encoder, and torch's threads."""

    dtype: torch.dtype
    threads: int


def requested_dtype(name: str | None = None) -> torch.dtype | None:
    """The precision called `name`, else that of CAPTIONER_DTYPE; None for `auto`, which is the default.

    Raises ConfigurationError for another name.
    """
    name = (name or os.environ.get(DTYPE_VARIABLE) or "auto").strip().lower()
    if name == "auto":
        return None
    if name not in _DTYPES:
        raise ConfigurationError(f"The dtype {name!r} is unknown. Set {DTYPE_VARIABLE} to auto, float32 or bfloat16.")
    return _DTYPES[name]


def requested_threads(count: int | str | None = None) -> int | None:
    """The number of threads asked for, else that of CAPTIONER_THREADS; None for `auto`, which is the default.

    Raises ConfigurationError for what is no whole number above 0.
    """
    text = str(count or os.environ.get(THREADS_VARIABLE) or "auto").strip().lower()
    if text == "auto":
        return None
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise ConfigurationError(f"{text!r} is no number of threads. Set {THREADS_VARIABLE} to auto, 1, 2 and so on.")
    return int(text)


def fastest(
    usual: Runtime, seconds: Callable[[Runtime], float], *, try_fewer_threads: bool, try_bfloat16: bool
) -> Runtime:
    """The fastest way to run, by measuring `usual` and the few ways that could be better.

    The threads are halved for as long as that is clearly faster; bfloat16 is tried with the number that is then left.
    seconds: runs the model in a way and tells how long it took.
    """
    if not (try_fewer_threads or try_bfloat16):
        return usual
    best, least = usual, seconds(usual)
    while try_fewer_threads and best.threads > 1:
        tried = replace(best, threads=best.threads // 2)
        taken = seconds(tried)
        if taken >= _CLEARLY_FASTER * least:
            break
        best, least = tried, taken
    if try_bfloat16:
        tried = replace(best, dtype=torch.bfloat16)
        if seconds(tried) < _CLEARLY_FASTER * least:
            best = tried
    return best


def best_time(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that `run` takes: the least of a few tries, after a first one that makes everything ready.

    Where that first try takes long, it counts and is the only one: the machine is slow or busy, and others wait.
    """
    first = _timed(run, clock)
    if first >= _ENOUGH_SECONDS:
        return first
    tries: list[float] = []
    while len(tries) < _MOST_TRIES and sum(tries) < _ENOUGH_SECONDS:
        tries.append(_timed(run, clock))
    return min(tries)


def _timed(run: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    run()
    return clock() - began
