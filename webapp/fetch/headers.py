"""Headers: which a caller may send, and what those of an answer mean."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_VALUE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
_OURS = {"accept-encoding", "connection", "content-length", "content-type", "host", "user-agent"}
_NEVER_SENT = {"authorization", "cookie", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade"}


def check_headers(headers: Mapping[str, str]) -> None:
    """Raises ValueError where a caller would set what is not for it to set, or what is no header."""
    for name, value in headers.items():
        if not _NAME.fullmatch(name) or name.lower() in _OURS | _NEVER_SENT:
            raise ValueError(f"{name!r} is no header that a caller may set")
        check_value(value)


def check_value(value: str) -> str:
    """The value, fit for a header, or a ValueError."""
    if not _VALUE.fullmatch(value):
        raise ValueError(f"{value!r} cannot be sent in a header")
    return value


class AnswerHeaders:
    """The headers of an answer, found by their lower-case names."""

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._raw = raw

    def all(self, name: str) -> str:
        """All that stand under the name, joined as HTTP joins them; empty where there are none."""
        wanted = name.encode()
        return ", ".join(value.decode("latin-1") for key, value in self._raw if key.lower() == wanted)

    def first(self, name: str) -> str:
        """The first under the name, for headers that should stand once."""
        wanted = name.encode()
        return next((value.decode("latin-1") for key, value in self._raw if key.lower() == wanted), "")

    def first_sendable(self, name: str) -> str:
        """The same, but nothing where it could not be sent back in a request."""
        value = self.first(name)
        return value if _VALUE.fullmatch(value) else ""

    @property
    def location(self) -> str:
        """Where a redirect leads. Letters beyond ASCII should not stand there; where they do, they are UTF-8."""
        value = self.first("location")
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return value

    @property
    def content_length(self) -> int:
        """The declared length of the body in bytes, 0 where there is none."""
        value = self.first("content-length")
        return int(value) if value.isascii() and value.isdigit() else 0  # the client refuses more than 20 digits


def retry_seconds(value: str) -> float | None:
    """Seconds that a ``Retry-After`` header asks for (it holds those or a date); None where it says nothing clear."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        when = parsedate_to_datetime(value)
        seconds = (when - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):  # no date, or one without a zone
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
