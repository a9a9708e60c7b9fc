"""API keys: made, found and revoked. A key is ``cap_``, 8 characters to find it by, and 32 that are its secret.

Only a keyed hash is stored (HMAC-SHA256 with a key derived from ``SECRET_KEY``). A fast hash is right here: 32 random
characters of 62 are 190 bits, which nobody guesses, so a slow one would only cost each request its time.
"""

import re
import secrets
import string
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from webapp.accounts.models import ApiKey, Owner, Site
from webapp.library.text import clean_text

# What a key may do, and how people are told.
SCOPES = {
    "read": "Read: see pictures, drafts and texts",
    "write": "Write: hand over, change and delete",
    "review": "Review: decide texts",
}
_ALPHABET = string.ascii_letters + string.digits
_LOOKUP_LENGTH = len("cap_") + 8
_FORM = re.compile(r"cap_[0-9A-Za-z]{40}", re.ASCII)
_NAME_LENGTH = 100
# Writing at each use would make every read of the API a write of the database.
_LAST_USED_STEP = timedelta(minutes=1)


def make_key(
    name: str, made_by: Owner | None = None, scopes: Collection[str] = tuple(SCOPES), site: Site | None = None
) -> tuple[ApiKey, str]:
    """Makes a key with an owner of its own. The second value is the key itself, which cannot be had again.

    site: one that its maker is a member of.
    """
    secret = "cap_" + "".join(secrets.choice(_ALPHABET) for _ in range(40))
    with transaction.atomic():
        key = ApiKey.objects.create(
            name=clean_text(name)[:_NAME_LENGTH] or "unnamed",
            lookup=secret[:_LOOKUP_LENGTH],
            digest=_digest(secret, settings.SECRET_KEY),
            owner=Owner.objects.create(kind=Owner.Kind.KEY),
            made_by=made_by,
            scopes=[scope for scope in SCOPES if scope in scopes],
            site=site,
        )
    return key, secret


def find_key(secret: str) -> ApiKey | None:
    """The key, if it is right and not revoked. The reason of a refusal is nobody's business.

    A key hashed with a ``SECRET_KEY_FALLBACKS`` entry is found too, and hashed anew with the present ``SECRET_KEY``.
    """
    if not _FORM.fullmatch(secret):
        return None
    key = ApiKey.objects.select_related("owner", "site").filter(lookup=secret[:_LOOKUP_LENGTH], revoked_at=None).first()
    if key is None:
        return None
    for secret_key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(key.digest, _digest(secret, secret_key)):
            _note_use(key, _digest(secret, settings.SECRET_KEY))
            return key
    return None


def revoke(key: ApiKey) -> None:
    """Ends the key for good. What it handed over stays until its time is up."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db(fields=["revoked_at"])


def _note_use(key: ApiKey, digest: str) -> None:
    now = timezone.now()
    is_recent = key.last_used_at is not None and now - key.last_used_at < _LAST_USED_STEP
    if is_recent and key.digest == digest:
        return
    key.last_used_at, key.digest = now, digest
    key.save(update_fields=["last_used_at", "digest"])


def _digest(secret: str, secret_key: str) -> str:
    return salted_hmac("webapp.accounts.keys", secret, secret=secret_key, algorithm="sha256").hexdigest()
