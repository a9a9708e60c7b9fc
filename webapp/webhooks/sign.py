"""Signing, by the convention of Standard Webhooks (https://www.standardwebhooks.com): ``v1,`` and the base64 of the
HMAC-SHA256 of ``id.timestamp.body``, under the 32 bytes that a secret ``whsec_...`` holds in base64.

A secret must be had again for each delivery, so it cannot be kept as a hash. It is derived from ``SECRET_KEY``, the key
of the webhook and the number of the secret: a stolen database holds none, and another number makes another one.
"""

import base64
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from webapp.webhooks.models import Webhook

PREFIX = "whsec_"
# For so long after a secret is renewed the former one signs too, so that receivers can be changed over in peace.
OVERLAP = timedelta(days=1)


def secret_of(webhook: Webhook) -> str:
    """The newest secret. It is shown to people once, when it is made."""
    return PREFIX + base64.b64encode(_key(webhook, webhook.secret_number, settings.SECRET_KEY)).decode()


def signatures(webhook: Webhook, delivery: str, timestamp: int, body: bytes, now: datetime) -> str:
    """The ``Webhook-Signature`` header: one for each secret that a receiver may still have, separated by blanks.

    Those are the newest, the one before for a day, and both as entries of ``SECRET_KEY_FALLBACKS`` make them.

    Args:
        delivery: its id, as the header has it.
        timestamp: seconds since the epoch, as the header has them.
    """
    numbers = [webhook.secret_number]
    if webhook.secret_number > 1 and now - webhook.secret_made_at < OVERLAP:
        numbers.append(webhook.secret_number - 1)
    signed = f"{delivery}.{timestamp}.".encode() + body
    secret_keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = [_key(webhook, number, secret_key) for number in numbers for secret_key in secret_keys]
    return " ".join(f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}" for key in keys)


def _key(webhook: Webhook, number: int, secret_key: str) -> bytes:
    return salted_hmac("webapp.webhooks.sign", f"{webhook.pk}:{number}", secret=secret_key, algorithm="sha256").digest()
