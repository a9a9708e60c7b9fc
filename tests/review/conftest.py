"""An owner, for the tests of reviewing."""

import pytest

from webapp.accounts.models import Owner


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)
