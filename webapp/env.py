"""Typed, strict readers of environment variables.

Each reader names the variable in its error, so that a typo stops the service at start with a sentence, not later with
a traceback. ``NAME_FILE`` is honoured for secrets (the convention of Docker secrets).
"""

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def env_str(name: str, default: str = "") -> str:
    """The variable's text, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def env_bool(name: str, *, default: bool) -> bool:
    """A yes or no; anything but the usual spellings is an error."""
    value = env_str(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def env_int(name: str, default: int, *, minimum: int = 0, maximum: int | None = None) -> int:
    """A whole number within its bounds."""
    value = env_str(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < minimum or (maximum is not None and number > maximum):
        upper = "" if maximum is None else f" and at most {maximum}"
        raise ImproperlyConfigured(f"{name} must be at least {minimum}{upper}, not {number}.")
    return number


def env_choice(name: str, choices: Sequence[str], default: str) -> str:
    """One of the given words."""
    value = env_str(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def env_list(name: str, default: Sequence[str] = ()) -> list[str]:
    """A comma-separated list; blanks around items are dropped."""
    value = env_str(name)
    if not value:
        return list(default)
    return [item.strip() for item in value.split(",") if item.strip()]


def env_networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """A comma-separated list of networks such as ``10.0.0.0/8``, or of single addresses."""
    networks = []
    for item in env_list(name):
        try:
            networks.append(ip_network(item))
        except ValueError:
            raise ImproperlyConfigured(f"{name} must list networks such as 10.0.0.0/8, not {item!r}.") from None
    return tuple(networks)


def env_ports(name: str) -> frozenset[int]:
    """A comma-separated list of port numbers."""
    items = env_list(name)
    for item in items:
        if not (item.isascii() and item.isdigit() and len(item) < 6 and 0 < int(item) < 65_536):
            raise ImproperlyConfigured(f"{name} must list ports from 1 to 65535, not {item!r}.")
    return frozenset(map(int, items))


def env_folder(name: str, default: Path) -> Path:
    """An absolute folder, made (for its owner only) where it is not there yet; ``~`` is expanded."""
    value = env_str(name)
    folder = Path(value).expanduser().resolve() if value else default
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: the folder {folder} cannot be made: {error.strerror}.") from error
    return folder


def env_secret(name: str) -> str:
    """A secret given as ``NAME``, or as the content of the file named by ``NAME_FILE``; empty where neither is set."""
    file = env_str(f"{name}_FILE")
    if not file:
        return env_str(name)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: cannot read {file}: {error.strerror}.") from error
