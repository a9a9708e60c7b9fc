"""Signatures are those of Standard Webhooks, and the code in the guide tells ours from anybody else's."""

import base64
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from webapp.webhooks.change import renew_secret
from webapp.webhooks.models import Webhook
from webapp.webhooks.sign import secret_of, signatures

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"
BODY = '{"type": "test", "data": "ä"}'.encode()


def verifier():
    """``is_genuine`` as the guide has it."""
    (code,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    names = {}
    exec(code, names)
    return names["is_genuine"]


def headers_for(webhook, *, body=BODY, now=None, delivery="d1"):
    now = now or timezone.now()
    timestamp = int(now.timestamp())
    return {
        "Webhook-Id": delivery,
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": signatures(webhook, delivery, timestamp, body, now),
    }


@pytest.fixture
def webhook(site):
    return Webhook.objects.create(site=site, url="https://example.org/")


def test_the_guide_verifies_the_example_of_the_convention(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1614265330)
    headers = {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": "1614265330",
        "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert verifier()("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", headers, b'{"test": 2432232314}')


def test_what_is_ours_is_genuine_and_nothing_else(webhook):
    is_genuine, headers, secret = verifier(), headers_for(webhook), secret_of(webhook)
    assert is_genuine(secret, headers, BODY)
    assert not is_genuine(secret, headers, BODY + b" ")
    assert not is_genuine(secret, headers | {"Webhook-Id": "d2"}, BODY)
    assert not is_genuine(secret, headers | {"Webhook-Timestamp": str(int(time.time()) + 1)}, BODY)
    assert not is_genuine(secret, headers_for(webhook, now=timezone.now() - timedelta(minutes=6)), BODY)
    another = Webhook.objects.create(site=webhook.site, url=webhook.url)
    assert not is_genuine(secret_of(another), headers, BODY)


def test_a_secret_has_32_bytes_and_comes_of_the_services_key(webhook, settings):
    secret = secret_of(webhook)
    assert secret == secret_of(Webhook.objects.get())
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    settings.SECRET_KEY = "another"
    assert secret_of(webhook) != secret


def test_for_a_day_the_former_secret_signs_too(webhook):
    is_genuine, former = verifier(), secret_of(webhook)
    renew_secret(webhook)
    assert secret_of(webhook) != former
    assert is_genuine(former, headers_for(webhook), BODY)
    assert is_genuine(secret_of(webhook), headers_for(webhook), BODY)
    Webhook.objects.update(secret_made_at=timezone.now() - timedelta(days=1, seconds=1))
    webhook.refresh_from_db()
    assert not is_genuine(former, headers_for(webhook), BODY)
    assert is_genuine(secret_of(webhook), headers_for(webhook), BODY)


def test_receivers_survive_another_key_of_the_service(webhook, settings):
    former = secret_of(webhook)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert verifier()(former, headers_for(webhook), BODY)
    settings.SECRET_KEY_FALLBACKS = []
    assert not verifier()(former, headers_for(webhook), BODY)
