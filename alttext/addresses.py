"""What an address on a page means."""

from collections.abc import Collection
from urllib.parse import urljoin

_LONGEST = 2000  # characters of an address


def resolved(address: str, base: str) -> str:
    """The address as the page at ``base`` means it; "" for what is no picture's of the web."""
    try:
        absolute = urljoin(base, address.strip())
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://")) and len(absolute) <= _LONGEST else ""


def with_parameters(page: str, names: Collection[str]) -> str:
    """The page's address, with these parameters of its query alone."""
    path, _, query = page.partition("?")
    kept = "&".join(one for one in query.split("&") if one.partition("=")[0] in names)
    return f"{path}?{kept}" if kept else path
