"""How long a page may keep us busy: some are made to, and some grew so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from webapp.scan.errors import PageTooComplex

if TYPE_CHECKING:
    from collections.abc import Callable


class Budget:
    """Processor time for one page, in this thread. clock: seconds that never go back."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Go on only while there is time left; raises PageTooComplex."""
        if self._clock() > self._end:
            raise PageTooComplex
