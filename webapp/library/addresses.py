"""Addresses that somebody typed. Nothing is resolved or asked here: workers do that."""

import re

from webapp.fetch.errors import UrlInvalid
from webapp.fetch.from_settings import limits
from webapp.fetch.urls import read_url
from webapp.library.submit import Linked

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LONGEST = 2000  # characters; what is longer fits into no index


def typed_address(typed: str) -> str:
    """The address in its plain form; one without a scheme is taken for https, as browsers do.

    Raises:
        UrlInvalid: it is no address that may be fetched.
    """
    address = typed.strip()
    has_scheme = _SCHEME.match(address) and not re.match(r"[^/:]+:[0-9]+(/|$)", address)  # "host:8080" has none
    url = read_url(address if has_scheme else f"https://{address}", limits()).url
    if len(url) > _LONGEST:
        raise UrlInvalid(f"The address is too long. Give one of at most {_LONGEST:,} characters.")
    return url


def linked(typed: str) -> Linked:
    """The picture at an address. Raises UrlInvalid."""
    return Linked(typed_address(typed))
