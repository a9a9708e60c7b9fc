"""Describing: the images of an audit that need words go to the library, each once, and their uses learn of them."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from webapp.audit.access import uses_on
from webapp.audit.archives import Archive, archive_of
from webapp.audit.errors import ArchiveUnusable, NothingToDescribe
from webapp.audit.models import Audit, Use
from webapp.fetch.errors import UrlInvalid
from webapp.library.addresses import linked
from webapp.library.errors import QueueFull, QuotaExceeded
from webapp.library.models import Job
from webapp.library.quota import pictures_left
from webapp.library.submit import Examined, Linked, Upload, examine, submit

# What a picture's own words can answer: a description, or the text in it.
DESCRIBED = ("describe", "text")
WEB = ("http://", "https://")
_AT_ONCE = 500


def describable(audit: Audit) -> list[Use]:
    """The uses that need words from their picture, and whose picture is not in the library yet; without their facts."""
    archive = _archive_of(audit)
    uses = _waiting(audit).defer("facts").order_by("page__position", "position")
    return [use for use in uses if _is_reachable(use.address, archive)]


def count_describable(audit: Audit) -> int:
    """How many pictures ``describable`` uses have, each counted once."""
    archive = _archive_of(audit)
    addresses = _waiting(audit).order_by().values_list("address", flat=True).distinct()
    return sum(_is_reachable(address, archive) for address in addresses)


def describe(audit: Audit, uses: Sequence[Use]) -> list[Job]:
    """Takes the pictures of these uses into the library, one for each address, and queues them.

    Several jobs are made where there are more than fit into one. What is no picture gets its reason there. Where the
    queue is full after some of them, those are what is done; so are as many as the quota leaves, unless it leaves none.

    Raises:
        NothingToDescribe: there are none.
        QueueFull, QuotaExceeded, StorageFull, Busy: as for ``webapp.library.submit``, of the first job.
    """
    by_address: dict[str, list[int]] = {}
    for use in uses:
        by_address.setdefault(use.address, []).append(use.pk)
    if not by_address:
        raise NothingToDescribe("No image here waits for a description. Those that need none say why.")
    left = pictures_left(audit.owner, audit.site)
    wanted = islice(by_address, None if left is None else max(left, 1))
    jobs: list[Job] = []
    archive = _archive_of(audit)
    for addresses in _batches(wanted, settings.MAX_FILES_PER_UPLOAD):
        try:
            job = _describe(audit, {address: by_address[address] for address in addresses}, archive)
        except (QueueFull, QuotaExceeded):
            if not jobs:
                raise
            break
        if job is not None:
            jobs.append(job)
    return jobs


def _describe(audit: Audit, by_address: dict[str, list[int]], archive: Archive | None) -> Job | None:
    """One job; None where somebody else was quicker. All or nothing, and no picture twice: the audit is the lock."""
    with transaction.atomic():
        Audit.objects.select_for_update().filter(pk=audit.pk).first()
        wanted = set(Use.objects.filter(pk__in=chain(*by_address.values()), image=None).values_list("pk", flat=True))
        addresses = [address for address, keys in by_address.items() if wanted & {*keys}]
        if not addresses:
            return None
        job = submit(audit.owner, [_given(address, archive) for address in addresses], site=audit.site)
        images = zip(job.images.order_by("position"), addresses, strict=True)
        uses = [Use(pk=pk, image=image) for image, address in images for pk in by_address[address] if pk in wanted]
        Use.objects.bulk_update(uses, ["image"], batch_size=_AT_ONCE)
    return job


def _archive_of(audit: Audit) -> Archive | None:
    """The archive of an audit that has one and still has it."""
    try:
        return archive_of(audit) if audit.kind == Audit.Kind.ARCHIVE else None
    except FileNotFoundError:
        return None


def _waiting(audit: Audit) -> QuerySet[Use]:
    return uses_on(audit).filter(todo__in=DESCRIBED, image=None).exclude(address="")


def _is_reachable(address: str, archive: Archive | None) -> bool:
    """Whether its bytes can be had: an address of the web, a file of the archive, or data in the page itself."""
    if address[:5].lower() == "data:":
        return True
    if not address.startswith(WEB):
        return archive is not None and address in archive
    try:
        linked(address)
    except UrlInvalid:
        return False
    return True


def _given(address: str, archive: Archive | None) -> Examined | Linked:
    if address[:5].lower() == "data:":
        return examine(Upload("image in the page", _data(address)))
    if archive is None or address.startswith(WEB):
        return linked(address)
    try:
        return examine(Upload(address.partition("?")[0], archive.read(address, settings.MAX_IMAGE_BYTES + 1)))
    except ArchiveUnusable:
        return examine(Upload(address.partition("?")[0], b""))


def _data(address: str) -> bytes:
    """The bytes of a data address (RFC 2397); none where it is broken."""
    head, _, body = address.partition(",")
    data = unquote_to_bytes(body)
    if not head.lower().rstrip().endswith(";base64"):
        return data
    try:
        return base64.b64decode(b"".join(data.split()) + b"==", validate=False)
    except (binascii.Error, ValueError):
        return b""


def _batches(addresses: Iterable[str], size: int) -> Iterable[list[str]]:
    coming = iter(addresses)
    while batch := list(islice(coming, size)):
        yield batch
