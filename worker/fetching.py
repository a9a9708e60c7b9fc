"""The duty of the fetch queue: many at once, since the network is what takes the time."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import TYPE_CHECKING

from webapp.fetch.errors import FetchError
from webapp.library.submit import Upload, examine
from webapp.queue.arrive import arrive
from webapp.queue.fail import fail
from webapp.queue.models import Work
from worker.drain import Duty

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webapp.fetch.fetched import Fetched

logger = logging.getLogger(__name__)

AT_ONCE = 8
PICTURES = ("image/*", "application/octet-stream")  # the latter from servers that do not know; the bytes decide
_FAILED = "Something went wrong while this was fetched. Try again in some minutes."

NOT_KEPT = "file_unreadable"
_NOT_KEPT = "There was no room to keep this picture. Try again in some minutes."


def fetching(get: Callable[[str], Fetched]) -> Duty:
    """Fetches what the rows name.

    Args:
        get: from the address of a picture to what it holds; raises FetchError. Several threads call it at once.
    """
    return Duty(queue=Work.Queue.FETCH, at_once=AT_ONCE, run=partial(fetch_batch, get=get), failed=_FAILED)


def fetch_batch(works: Sequence[Work], get: Callable[[str], Fetched]) -> None:
    """Brings every claimed row to its next state. Threads do nothing but fetch; the database is written here.

    Raises:
        DatabaseError: nothing could be written; the rows are still held.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        coming = {pool.submit(get, work.picture.source_url): work for work in works}
        for one in as_completed(coming):
            work = coming[one]
            try:
                fetched = one.result()
            except FetchError as error:
                fail(work, error.code, error.message, fault_of_image=not error.may_pass)
            else:
                _keep(work, fetched.body)


def _keep(work: Work, data: bytes) -> None:
    try:
        arrive(work, examine(Upload(work.picture.name, data)))
    except OSError:
        logger.exception("A picture that was fetched could not be kept.")
        fail(work, NOT_KEPT, _NOT_KEPT, fault_of_image=False)
