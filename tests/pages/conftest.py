"""A browser session with its owner."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.pages.scene import build_scene
from webapp.accounts.models import Owner


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
def scene(owner):
    return build_scene(owner)
