"""Who may make an account: the setting ``SIGN_UP`` says."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from webapp.accounts.models import Site


class SignUpClosed(Exception):  # noqa: N818 - a refusal is named for what it says
    """No more accounts are made on the page."""


def may_sign_up() -> bool:
    """Whether a visitor may make an account now."""
    if settings.SIGN_UP == "first":
        return not User.objects.exists()
    return bool(settings.SIGN_UP == "everyone")


def sign_up(save: Callable[[], User]) -> User:
    """Makes the account that ``save`` stores.

    Raises:
        SignUpClosed: somebody else was the first meanwhile.
    """
    with transaction.atomic():
        Site.objects.select_for_update().filter(pk=Site.default().pk).get()  # one after the other
        if not may_sign_up():
            raise SignUpClosed
        return save()
