"""``Idempotency-Key``: a request that makes something makes it once, however often it is sent again.

What was made is written down in the transaction that makes it, so a crash leaves both or neither. The answer itself is
not kept: it is drawn anew from what was made, so that nothing of it outlives a deletion.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header

from webapp.accounts.models import Owner
from webapp.api.auth import ApiRequest
from webapp.api.models import OnceRequest
from webapp.api.problems import Problem

KEPT_FOR = timedelta(hours=24)
# What is not made by then never will be: its process was killed. Longer than taking in the largest upload takes.
_LEASE = timedelta(seconds=60)

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,255}$",
        description="A name of your own for this request, such as a UUID: sent again with it within 24 hours, the "
        "request makes nothing new.",
    ),
]


class Once:
    """A request, and what it made, now or the first time."""

    def __init__(self, row: OnceRequest | None) -> None:
        self._row = row
        self._made = row.made if row else None

    @property
    def is_made(self) -> bool:
        """Whether it was made before."""
        return self._made is not None

    @property
    def made(self) -> UUID:
        """The id of what was made."""
        assert self._made is not None, "make comes first"
        return self._made

    def make(self, verb: Callable[[], UUID]) -> None:
        """Makes it, and writes down that it is made, all or nothing.

        Raises:
            Problem: idempotency_in_progress: this took so long that the same request was taken up by another process.
        """
        if self._row is None:
            self._made = verb()
            return
        with transaction.atomic():
            made = verb()
            if not _still_ours(self._row).update(made=made):
                raise _in_progress()
        self._made = made


@contextmanager
def once(request: ApiRequest, response: HttpResponse, key: str | None) -> Iterator[Once]:
    """A request that makes something; without a key just that. One that fails leaves its key free.

    Raises:
        Problem: idempotency_key_reused: with another content. idempotency_in_progress: the first is still at it.
    """
    if key is None:
        yield Once(None)
        return
    row = _claim(request.auth, key, _fingerprint(request))
    if row.made:
        response["Idempotency-Replayed"] = "true"
    try:
        yield Once(row)
    except BaseException:
        _still_ours(row).delete()
        raise


def delete_old_requests(now: datetime | None = None) -> int:
    """Forgets keys whose time is up. Returns how many."""
    return OnceRequest.objects.filter(started_at__lte=(now or timezone.now()) - KEPT_FOR).delete()[0]


def _claim(owner: Owner, key: str, fingerprint: str) -> OnceRequest:
    now = timezone.now()
    try:
        row, is_new = OnceRequest.objects.get_or_create(
            owner=owner, key=key, defaults={"fingerprint": fingerprint, "started_at": now}
        )
    except OnceRequest.DoesNotExist:  # freed just now by one that failed
        raise _in_progress() from None
    if is_new:
        return row
    if row.started_at <= now - KEPT_FOR:
        row.delete()
        return _claim(owner, key, fingerprint)
    if row.fingerprint != fingerprint:
        detail = "This Idempotency-Key came with another request before. Take a new one for each new request."
        raise Problem("idempotency_key_reused", detail)
    if row.made is None:
        is_dead = row.started_at <= now - _LEASE
        if not (is_dead and _still_ours(row).update(started_at=now)):
            raise _in_progress()
        row.started_at = now
    return row


def _still_ours(row: OnceRequest) -> QuerySet[OnceRequest]:
    return OnceRequest.objects.filter(pk=row.pk, started_at=row.started_at, made=None)


def _in_progress() -> Problem:
    detail = "The request with this Idempotency-Key is still under way. Send it again in a moment."
    return Problem("idempotency_in_progress", detail, headers={"Retry-After": "1"})


def _fingerprint(request: HttpRequest) -> str:
    """Of what is asked for, whatever boundary a form's parts have. Files are read piece by piece."""
    digest = sha256(request.path.encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = sha256()
            for chunk in file.chunks():
                content.update(chunk)
            facts = (name, file.name, getattr(file, "oversize", 0), content.hexdigest())
            digest.update(repr(facts).encode())
    return digest.hexdigest()
