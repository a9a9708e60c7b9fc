"""Who stands behind a request: a browser session, or a program on this machine that has no key."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from webapp.accounts.models import Owner

_SESSION_KEY = "owner"


def session_owner(request: HttpRequest, create: bool = False) -> Owner | None:
    """The owner that the browser's session stands for.

    A session is begun only with ``create``: a visitor who hands nothing over gets no cookie. Each such use renews the
    session too, so that it lives at least as long as what is handed over now.
    """
    pk = request.session.get(_SESSION_KEY)
    owner = Owner.objects.filter(pk=pk, kind=Owner.Kind.SESSION).first() if pk else None
    if owner is None and create:
        owner = Owner.objects.create(kind=Owner.Kind.SESSION)
        request.session[_SESSION_KEY] = str(owner.pk)
    if create:
        renew_session(request)
    return owner


def renew_session(request: HttpRequest) -> None:
    """Has the browser's session live on, so that it lives at least as long as what is kept for it."""
    request.session.modified = True


def delete_idle_owners(now: datetime | None = None) -> int:
    """Removes sessions' owners past the retention that have neither jobs nor audits nor keys. Returns how many.

    A browser whose owner is gone gets a new one when it next hands something over.
    """
    limit = (now or timezone.now()) - settings.RETENTION
    idle = Owner.objects.filter(kind=Owner.Kind.SESSION, created_at__lte=limit, jobs=None, audits=None, keys_made=None)
    with transaction.atomic():
        locked = [owner.pk for owner in Owner.objects.select_for_update().filter(pk__in=idle).order_by("pk")]
        found = list(idle.filter(pk__in=locked).values_list("pk", flat=True))  # who got a job before the lock stays
        Owner.objects.filter(pk__in=found).delete()
    return len(found)


def loopback_owner() -> Owner:
    """The one owner of all that programs on this machine hand over without a key."""
    return Owner.objects.get_or_create(kind=Owner.Kind.LOOPBACK)[0]
