"""The app in a project of its own, with a source in memory and an empty cache."""

import pytest
from django.core.cache import cache

from tests.alttext.sources import Memory, text


@pytest.fixture
def source(settings, monkeypatch):
    settings.ALTTEXT = {"SOURCE": "tests.alttext.sources.Memory"}
    monkeypatch.setattr(Memory, "known", {"http://testserver/tulip.jpg": text()})
    monkeypatch.setattr(Memory, "asked", [])
    monkeypatch.setattr(Memory, "pages", [])
    monkeypatch.setattr(Memory, "error", None)
    cache.clear()
    yield Memory
    cache.clear()
