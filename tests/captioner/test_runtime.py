import pytest
import torch

from captioner.errors import ConfigurationError
from captioner.runtime import Runtime, best_time, fastest, requested_dtype, requested_threads

FULL, HALF = torch.float32, torch.bfloat16


def chosen(times, threads=4, try_fewer_threads=True, try_bfloat16=True):
    """The way that is chosen on a machine with these times, and the ways that were measured there."""
    measured = []

    def seconds(way):
        measured.append(way)
        return times[way.dtype, way.threads]

    usual = Runtime(FULL, threads)
    best = fastest(usual, seconds, try_fewer_threads=try_fewer_threads, try_bfloat16=try_bfloat16)
    return best, measured


def test_where_matrices_of_bfloat16_are_multiplied_it_wins():
    best, _ = chosen({(FULL, 4): 1.0, (FULL, 2): 1.7, (HALF, 4): 0.4})
    assert best == Runtime(HALF, 4)


def test_where_bfloat16_is_slower_float32_stays():
    best, measured = chosen({(FULL, 2): 1.0, (FULL, 1): 1.9, (HALF, 2): 1.5}, threads=2)
    assert best == Runtime(FULL, 2)
    assert len(measured) == 3


def test_nearly_a_tie_goes_to_float32_and_to_more_threads():
    best, _ = chosen({(FULL, 4): 1.0, (FULL, 2): 0.95, (HALF, 4): 0.92})
    assert best == Runtime(FULL, 4)


def test_threads_are_halved_as_long_as_that_helps():
    times = {(FULL, 8): 1.0, (FULL, 4): 0.7, (FULL, 2): 0.5, (FULL, 1): 0.6, (HALF, 2): 0.2}
    best, measured = chosen(times, threads=8)
    assert best == Runtime(HALF, 2)
    assert [way.threads for way in measured] == [8, 4, 2, 1, 2]


def test_what_was_asked_for_is_not_measured():
    times = {(FULL, 2): 1.0, (FULL, 1): 0.1, (HALF, 2): 0.1}
    assert chosen(times, threads=2, try_fewer_threads=False)[0] == Runtime(HALF, 2)
    assert chosen(times, threads=2, try_bfloat16=False)[0] == Runtime(FULL, 1)
    assert chosen({}, try_fewer_threads=False, try_bfloat16=False) == (Runtime(FULL, 4), [])


class Clock:
    """Moves on by what `run` takes."""

    def __init__(self, *taken):
        self.now, self.taken, self.runs = 0.0, list(taken), 0

    def __call__(self):
        return self.now

    def run(self):
        self.now += self.taken[min(self.runs, len(self.taken) - 1)]
        self.runs += 1


def test_the_best_of_a_few_tries_counts_and_not_the_first():
    clock = Clock(0.01, 0.1, 0.05, 0.2)
    assert best_time(clock.run, clock) == pytest.approx(0.05)


def test_measuring_ends_soon():
    slow, fast = Clock(3.0, 1.0), Clock(0.001)
    assert best_time(slow.run, slow) == pytest.approx(3.0)
    assert slow.runs == 1
    best_time(fast.run, fast)
    assert fast.runs < 10


@pytest.mark.parametrize(("name", "dtype"), [("auto", None), ("float32", FULL), (" BFloat16 ", HALF), (None, None)])
def test_dtypes_have_their_usual_names(monkeypatch, name, dtype):
    monkeypatch.delenv("CAPTIONER_DTYPE", raising=False)
    assert requested_dtype(name) == dtype


@pytest.mark.parametrize(("count", "threads"), [("auto", None), (3, 3), ("2", 2), (None, None)])
def test_threads_are_a_number(monkeypatch, count, threads):
    monkeypatch.delenv("CAPTIONER_THREADS", raising=False)
    assert requested_threads(count) == threads


def test_the_environment_decides_unless_something_is_given(monkeypatch):
    monkeypatch.setenv("CAPTIONER_DTYPE", "bfloat16")
    monkeypatch.setenv("CAPTIONER_THREADS", "5")
    assert (requested_dtype(), requested_threads()) == (HALF, 5)
    assert (requested_dtype("auto"), requested_threads("auto")) == (None, None)
    assert (requested_dtype("float32"), requested_threads(1)) == (FULL, 1)


@pytest.mark.parametrize("name", ["float64", "half", "1"])
def test_another_dtype_is_refused_with_the_variable_s_name(monkeypatch, name):
    monkeypatch.setenv("CAPTIONER_DTYPE", name)
    with pytest.raises(ConfigurationError, match="Set CAPTIONER_DTYPE to auto, float32 or bfloat16"):
        requested_dtype()


@pytest.mark.parametrize("count", ["0", "-1", "two", "1.5", "²"])
def test_another_number_of_threads_is_refused_with_the_variable_s_name(monkeypatch, count):
    monkeypatch.setenv("CAPTIONER_THREADS", count)
    with pytest.raises(ConfigurationError, match="Set CAPTIONER_THREADS to auto, 1, 2"):
        requested_threads()
