"""What every test has: a data folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.PAGES_DIR = tmp_path / "pages"
    settings.ARCHIVES_DIR = tmp_path / "archives"
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path
