"""The servers that the tests of this folder share."""

import pytest

from tests.services import servers


@pytest.fixture(scope="session")
def postgresql():
    with servers.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def redis():
    with servers.redis() as url:
        yield url
