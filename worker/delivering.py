"""What webhooks are owed is delivered: several receivers at once, each at its own pace."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from django.utils import timezone

from webapp.webhooks.claim import claim
from webapp.webhooks.send import Outcome, Post, send
from webapp.webhooks.settle import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from webapp.webhooks.models import Delivery

AT_ONCE = 8


def deliver(
    post: Post, *, budget: float, stopping: Callable[[], bool], clock: Callable[[], float] = time.monotonic
) -> int:
    """Delivers what is due and returns how many tries that took. Threads do nothing but send.

    Args:
        post: ``Fetcher.post``.
        budget: seconds after which no further try is begun; what is due then is left to the next call.
        stopping: whether the worker is shutting down.
        clock: seconds.

    Raises:
        DatabaseError: nothing could be written; what was being sent is due again when its lease is over.
    """
    end = clock() + budget
    count = 0
    flying: dict[Future[Outcome], Delivery] = {}
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        while True:
            if clock() < end and not stopping() and len(flying) < AT_ONCE:
                for delivery in claim(AT_ONCE - len(flying), timezone.now()):
                    flying[pool.submit(send, delivery, post, timezone.now())] = delivery
                    count += 1
            if not flying:
                return count
            for one in wait(flying, return_when=FIRST_COMPLETED).done:
                settle(flying.pop(one), one.result(), timezone.now())
