"""Who stands behind a request: a browser session, or a program on this machine that has no key."""

from django.http import HttpRequest

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
        request.session.modified = True
    return owner


def loopback_owner() -> Owner:
    """The one owner of all that programs on this machine hand over without a key."""
    return Owner.objects.get_or_create(kind=Owner.Kind.LOOPBACK)[0]
