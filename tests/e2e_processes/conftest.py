"""Installations for the tests of processes."""

import pytest

from tests.e2e_processes.installation import Installation
from tests.services import servers


@pytest.fixture
def install(tmp_path):
    """Makes installations and sees to it that none of their processes outlives the test."""
    made = []

    def make(settings="settings", **environment):
        environment["DJANGO_SETTINGS_MODULE"] = f"tests.e2e_processes.{settings}"
        made.append(Installation(tmp_path / "data", **environment))
        return made[-1]

    yield make
    for installation in made:
        installation.clean_up()


@pytest.fixture
def postgresql():
    with servers.postgresql() as url:
        yield url


@pytest.fixture
def redis():
    with servers.redis() as url:
        yield url
