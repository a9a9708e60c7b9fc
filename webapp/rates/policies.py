"""What is limited: so many requests a minute for each caller of a kind; 0 where the operator wants no limit."""

from dataclasses import dataclass

from django.conf import settings

WINDOW = 60  # seconds in which an empty bucket fills
_READERS_OF_A_SERVER = 10  # whom a server that looks texts up stands for, at the least


@dataclass(frozen=True, slots=True)
class Policy:
    """A bucket's name, and how many tokens it holds, which is also how many it gains in a minute."""

    name: str
    most: int


def of_keys() -> Policy:
    """Programs: each key, and all that call from this machine without one together."""
    return Policy("key", settings.API_RATE)


def of_readers() -> Policy:
    """Readers of a site's pages, whose browsers look texts up: each address by itself, so that none starves others."""
    return Policy("reader", settings.LOOKUP_RATE)


def of_servers() -> Policy:
    """Servers that look texts up for the pages they give out. Strangers who ask for those pages empty this bucket, and
    leave the key's own, which everything else of the API takes from, as it is.
    """
    return Policy("lookup", settings.LOOKUP_RATE * _READERS_OF_A_SERVER)


def of_refused() -> Policy:
    """Callers of the API whose key is wrong, or who have none: by their address, apart from everybody with a key."""
    return Policy("refused", settings.REFUSED_RATE)


def of_visitors() -> Policy:
    """People at our own pages, for what gives the machine work."""
    return Policy("visitor", settings.PAGES_RATE)
