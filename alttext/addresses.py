"""What an address on a page means."""

from urllib.parse import urljoin

_LONGEST = 2000  # characters of an address


def resolved(address: str, base: str) -> str:
    """The address as the page at ``base`` means it; "" for what is no picture's of the web."""
    try:
        absolute = urljoin(base, address.strip())
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://")) and len(absolute) <= _LONGEST else ""
