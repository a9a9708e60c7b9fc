"""What a fetch brings back, and what its headers say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NOT_MODIFIED = 304

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_:.+-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with its body, at most as large as was asked for.

    ``url`` is the last address, after the redirects; ``redirects`` are those before it, the given one first.
    ``content_type`` is the header as given and only a claim; ``charset`` is the label in it, in lower case, and a hint:
    do not hand it to ``bytes.decode``, which also knows codecs that no page is written in. ``etag`` and
    ``last_modified`` go into the next request for the same address. ``truncated`` says that the body was cut off at the
    limit. ``allow_origin`` is whose scripts may read it (the header ``Access-Control-Allow-Origin``).
    """

    url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    redirects: tuple[str, ...] = ()
    etag: str = ""
    last_modified: str = ""
    truncated: bool = False
    allow_origin: str = ""

    @property
    def not_modified(self) -> bool:
        """The content is still what it was; there is no body then."""
        return self.status == NOT_MODIFIED


def media_type(content_type: str) -> str:
    """``type/subtype`` in lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str:
    """The label of the character set that the header names, in lower case, or nothing."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def fits(content_type: str, accept: Sequence[str]) -> bool:
    """Whether the type is one of the media ranges (``image/*``, ``text/html``). Without a header nothing is claimed."""
    kind = media_type(content_type)
    if not kind or not accept:
        return True
    return any(kind == one or (one.endswith("/*") and kind.startswith(one[:-1])) for one in accept)
