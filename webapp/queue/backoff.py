"""How long a row waits after a failure."""

import random
from datetime import timedelta

_FIRST = timedelta(seconds=2)
_FACTOR = 4


def delay_after(attempts: int) -> timedelta:
    """About 2 s after the first failure, 8 s after the second, spread by half so that rows do not return in step."""
    spread = random.uniform(0.5, 1.5)  # noqa: S311  (not a secret)
    return _FIRST * _FACTOR ** (attempts - 1) * spread
