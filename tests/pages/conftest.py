"""A browser session with its owner, and an account with its site."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.pages.scene import account_of, build_scene
from webapp.accounts.models import Owner
from webapp.accounts.sites import make_site


def client_of(owner: Owner) -> Client:
    """A browser whose session stands for the owner: in which an account is logged in, or nobody is."""
    client = Client()
    if owner.user:
        client.force_login(owner.user)
        return client
    session = SessionStore()
    session["owner"] = str(owner.pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)


@pytest.fixture
def visitor(owner):
    return client_of(owner)


@pytest.fixture
def stranger(db):
    return client_of(Owner.objects.create(kind=Owner.Kind.SESSION))


@pytest.fixture
def alice(db):
    """Somebody with an account."""
    return account_of("alice")


@pytest.fixture
def site(alice):
    """Her site."""
    return make_site("Shop", alice.user)


@pytest.fixture
def scene(owner):
    return build_scene(owner)
