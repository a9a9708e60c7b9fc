"""The duty of the fetch queue: many at once, since the network is what takes the time."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.audit.errors import ArchiveUnusable
from webapp.audit.gone import end_gone, is_gone
from webapp.audit.take_in import Source, keep_as_it_is, take_in
from webapp.audit.watch import compare
from webapp.fetch.errors import FetchError, NotYet
from webapp.library.submit import Upload, examine
from webapp.queue.arrive import arrive
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.postpone import postpone
from worker.drain import Duty

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webapp.audit.models import Page, Watch
    from webapp.fetch.fetched import Fetched

logger = logging.getLogger(__name__)

AT_ONCE = 8
PICTURES = ("image/*", "application/octet-stream")  # the latter from servers that do not know; the bytes decide
_FAILED = "Something went wrong while this was fetched. Try again in some minutes."

NOT_KEPT = "file_unreadable"
_NOT_KEPT = "There was no room to keep this. Try again in some minutes."
MISSING = "file_missing"
_MISSING = "The source of this page is no longer here. Hand it over again."


@dataclass(frozen=True, slots=True)
class Network:
    """How to get what an address holds. All raise FetchError, and are called from several threads at once.

    get_picture: that somebody named. get_page, get_picture_of_page: at the pace that the site asks for; they take the
    ``etag`` and ``last_modified`` of the look before too. get_built_page: as a browser builds it, if there is one.
    """

    get_picture: Callable[[str], Fetched]
    get_page: Callable[..., Fetched]
    get_picture_of_page: Callable[..., Fetched]
    get_built_page: Callable[[str], Fetched] | None = None

    def browser_for(self, page: Page) -> Callable[[str], Fetched] | None:
        """What builds the page, where that was asked for and there is one."""
        return self.get_built_page if page.audit.with_browser else None


def fetching(network: Network) -> Duty:
    """Fetches what the rows name."""
    return Duty(
        queue=Work.Queue.FETCH,
        at_once=AT_ONCE,
        run=lambda works: fetch_batch(works, network),
        failed=_FAILED,
    )


def fetch_batch(works: Sequence[Work], network: Network) -> None:
    """Brings every claimed row to its next state. Threads do nothing but fetch; the database is written here.

    Raises:
        DatabaseError: nothing could be written; the rows are still held.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        coming, here = {}, []
        for work in works:
            if work.watch is not None:
                coming[pool.submit(_get_picture, network, work.watch)] = work
            elif work.page is None:
                of_page = work.picture.uses.exists()
                get = network.get_picture_of_page if of_page else network.get_picture
                coming[pool.submit(get, work.picture.source_url)] = work
            elif work.page.audit.is_fetched:
                coming[pool.submit(_get_page, network, work.page)] = work
            else:
                here.append((work, work.page))
        for work, page in here:  # while the others are fetched
            _look_at_source(work, page)
        for one in as_completed(coming):
            work = coming[one]
            try:
                fetched = one.result()
            except NotYet as error:
                postpone(work, error.seconds)
            except FetchError as error:
                if work.page is not None and is_gone(work.page, error):
                    end_gone(work)
                else:
                    fail(work, error.code, error.message, fault_of_image=not error.may_pass)
            else:
                _keep(work, fetched, is_built=work.page is not None and network.browser_for(work.page) is not None)


def _get_page(network: Network, page: Page) -> Fetched:
    """The page; or only that it is not modified, where it was looked at before and its server can tell.

    A tag holds for one address, so nothing is asked of a page that was found elsewhere, and the answer of another
    address is not believed.
    """
    if build := network.browser_for(page):
        return build(page.address)
    if page.final_address != page.address:
        return network.get_page(page.address)
    return _unless_modified(network.get_page, page)


def _get_picture(network: Network, watch: Watch) -> Fetched:
    """The picture; or only that it is not modified, where its server told at the look before how to ask."""
    return _unless_modified(network.get_picture_of_page, watch)


def _unless_modified(get: Callable[..., Fetched], known: Page | Watch) -> Fetched:
    """What lies at the address, unless it is as before. The answer of another address is not believed."""
    said = {name: value for name in ("etag", "last_modified") if (value := getattr(known, name))}
    fetched = get(known.address, **said)
    return get(known.address) if fetched.not_modified and fetched.redirects else fetched


def _keep(work: Work, fetched: Fetched, *, is_built: bool) -> None:
    try:
        if work.watch is not None:
            compare(work, fetched)
        elif work.page is None:
            arrive(work, examine(Upload(work.picture.name, fetched.body)))
        elif fetched.not_modified:
            keep_as_it_is(work)
        else:
            take_in(work, Source.of(fetched, is_built=is_built))
    except OSError:
        logger.exception("What was fetched could not be kept.")
        fail(work, NOT_KEPT, _NOT_KEPT, fault_of_image=False)


def _look_at_source(work: Work, page: Page) -> None:
    """A page that was handed over with its source."""
    try:
        take_in(work, Source.handed_over(page))
    except FileNotFoundError:
        fail(work, MISSING, _MISSING, fault_of_image=True)
    except ArchiveUnusable as error:
        fail(work, error.code, error.message, fault_of_image=True)
    except OSError:
        logger.exception("The source of a page could not be read.")
        fail(work, NOT_KEPT, _NOT_KEPT, fault_of_image=False)
