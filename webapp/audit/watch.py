"""Another picture under the same address: at each look the pictures that have words are asked for again and compared.

The words that were made or decided for the picture before are never told of the new one: it is described afresh.
"""

import logging

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from webapp.audit.access import uses_on
from webapp.audit.describe import WEB, describe
from webapp.audit.models import Audit, Use, Watch
from webapp.audit.places import decided_on
from webapp.fetch.fetched import Fetched
from webapp.library.errors import LibraryError
from webapp.library.submit import Upload, examine
from webapp.queue.fail import fail
from webapp.queue.fence import lock_claimed
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work
from webapp.uses.place import decided_uses

logger = logging.getLogger(__name__)

_AT_ONCE = 500
_LONGEST_ETAG = 1000
_LONGEST_DATE = 100


def watch_pictures(audit: Audit) -> None:
    """Queues the audit's pictures that have words, behind its pages, within the running transaction."""
    known = {watch.address: watch for watch in audit.watches.all()}
    wanted = _addresses(audit)
    new = [
        Watch(audit=audit, address=address, fingerprint=fingerprint)
        for address, fingerprint in wanted.items()
        if address not in known
    ]
    Watch.objects.bulk_create(new, batch_size=_AT_ONCE)
    again = [*new, *(watch for address, watch in known.items() if address in wanted)]
    works_of(audit).delete()
    now = timezone.now()
    works = (Work(queue=Work.Queue.FETCH, watch=watch, next_attempt_at=now) for watch in again)
    Work.objects.bulk_create(works, batch_size=_AT_ONCE)
    hint_after_commit(Work.Queue.FETCH)


def works_of(audit: Audit) -> QuerySet[Work]:
    """The rows of the queue by which the audit's pictures are asked for again."""
    return Work.objects.filter(watch__audit=audit)


def compare(work: Work, fetched: Fetched) -> bool:
    """Writes what lies at the address now; where that is another picture, its uses are described afresh.

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the audit was deleted.
    """
    assert work.watch is not None, "this is the row of an image or a page"
    found = work.watch.fingerprint
    if not fetched.not_modified:
        examined = examine(Upload(work.watch.address, fetched.body))
        if examined.error is not None:
            return fail(work, examined.error.code, examined.error.message, fault_of_image=True)
        found = examined.sha256
    with transaction.atomic():
        # First of all, as in ``write_page``: a page that comes in meanwhile hands its pictures on.
        audit = Audit.objects.select_for_update().filter(pk=work.watch.audit_id).first()
        if audit is None or not lock_claimed([work]):
            return False
        watch = Watch.objects.select_for_update().get(pk=work.watch.pk)
        described = _replace(watch) if watch.fingerprint not in ("", found) else []
        watch.fingerprint = found
        if not fetched.not_modified:
            watch.etag = fetched.etag if len(fetched.etag) <= _LONGEST_ETAG else ""
            watch.last_modified = fetched.last_modified if len(fetched.last_modified) <= _LONGEST_DATE else ""
        watch.save()
        Work.objects.filter(pk=work.pk).update(
            status=Work.Status.DONE, lease_until=None, finished_at=timezone.now(), error_code="", error_message=""
        )
    if described:
        _describe_again(audit, described)
    return True


def _addresses(audit: Audit) -> dict[str, str]:
    """The addresses whose pictures have words, each with the fingerprint of the picture that they were made for.

    A picture that never came here has none; what a person decided for a place was seen in their own browser.
    """
    uses = uses_on(audit).filter(address__startswith="http")
    found = dict.fromkeys(_decided(audit, uses), "")
    found |= dict(uses.filter(image__blob__isnull=False).values_list("address", "image__blob"))
    return {address: fingerprint for address, fingerprint in found.items() if address.startswith(WEB)}


def _decided(audit: Audit, uses: QuerySet[Use]) -> list[str]:
    """The addresses of the uses for whose places a person decided."""
    if not decided_uses(audit.site, audit.owner).exists():
        return []
    found = list(uses.select_related("page__audit__site"))
    decided = decided_on(audit, found)
    return [use.address for use in found if use.pk in decided and decided[use.pk].is_decided]


def _replace(watch: Watch) -> list[int]:
    """Takes the picture before away from its uses. Returns the keys of those that had one."""
    watch.changed_at = timezone.now()
    uses = Use.objects.filter(page__audit=watch.audit_id, address=watch.address, image__isnull=False)
    described = list(uses.values_list("pk", flat=True))
    uses.update(image=None)
    return described


def _describe_again(audit: Audit, keys: list[int]) -> None:
    """Where there is no room for it now, the report offers it as it does for every picture without words."""
    try:
        describe(audit, list(uses_on(audit).filter(pk__in=keys).defer("facts")))
    except LibraryError:
        logger.warning("Another picture lies at an address, and could not be queued.", exc_info=True)
