"""Sending: one try of one delivery, through the safe fetcher. Touches no database, so threads may do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from webapp.fetch.errors import FetchError, HttpStatus
from webapp.fetch.fetched import Fetched
from webapp.webhooks.models import Delivery
from webapp.webhooks.sign import signatures

SECONDS = 10.0  # for the whole of a try: receivers answer first and work later
Post = Callable[..., Fetched]  # ``Fetcher.post``


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try. Without an ``error_code`` it arrived.

    ``status`` is the answer's, None where there was none; ``retry_after`` the seconds that the receiver asks for.
    """

    status: int | None = None
    error_code: str = ""
    retry_after: float = 0.0


def send(delivery: Delivery, post: Post, now: datetime) -> Outcome:
    """Hands the delivery over. A status of 200 to 299 says that it arrived; a redirect is not followed.

    Nothing of the answer's body is read: it could hold anything of a network that the operator allows.
    """
    timestamp, body = int(now.timestamp()), delivery.body.encode()
    headers = {
        "Webhook-Id": str(delivery.pk),
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": signatures(delivery.webhook, str(delivery.pk), timestamp, body, now),
    }
    try:
        url = delivery.webhook.url
        answer = post(url, body, content_type="application/json", headers=headers, max_bytes=0, seconds=SECONDS)
    except HttpStatus as error:
        return Outcome(error.status, error.code, error.retry_after or 0.0)
    except FetchError as error:
        return Outcome(error_code=error.code)
    return Outcome(answer.status)
