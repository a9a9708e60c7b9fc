"""What may be done so many times only: guesses of a password, new accounts, mails that reset one, pictures.

Counted in the database, so that all web processes count together. Names and addresses are kept as a keyed hash alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from webapp.accounts.models import Attempts


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts within a time, after which the count begins anew; ``most`` None: they are only counted."""

    name: str
    most: int | None
    within: timedelta


GUESSES_OF_ONE = Limit("log in", 5, timedelta(minutes=15))  # of one account, from one address
GUESSES = Limit("log in anywhere", 50, timedelta(minutes=15))  # from one address
SIGN_UPS = Limit("sign up", 20, timedelta(hours=1))  # from one address
MAILS_TO_ONE = Limit("reset", 3, timedelta(hours=1))  # to one address of mail
MAILS = Limit("reset anywhere", 20, timedelta(hours=1))  # asked for from one address


class TooManyAttempts(Exception):  # noqa: N818 - a refusal is named for what it says
    """It was tried too often. ``seconds``: after which it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count_attempt(limit: Limit, *about: str, times: int = 1) -> None:
    """Counts attempts before they are made, so that those at the same time cannot pass the limit together.

    Raises:
        TooManyAttempts: they would be more than the limit. They are not counted.
    """
    now, key = timezone.now(), _key(limit, about)
    within = Attempts.objects.filter(key=key, until__gt=now)
    if limit.most is not None:
        within = within.filter(count__lte=limit.most - times)
    if within.update(count=F("count") + times):  # mostly so, in one query
        return
    with transaction.atomic():
        Attempts.objects.get_or_create(key=key, defaults={"until": now + limit.within})
        attempts = Attempts.objects.select_for_update().get(key=key)
        if attempts.until <= now:
            attempts.count, attempts.until = 0, now + limit.within
        if limit.most is not None and attempts.count + times > limit.most:
            raise TooManyAttempts(max(1, round((attempts.until - now).total_seconds())))
        attempts.count += times
        attempts.save(update_fields=["count", "until"])


def attempts_made(limit: Limit, *about: str) -> int:
    """How many count now."""
    attempts = Attempts.objects.filter(key=_key(limit, about), until__gt=timezone.now()).first()
    return attempts.count if attempts else 0


def take_back_attempt(limit: Limit, *about: str) -> None:
    """Takes one attempt off the count: it was right."""
    Attempts.objects.filter(key=_key(limit, about), count__gt=0).update(count=F("count") - 1)


def forget_attempts(limit: Limit, *about: str) -> None:
    """Begins the count anew."""
    Attempts.objects.filter(key=_key(limit, about)).delete()


def delete_old_attempts(now: datetime | None = None) -> int:
    """Removes counts whose time is up. Returns how many."""
    return Attempts.objects.filter(until__lte=now or timezone.now()).delete()[0]


def _key(limit: Limit, about: tuple[str, ...]) -> str:
    return salted_hmac("webapp.accounts.throttle", repr((limit.name, *about)), algorithm="sha256").hexdigest()
