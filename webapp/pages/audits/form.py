"""The form that hands a page over: what was typed in it, and what is wrong with that."""

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from webapp.accounts.models import Owner, Site
from webapp.audit.errors import NoPage, SourceTooLarge
from webapp.audit.models import Audit
from webapp.audit.start import start_html, start_page
from webapp.fetch.errors import UrlInvalid
from webapp.pages.landing import FieldError

ADDRESS, HTML, BASE, DEPTH, MOST = "address", "html", "base", "depth", "most"
DEPTHS = (
    ("0", "Only this page"),
    ("1", "And the pages that it links to"),
    ("2", "And those that these link to"),
    ("3", "And one step more"),
)
_USUAL_PAGES = 20
_NOTHING = "Give the address of a page, or paste its HTML."
_BOTH = "Give either the address of a page or its HTML, not both."


class Wrong(Exception):  # noqa: N818 - a refusal is named for what it says
    """The form cannot be taken as it is."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they were sent."""

    address: str = ""
    html: str = ""
    base: str = ""
    depth: str = "0"
    most: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Typed":
        """The fields of a request."""
        return cls(
            sent.get(ADDRESS, "").strip(),
            sent.get(HTML, ""),
            sent.get(BASE, "").strip(),
            sent.get(DEPTH, "0"),
            sent.get(MOST, "").strip(),
        )

    @property
    def has_html(self) -> bool:
        """Whether the part for HTML was used."""
        return bool(self.html.strip() or self.base)


def usual_pages() -> int:
    """How many pages are proposed where links are followed."""
    return min(_USUAL_PAGES, settings.MAX_AUDIT_PAGES)


def check(typed: Typed) -> None:
    """Raises Wrong for what can be told before anything is written."""
    errors = []
    if not typed.address and not typed.html.strip():
        errors.append(FieldError(HTML if typed.base else ADDRESS, _NOTHING))
    if typed.address and typed.html.strip():
        errors.append(FieldError(ADDRESS, _BOTH))
    if typed.depth not in dict(DEPTHS):
        errors.append(FieldError(DEPTH, "Choose how far links are followed."))
    elif typed.depth != "0" and _number(typed.most) is None:
        errors.append(FieldError(MOST, f"Give a number of pages from 1 to {settings.MAX_AUDIT_PAGES:,}."))
    if errors:
        raise Wrong(*errors)


def start(owner: Owner, typed: Typed, site: Site | None) -> Audit:
    """The audit of what was typed and checked, for a site or for the owner alone.

    Raises:
        Wrong: an address is none, or the HTML is too large.
        Busy, StorageFull: as ``webapp.audit.start``.
    """
    field = BASE if typed.html.strip() else ADDRESS
    try:
        if typed.html.strip():
            html = typed.html.encode("utf-8", "replace")
            return start_html(owner, html, address=_with_scheme(typed.base), site=site)
        depth = int(typed.depth)
        most = _number(typed.most) or 1
        return start_page(owner, _with_scheme(typed.address), depth=depth, most_pages=most, site=site)
    except UrlInvalid as error:
        raise Wrong(FieldError(field, error.message)) from error
    except (SourceTooLarge, NoPage) as error:
        raise Wrong(FieldError(HTML, error.message)) from error


def _with_scheme(address: str) -> str:
    """Without a scheme it is taken for https, as browsers do."""
    return address if not address or "://" in address else f"https://{address}"


def _number(typed: str) -> int | None:
    text = typed or str(usual_pages())
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    return int(text) if 1 <= int(text) <= settings.MAX_AUDIT_PAGES else None
