"""Each test of the library gets a data folder of its own, and an owner."""

import pytest

from webapp.accounts.models import Owner


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)
