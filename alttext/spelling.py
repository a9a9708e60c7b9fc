"""One spelling for each address of the web.

The rules are those of the URL standard for http and https, which browsers follow, and then one form for what it leaves
open. ``alt.v1.js`` does the same with the browser's own parser; ``tests/delivery/addresses.json`` holds both to it.
"""

import re
from collections.abc import Collection
from ipaddress import IPv6Address
from urllib.parse import quote

import idna

_ENDS = "".join(map(chr, range(0x21)))  # C0 control characters and the space
_DROPPED = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORTS = {"http": "80", "https": "443"}
_HOST = re.compile(r"[a-z0-9._-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_KEPT = "!$&()*+,;=:@/%"  # in a path; the quote mark is not among them, for browsers escape it in queries only


def normalised(address: str, base: str = "", drop: Collection[str] = ()) -> str:
    """The address in its one spelling; "" for what is no address of the web (data, blobs, a relative one without base).

    Scheme and host in lower case, no default port, no user, no fragment, no dot segments, one form of percent signs.
    The query stays, for it often names the picture, but for the parameters in ``drop``, which only say how large it
    is to come.
    """
    parts = _split(address, base)
    if parts is None:
        return ""
    scheme, authority, path, query = parts
    found = _authority(scheme, authority)
    if not found:
        return ""
    query = "&".join(one for one in query.split("&") if one.partition("=")[0] not in drop) if drop else query
    path = _escaped(_without_dots(path), _KEPT)
    return f"{scheme}://{found}{path}" + (f"?{_escaped(query, _KEPT + '?')}" if query else "")


def _split(address: str, base: str) -> tuple[str, str, str, str] | None:
    """(scheme, authority, path, query) of what the address means on the page at ``base``."""
    address = _DROPPED.sub("", address.strip(_ENDS)).partition("#")[0]
    own = _split(base, "") if base else None
    match = _SCHEME.match(address)
    if match:
        scheme, address = match[1].lower(), address[match.end() :]
        if scheme not in _PORTS:
            return None
        relative = own is not None and own[0] == scheme and not address.startswith(("//", "/\\", "\\/", "\\\\"))
        if not relative:
            address = "//" + address.lstrip("/\\")
            own = (scheme, "", "", "")
    if own is None:
        return None
    rest, mark, query = address.partition("?")
    rest = rest.replace("\\", "/")
    if rest.startswith("//"):
        authority, slash, path = rest.lstrip("/").partition("/")
        return own[0], authority, slash + path, query
    if rest.startswith("/"):
        return own[0], own[1], rest, query
    if not rest:
        return own[0], own[1], own[2], query if mark else own[3]
    return own[0], own[1], own[2].rpartition("/")[0] + "/" + rest, query


def _authority(scheme: str, authority: str) -> str:
    """Host and port as browsers write them; "" where there is no such host."""
    place = authority.rpartition("@")[2]
    host, colon, port = place.rpartition(":") if not place.endswith("]") else (place, "", "")
    if not colon:
        host, port = place, ""
    if port and not (port.isascii() and port.isdigit() and int(port) < 65_536):
        return ""
    try:
        if host.startswith("["):
            host = f"[{IPv6Address(host[1:-1]).compressed}]"
        else:
            host = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
            if not _HOST.fullmatch(host):
                return ""
    except ValueError:
        return ""
    port = str(int(port)) if port else ""
    return host if port in ("", _PORTS[scheme]) else f"{host}:{port}"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for at, segment in enumerate(segments):
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            kept = kept[:-1]
        elif plain != ".":
            kept.append(segment)
        if plain in (".", "..") and at == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str, kept: str) -> str:
    """One form of what may be written in several: letters plain, everything else that is not kept by its UTF-8."""
    return quote(_ESCAPE.sub(_one_form, text), safe=kept, errors="replace")


def _one_form(escape: re.Match[str]) -> str:
    if escape[1] is None:  # a percent sign that escapes nothing
        return "%25"
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.match(character) else f"%{escape[1].upper()}"
