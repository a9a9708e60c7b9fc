"""What an audit and its pages are called."""

from urllib.parse import urlsplit

from webapp.audit.models import Audit, Page

_LONGEST = 80  # characters


def name_of(audit: Audit, first: Page | None) -> str:
    """The title of its first page; before that is known its address, or that its HTML was pasted."""
    return name_of_page(first) if first else _short(_address(audit.address)) or "Pasted page"


def name_of_page(page: Page) -> str:
    """Its title, or else its address without the scheme."""
    return _short(page.title) or _short(_address(page.final_address or page.address)) or "Pasted page"


def _address(address: str) -> str:
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc}{parts.path.rstrip('/')}{query}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
