"""The parties of the API: a key, another key, a program on this machine, and somebody far away without a key."""

import pytest
from django.test import Client

from webapp.accounts.keys import make_key

FAR_AWAY = "203.0.113.7"


def client_with(secret: str) -> Client:
    """A client far away that sends the key."""
    return Client(headers={"Authorization": f"Bearer {secret}"}, REMOTE_ADDR=FAR_AWAY)


@pytest.fixture
def secret(db):
    return make_key("ours")[1]


@pytest.fixture
def client(secret):
    return client_with(secret)


@pytest.fixture
def stranger(db):
    return client_with(make_key("theirs")[1])


@pytest.fixture
def local(db):
    return Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")


@pytest.fixture
def keyless(db):
    return Client(REMOTE_ADDR=FAR_AWAY)
