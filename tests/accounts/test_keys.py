"""API keys: what is kept of them, who is let in, and that an end is an end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from webapp.accounts.keys import find_key, make_key, revoke
from webapp.accounts.models import ApiKey, Owner

pytestmark = pytest.mark.django_db


def test_a_key_is_found_by_its_secret():
    key, secret = make_key("shop")
    assert find_key(secret) == key
    assert key.owner.kind == Owner.Kind.KEY


def test_a_key_has_its_prefix_and_190_bits_beyond_what_is_stored_in_the_clear():
    key, secret = make_key("shop")
    assert secret.startswith("cap_")
    assert secret.isascii()
    assert secret[4:].isalnum()
    assert len(secret.removeprefix(key.lookup)) == 32


def test_the_secret_is_nowhere_in_the_database():
    key, secret = make_key("shop", made_by=Owner.objects.create(kind=Owner.Kind.SESSION))
    hidden = secret.removeprefix(key.lookup)
    tables = connection.introspection.table_names()
    assert "accounts_apikey" in tables
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(hidden in str(value) for row in cursor.fetchall() for value in row)


def test_two_keys_differ_in_secret_and_owner():
    (one, first), (two, second) = make_key("a"), make_key("a")
    assert first != second
    assert one.owner != two.owner


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret[:-1] + ("a" if secret[-1] != "a" else "b"),
        lambda secret: secret[:12] + "A" * 32,
        lambda secret: "cap_" + "A" * 40,
        lambda secret: secret.upper(),
        lambda secret: secret + "\n",
        lambda secret: secret + "A",
        lambda secret: secret[4:],
        lambda secret: secret[:12],
        lambda secret: "",
        lambda secret: "cap_" + "é" * 40,
    ],
    ids=["last", "rest", "other", "case", "newline", "longer", "prefix", "lookup", "empty", "letters"],
)
def test_anything_else_is_no_key(change):
    _, secret = make_key("shop")
    assert find_key(change(secret)) is None


def test_a_revoked_key_is_no_key_and_stays_revoked():
    key, secret = make_key("shop")
    revoke(key)
    first = key.revoked_at
    assert first is not None
    assert find_key(secret) is None
    revoke(key)
    assert ApiKey.objects.get(pk=key.pk).revoked_at == first


def test_a_key_outlives_a_change_of_the_secret_key_while_the_old_one_is_a_fallback(settings):
    settings.SECRET_KEY = "the old one"
    key, secret = make_key("shop")
    settings.SECRET_KEY = "the new one"
    assert find_key(secret) is None
    settings.SECRET_KEY_FALLBACKS = ["an older one", "the old one"]
    assert find_key(secret) == key
    settings.SECRET_KEY_FALLBACKS = []  # its use has hashed it anew
    assert find_key(secret) == key


def test_the_last_use_is_written_at_most_once_a_minute():
    key, secret = make_key("shop")
    assert key.last_used_at is None
    first = find_key(secret).last_used_at
    assert first is not None
    assert find_key(secret).last_used_at == first
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now() - timedelta(seconds=61))
    assert find_key(secret).last_used_at > first


def test_a_name_is_made_fit_for_display():
    assert make_key("  my\x00 shop\n")[0].name == "my shop"
    assert make_key(" ")[0].name == "unnamed"
    assert len(make_key("x" * 200)[0].name) == 100
