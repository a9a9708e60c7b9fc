"""An owner, for the tests of the library."""

import pytest

from webapp.accounts.models import Owner


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)
