"""``manage.py apikey``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from webapp.accounts.keys import find_key
from webapp.accounts.models import ApiKey

pytestmark = pytest.mark.django_db


def apikey(*arguments):
    output = StringIO()
    call_command("apikey", *arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def test_create_prints_the_key_alone():
    secret = apikey("create", "shop").strip()
    key = find_key(secret)
    assert key.name == "shop"
    assert key.made_by is None
    assert key.scopes == ["read", "write", "review"]


def test_a_key_may_be_made_to_do_less():
    secret = apikey("create", "shop", "--scope", "review", "--scope", "read").strip()
    assert find_key(secret).scopes == ["read", "review"]
    assert "read,review" in apikey("list")
    with pytest.raises(CommandError, match="everything"):
        apikey("create", "shop", "--scope", "everything")


def test_list_shows_keys_without_their_secrets():
    assert "apikey create" in apikey("list")
    secret = apikey("create", "shop").strip()
    shown = apikey("list")
    assert "shop" in shown
    assert secret[:12] in shown
    assert secret[12:] not in shown
    assert "not used yet" in shown
    find_key(secret)
    assert "last used" in apikey("list")


def test_revoke_takes_the_first_characters_or_the_whole_key():
    first, second = apikey("create", "a").strip(), apikey("create", "b").strip()
    apikey("revoke", first[:12])
    apikey("revoke", second)
    assert find_key(first) is find_key(second) is None
    assert "revoked" in apikey("list")
    assert ApiKey.objects.count() == 2


def test_revoking_an_unknown_key_says_where_to_look():
    with pytest.raises(CommandError, match="apikey list"):
        apikey("revoke", "cap_nothing1")


def test_an_action_is_needed():
    with pytest.raises(CommandError, match="action"):
        apikey()
