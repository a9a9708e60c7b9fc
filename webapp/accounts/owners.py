"""Who stands behind a request: an account, a browser session, or a program on this machine that has no key."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from webapp.accounts.models import Owner

_SESSION_KEY = "owner"


def session_owner(request: HttpRequest, create: bool = False) -> Owner | None:
    """The owner that a request of the pages stands for: the account of who is logged in, else the browser's session.

    A session is begun only with ``create``: a visitor who hands nothing over gets no cookie. Each such use renews the
    session too, so that it lives at least as long as what is handed over now.
    """
    owner = user_owner(request.user) if request.user.is_authenticated else anonymous_owner(request)
    if owner is None and create:
        owner = Owner.objects.create(kind=Owner.Kind.SESSION)
        request.session[_SESSION_KEY] = str(owner.pk)
    if create:
        renew_session(request)
    return owner


def anonymous_owner(request: HttpRequest) -> Owner | None:
    """The owner of what was handed over in this browser by nobody who was logged in."""
    pk = request.session.get(_SESSION_KEY)
    return Owner.objects.filter(pk=pk, kind=Owner.Kind.SESSION).first() if pk else None


def leave_to_session(request: HttpRequest, owner: Owner | None) -> None:
    """Gives the session an owner back, after its other data was flushed."""
    if owner is not None:
        request.session[_SESSION_KEY] = str(owner.pk)


def user_owner(user: User) -> Owner:
    """The owner that an account has; made when it is first needed."""
    return Owner.objects.get_or_create(user=user, defaults={"kind": Owner.Kind.USER})[0]


def renew_session(request: HttpRequest) -> None:
    """Has the browser's session live on, so that it lives at least as long as what is kept for it."""
    request.session.modified = True


def delete_idle_owners(now: datetime | None = None) -> int:
    """Removes sessions' owners past the retention that have neither jobs, audits, decided uses nor keys. Returns how
    many.

    A browser whose owner is gone gets a new one when it next hands something over.
    """
    limit = (now or timezone.now()) - settings.RETENTION
    empty = {"jobs": None, "audits": None, "decided_uses": None, "keys_made": None}
    idle = Owner.objects.filter(kind=Owner.Kind.SESSION, created_at__lte=limit, **empty)
    with transaction.atomic():
        locked = [owner.pk for owner in Owner.objects.select_for_update().filter(pk__in=idle).order_by("pk")]
        found = list(idle.filter(pk__in=locked).values_list("pk", flat=True))  # who got a job before the lock stays
        Owner.objects.filter(pk__in=found).delete()
    return len(found)


def loopback_owner() -> Owner:
    """The one owner of all that programs on this machine hand over without a key."""
    return Owner.objects.get_or_create(kind=Owner.Kind.LOOPBACK)[0]
