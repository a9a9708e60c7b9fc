"""Taking a token from a caller's bucket, before anything is done for the caller."""

import hashlib
import logging
import math
import sqlite3
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import redis
from django.conf import settings

from webapp.rates.file_buckets import FileBuckets
from webapp.rates.policies import WINDOW, Policy
from webapp.rates.redis_buckets import RedisBuckets

logger = logging.getLogger(__name__)

_SECOND = 1_000_000  # buckets count microseconds
_REST = 10.0  # seconds that buckets which failed are left alone
_rest_until = 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """How a caller stands after a request. allowed: there was a token for it. wait: seconds until there is one more."""

    policy: Policy
    allowed: bool
    left: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """The fields of draft-ietf-httpapi-ratelimit-headers-10."""
        name = f'"{self.policy.name}"'
        return {
            "RateLimit-Policy": f"{name};q={self.policy.most};w={WINDOW}",
            "RateLimit": f"{name};r={self.left};t={self.wait}",
        }


class Buckets(Protocol):
    """Where buckets are kept."""

    def take(self, key: bytes, step: int, room: int) -> tuple[bool, int]: ...


def take(policy: Policy, *caller: object) -> Rate | None:
    """Takes a token for a request of the caller; None where nothing is limited.

    Buckets that cannot be reached limit nobody: the log says so, and they are left alone for some seconds.
    """
    global _rest_until
    if not policy.most or time.monotonic() < _rest_until:
        return None
    step = WINDOW * _SECOND // policy.most
    room = step * policy.most
    try:
        buckets = _buckets(settings.CELERY_BROKER_URL, settings.RATES_FILE)
        taken, until_full = buckets.take(_key(policy, caller), step, room)
    except (sqlite3.Error, redis.RedisError, OSError):
        _rest_until = time.monotonic() + _REST
        logger.warning("Rates cannot be counted, so nothing is limited for %d seconds.", _REST, exc_info=True)
        return None
    left, begun = divmod(room - until_full, step)
    return Rate(policy, taken, left=left, wait=math.ceil((step - begun) / _SECOND))


@lru_cache(maxsize=4)
def _buckets(broker: str, file: Path) -> Buckets:
    return RedisBuckets(broker) if broker.startswith(("redis://", "rediss://")) else FileBuckets(file)


def _key(policy: Policy, caller: tuple[object, ...]) -> bytes:
    """Callers may be addresses of people, which are kept as a keyed hash alone."""
    about = repr((policy.name, policy.most, *map(str, caller)))
    return hashlib.blake2b(about.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).digest()
