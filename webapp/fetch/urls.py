"""Reading an address once, strictly: everything later works with the parts, so no second parser can disagree."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from webapp.fetch.errors import RedirectRefused, UrlInvalid
from webapp.fetch.limits import Limits

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")  # names with _ exist, though hosts should have none
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of an address that may be fetched, all ASCII; ``host`` is lower-case, without brackets or last dot.

    ``path`` includes the query and begins with a slash.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header has them: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address in its plain form, without a fragment."""
        return f"{self.origin}{self.path}"


def read_url(url: str, limits: Limits) -> Target:
    """Takes an absolute http or https address apart.

    Spaces and other letters than ASCII in path and query are escaped. Odd spellings of numeric hosts (``0x7f.1``) pass
    here: what they resolve to is looked at later.

    Raises:
        UrlInvalid: anything else, also a user name, another port than those allowed, or a backslash.
    """
    if len(url) > limits.max_url_length:
        raise UrlInvalid(f"The address is too long. Give one of at most {limits.max_url_length:,} characters.")
    if _CONTROL.search(url) or "\\" in url or url != url.strip():
        raise UrlInvalid
    try:
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe=_PRINTABLE) + (
            f"?{quote(parts.query, safe=_PRINTABLE)}" * bool(parts.query)
        )
    except ValueError as error:  # also UnicodeError: half a surrogate pair cannot be escaped
        raise UrlInvalid(detail=str(error)) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise UrlInvalid
    if "@" in parts.netloc:
        raise UrlInvalid("The address holds a user name or password. Give one that opens without.")
    authority = _AUTHORITY.fullmatch(parts.netloc)
    if authority is None:
        raise UrlInvalid
    port = int(authority["port"] or _DEFAULT_PORTS[parts.scheme])
    if not limits.allows_port(port):
        raise UrlInvalid("Only the usual ports of the web are fetched. Give an address without a port number.")
    return Target(parts.scheme, _read_host(authority["host"]), port, path)


def follow(target: Target, location: str, limits: Limits) -> Target:
    """Where a redirect leads.

    Raises:
        RedirectRefused: from https to http, or to what ``read_url`` refuses.
    """
    if _CONTROL.search(location) or "\\" in location:  # before the join, which would drop some of them silently
        raise RedirectRefused(detail=f"a redirect to {location!r}")
    try:
        onward = read_url(urljoin(target.url, location), limits)
    except (UrlInvalid, ValueError) as error:
        raise RedirectRefused(detail=f"a redirect to {location!r}: {error}") from error
    if target.scheme == "https" and onward.scheme == "http":
        raise RedirectRefused(detail=f"a redirect from https to {onward.origin}")
    return onward


def _read_host(host: str) -> str:
    try:
        if host.startswith("["):
            return str(IPv6Address(host[1:-1]))
        name = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except ValueError as error:
        raise UrlInvalid(detail=str(error)) from error
    name = name.lower().removesuffix(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise UrlInvalid(detail=f"the host {name!r}")
    return name
